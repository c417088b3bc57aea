package dev.millrace.hls.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives keys from a secret: the first 16 bytes of HMAC-SHA-256 (RFC 2104) over the key number as 8 bytes and the stream name as UTF-16, both
 * big-endian. The id is the number.
 */
final class DerivedKeys implements KeyProvider {

    private static final int MIN_SECRET_BYTES = 16;
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,18}");

    private final SecretKeySpec secret;

    DerivedKeys(byte[] secret) {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("secret has " + secret.length + " bytes, want at least " + MIN_SECRET_BYTES);
        }
        this.secret = new SecretKeySpec(secret, "HmacSHA256");
    }

    @Override
    public CompletionStage<ContentKey> next(String streamName, long keyNumber) {
        Objects.requireNonNull(streamName, "streamName");
        if (keyNumber < 0) {
            throw new IllegalArgumentException("key number " + keyNumber + " is not 0 or more");
        }
        return CompletableFuture.completedStage(key(streamName, keyNumber));
    }

    @Override
    public CompletionStage<Optional<ContentKey>> find(String streamName, String keyId) {
        Objects.requireNonNull(streamName, "streamName");
        return CompletableFuture.completedStage(number(keyId).map(number -> key(streamName, number)));
    }

    private static Optional<Long> number(String keyId) {
        if (!NUMBER.matcher(keyId).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.valueOf(keyId));
        } catch (NumberFormatException beyondLong) {
            return Optional.empty();
        }
    }

    private ContentKey key(String streamName, long keyNumber) {
        ByteBuffer message = ByteBuffer.allocate(8 + 2 * streamName.length()).putLong(keyNumber);
        message.asCharBuffer().put(streamName);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return new ContentKey(Long.toString(keyNumber), Arrays.copyOf(mac.doFinal(message.array()), ContentKey.BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HmacSHA256, which each must have", e);
        }
    }
}
