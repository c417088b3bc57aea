package dev.millrace.hls.crypto;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Gives the keys that segments are encrypted with. Implementations are thread-safe, do not block, and complete their stages on any thread.
 */
@FunctionalInterface
public interface KeyProvider {

    /**
     * The key for the next segments of a stream.
     *
     * @param streamName the stream
     * @param keyNumber 0 for its first key, 1 for the next, and so on, also over a restart where the store keeps its state
     * @return completes with a key whose id no other key of this stream has had; fails if there is none, and nothing goes out unencrypted
     *     then
     */
    CompletionStage<ContentKey> next(String streamName, long keyNumber);

    /**
     * A key that was given out before, also by an earlier life of the process: after a restart, segments encrypted with it are still
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
     * Random keys. They are kept by whoever asked for them only, and so end with the process.
     *
     * @return a provider
     */
    static KeyProvider random() {
        return new RandomKeys();
    }

    /**
     * Keys computed from one secret, the name of the stream and the key number (HMAC-SHA-256): nothing needs to be kept, and they are the
     * same after a restart and on each node.
     *
     * @param secret at least 16 bytes that nobody can guess; copied
     * @return a provider
     * @throws IllegalArgumentException if {@code secret} is shorter
     */
    static KeyProvider derived(byte[] secret) {
        return new DerivedKeys(secret);
    }
}
