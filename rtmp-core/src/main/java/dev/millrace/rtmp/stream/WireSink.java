package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;

/**
 * A subscriber that takes bytes for a socket instead of frames. All methods but {@link #executor()} are called on that
 * executor, one after the other.
 */
public interface WireSink {

    /**
     * Returns the executor of the sink. Sinks with the same executor share the bytes that are laid out.
     *
     * @return the same object at each call
     */
    Executor executor();

    /**
     * Returns the id of the message stream that frames are sent on.
     *
     * @return the id, the same at each call
     */
    int messageStreamId();

    /**
     * Returns the chunk size in force towards the receiver.
     *
     * @return bytes, the same at each call
     */
    int chunkBytes();

    /**
     * Returns whether the socket can take more. While it cannot, the frames stay in the ring.
     *
     * @return false while too much waits to be sent; when that changes, the owner must call {@link Subscription#wake()}
     */
    boolean isWritable();

    /**
     * Sends bytes now.
     *
     * @param bytes whole messages; belongs to the sink, which releases it
     */
    void writeAndFlush(ByteBuf bytes);

    /** Sends the bytes that wait. Called once before a sink that is not writable is passed over. */
    void flush();

    /**
     * Called when frames were dropped because the socket was too slow. Video continues at a keyframe.
     *
     * @param lostFrames the number of frames dropped since the last call
     */
    void onGap(long lostFrames);

    /**
     * Called when no frame waits in the ring any more after frames were dropped.
     *
     * @param lostFrames the number of frames dropped since the sink was last at the newest frame
     */
    default void onCaughtUp(long lostFrames) {}

    /**
     * Called once, after all other methods.
     *
     * @param reason why the subscription ended
     */
    void onEnd(EndReason reason);
}
