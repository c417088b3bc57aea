package dev.millrace.hls.crypto;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Provides the keys that segments are encrypted with. Implementations are thread-safe, do not block, and complete their stages on any thread.
 */
@FunctionalInterface
public interface KeyProvider {

    /**
     * Returns the key for the next segments of a stream.
     *
     * @param streamName the stream
     * @param keyNumber 0 for its first key, 1 for the next, and so on, also over a restart where the store keeps its state
     * @return completes with a key whose id no other key of this stream has had; fails if there is none, and the segments are lost then,
     *     never published unencrypted
     */
    CompletionStage<ContentKey> next(String streamName, long keyNumber);

    /**
     * Finds a key that was returned before, also by an earlier life of the process: after a restart, segments encrypted with it are still
     * listed.
     *
     * @param streamName the stream
     * @param keyId {@link ContentKey#id()}
     * @return completes with the key; empty, as by default, if it is not known any more
     */
    default CompletionStage<Optional<ContentKey>> find(String streamName, String keyId) {
        return CompletableFuture.completedStage(Optional.empty());
    }

    /**
     * Creates a provider of random keys. They are not stored, so segments cannot be decrypted any more when the process has ended.
     *
     * @return a provider
     */
    static KeyProvider random() {
        return new RandomKeys();
    }

    /**
     * Creates a provider that derives keys from one secret, the name of the stream and the key number (HMAC-SHA-256): nothing needs to be
     * stored, and the keys are the same after a restart and on each node.
     *
     * @param secret at least 16 random bytes; copied
     * @return a provider
     * @throws IllegalArgumentException if {@code secret} is shorter
     */
    static KeyProvider derived(byte[] secret) {
        return new DerivedKeys(secret);
    }
}
