package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;

/**
 * Receives the starts and ends of the streams of a registry, whether a client or the host's code publishes them.
 *
 * <p>Methods are called on the thread that publishes or ends the stream, without a lock held, and must not block. The
 * start of a stream is reported before its end; streams may be reported from several threads at once. Exceptions are
 * logged and affect neither the stream nor other listeners.
 */
public interface StreamListener {

    /**
     * Called when a stream starts, before its publisher can write to it: a subscriber that is added here misses
     * nothing.
     *
     * @param stream the new stream
     */
    default void onStreamStarted(LiveStream stream) {}

    /**
     * Called once when a stream has ended.
     *
     * @param stream the stream
     * @param reason why it ended
     */
    default void onStreamEnded(LiveStream stream, EndReason reason) {}
}
