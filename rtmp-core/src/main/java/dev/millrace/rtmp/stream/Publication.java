package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The right to write to a stream. One thread at a time, with a happens-before relation between one and the next.
 */
public interface Publication extends AutoCloseable {

    /**
     * The stream.
     *
     * @return the same object at each call
     */
    LiveStream stream();

    /**
     * Adds a message to the stream. Never waits and never fails: after the stream's end it is dropped and counted.
     *
     * <p>Metadata, sequence headers and configurations change the stream's headers, and reach a subscriber before the next frame.
     *
     * @param frame the message, with a time that does not wrap
     */
    void publish(MediaFrame frame);

    /** Tells subscribers that frames wait. To be called after each batch of {@link #publish}; they may be told earlier, within a long one. */
    void flush();

    /**
     * Takes the timers that let audio wait for video from an executor instead of the stream's scheduler: where the publisher is served by one
     * anyway, that saves a thread to be woken some thirty times a second.
     *
     * @param executor runs what is short and does not block; to be called before the first {@link #publish}
     */
    default void timersOn(ScheduledExecutorService executor) {}

    /**
     * Ends the stream. Does nothing if it is over.
     *
     * @param reason told to subscribers
     */
    void close(EndReason reason);

    /** Ends the stream because the publisher wants so. */
    @Override
    default void close() {
        close(EndReason.UNPUBLISHED);
    }
}
