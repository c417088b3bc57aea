package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;

/**
 * A subscriber that wants bytes for a socket instead of frames. All methods but {@link #executor()} are called on that executor, one after the
 * other.
 */
public interface WireSink {

    /**
     * Where the sink lives. Sinks with the same executor share the bytes that are laid out.
     *
     * @return the same object at each call
     */
    Executor executor();

    /**
     * The message stream that the frames go to.
     *
     * @return its id, the same at each call
     */
    int messageStreamId();

    /**
     * The chunk size that the receiver has been told.
     *
     * @return bytes, the same at each call
     */
    int chunkBytes();

    /**
     * Whether the socket can take more. While it cannot, the frames stay in the ring.
     *
     * @return false while too much waits to be sent; {@link Subscription#wake()} tells when that has changed
     */
    boolean isWritable();

    /**
     * Sends bytes now.
     *
     * @param bytes whole messages; belongs to the sink, which releases it
     */
    void writeAndFlush(ByteBuf bytes);

    /** Sends what could not be sent yet: called once before a sink that is not writable is passed over. */
    void flush();

    /**
     * Tells that frames were lost because the socket was too slow. Video goes on at a keyframe.
     *
     * @param lostFrames how many, since the last call
     */
    void onGap(long lostFrames);

    /**
     * Tells that nothing waits in the ring any more after frames were lost.
     *
     * @param lostFrames how many were lost since the sink had last kept up
     */
    default void onCaughtUp(long lostFrames) {}

    /**
     * Called once, after everything else.
     *
     * @param reason why it is over
     */
    void onEnd(EndReason reason);
}
