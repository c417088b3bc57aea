package dev.millrace.hls.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Writes one object of a stream. It cannot be read before {@link #commit}; each writer ends with one commit or one {@link #abandon}.
 *
 * <p>One caller at a time. Methods return at once, without waiting for the stage of the call before; calls take effect in their order.
 * Stages fail with an {@link java.io.IOException} if the storage does, and complete on any thread; their dependents must not block.
 */
public interface SegmentWriter {

    /**
     * Adds bytes at the end.
     *
     * @param bytes from position to limit of each buffer, in order; handed over for good, the caller must not touch them again
     * @return completes when the store has the bytes, which is when it accepts more. Fails if they cannot be kept, with
     *     {@link IllegalStateException} if the writer has ended; after a failure {@link #commit} fails too
     */
    CompletionStage<Void> append(List<ByteBuffer> bytes);

    /**
     * Makes the object readable and {@code state} the state of the stream, as one step: after an end of the process at any point either
     * both are there or neither is.
     *
     * @param state retains the object
     * @return completes when both will survive an end of the process, where the store is made to. If it fails, neither has changed, and the
     *     object counts as abandoned; fails with {@link IllegalStateException} if the writer has ended
     */
    CompletionStage<Void> commit(StoreState state);

    /**
     * Discards the bytes. Does nothing if the writer has ended.
     *
     * @return completes when their space is free again; a failure needs no handling, since the next start of the store cleans up
     */
    CompletionStage<Void> abandon();
}
