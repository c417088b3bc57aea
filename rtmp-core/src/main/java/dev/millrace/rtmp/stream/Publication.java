package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The right to write to a stream. One thread at a time, with a happens-before relation between one and the next.
 */
public interface Publication extends AutoCloseable {

    /**
     * Creates a stream together with the right to write to it. For registries; no other object knows the stream yet.
     *
     * @param name the name of the stream
     * @param options how the stream is kept and sent
     * @param resources what the stream shares with others
     * @return the publication of a new stream
     */
    static Publication create(StreamName name, StreamOptions options, StreamResources resources) {
        return new StreamWriter(new LiveStream(name, options, resources));
    }

    /**
     * Returns the stream.
     *
     * @return the same object at each call
     */
    LiveStream stream();

    /**
     * Returns the epoch of the publication: a number that is higher for each later publication in this process. Only
     * the publication with the highest epoch of a stream can write to it or close it; what older ones write is dropped
     * and counted.
     *
     * @return a positive number, the same at each call
     */
    default long epoch() {
        return stream().fanOut().epoch();
    }

    /**
     * Adds a message to the stream. Never waits and never fails: messages after the stream's end, or of an older
     * {@link #epoch()}, are dropped and counted in {@link StreamStatistics#ignoredFrames()}.
     *
     * <p>Metadata, sequence headers and configurations change the stream's headers, and reach a subscriber before the
     * next frame.
     *
     * @param frame the message, with a time that does not wrap
     */
    void publish(MediaFrame frame);

    /**
     * Tells subscribers that frames wait. The caller must call it after each batch of {@link #publish}; within a long
     * batch, subscribers may be told earlier.
     */
    void flush();

    /**
     * Takes the timers that let audio wait for video from an executor instead of the stream's scheduler. Where the
     * publisher is served by an executor anyway, this saves waking another thread some thirty times a second.
     *
     * @param executor runs short tasks that do not block; to be called before the first {@link #publish}
     */
    default void timersOn(ScheduledExecutorService executor) {}

    /**
     * Gives up the right to write. Does nothing if the stream is over, or if another publication has continued it.
     *
     * <p>With {@link EndReason#CONNECTION_LOST} or {@link EndReason#IDLE} the publisher is lost: the stream waits for
     * {@link StreamOptions#resumeWindow()}, which is zero so far, and then ends. With any other reason it ends at once.
     *
     * @param reason the reason for subscribers
     */
    void close(EndReason reason);

    /** Ends the stream because the publisher stops. */
    @Override
    default void close() {
        close(EndReason.UNPUBLISHED);
    }
}
