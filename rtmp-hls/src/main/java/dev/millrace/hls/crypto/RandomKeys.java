package dev.millrace.hls.crypto;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keys and ids from {@link SecureRandom}; an id does not reveal the number of a key. */
final class RandomKeys implements KeyProvider {

    private static final int ID_BYTES = 12;

    private final SecureRandom random = new SecureRandom();

    @Override
    public CompletionStage<ContentKey> next(String streamName, long keyNumber) {
        Objects.requireNonNull(streamName, "streamName");
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(ID_BYTES));
        return CompletableFuture.completedStage(new ContentKey(id, bytes(ContentKey.BYTES)));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
