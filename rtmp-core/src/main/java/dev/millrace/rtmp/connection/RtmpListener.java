package dev.millrace.rtmp.connection;

import dev.millrace.media.EndReason;
import dev.millrace.rtmp.stream.LiveStream;
import java.net.SocketAddress;
import java.util.Collection;

/**
 * Receives the events of connections. Methods are called on the executor of the connection in question and must not block. Exceptions are logged
 * and counted, and do not affect the connection or other listeners.
 *
 * @see dev.millrace.rtmp.stream.StreamListener
 */
public interface RtmpListener {

    /** Ignores all events. */
    RtmpListener NONE = new RtmpListener() {};

    /**
     * Returns a listener that passes each event on to others, in order. An exception of one does not keep the event from the next.
     *
     * @param listeners the others, any number; copied
     * @return a new listener
     */
    static RtmpListener all(Collection<? extends RtmpListener> listeners) {
        return new SafeListener(listeners);
    }

    /**
     * A client has opened a connection.
     *
     * @param connection who
     */
    default void onConnectionOpened(RtmpConnection connection) {}

    /**
     * A connection was not taken because there are too many.
     *
     * @param remoteAddress who
     * @param reason which limit
     */
    default void onConnectionRefused(SocketAddress remoteAddress, String reason) {}

    /**
     * A connection is over. The last event of it.
     *
     * @param connection who
     * @param reason why
     */
    default void onConnectionClosed(RtmpConnection connection, CloseReason reason) {}

    /**
     * A request was refused.
     *
     * @param connection who
     * @param request {@code connect}, {@code publish} or {@code play}
     * @param code what the client was told
     * @param description what the client was told, for people
     */
    default void onRequestRefused(RtmpConnection connection, String request, String code, String description) {}

    /**
     * A client publishes.
     *
     * @param connection who
     * @param stream where to
     */
    default void onPublishStarted(RtmpConnection connection, LiveStream stream) {}

    /**
     * A client publishes no longer.
     *
     * @param connection who
     * @param stream where to
     * @param reason why
     */
    default void onPublishStopped(RtmpConnection connection, LiveStream stream, EndReason reason) {}

    /**
     * A client plays.
     *
     * @param connection who
     * @param stream what
     */
    default void onPlayStarted(RtmpConnection connection, LiveStream stream) {}

    /**
     * A client plays no longer.
     *
     * @param connection who
     * @param stream what
     * @param reason why
     */
    default void onPlayStopped(RtmpConnection connection, LiveStream stream, EndReason reason) {}

    /**
     * A player begins to lose frames, because it was too slow: video goes on at a keyframe. What else it loses until {@link #onLossEnded} is
     * counted in {@link LiveStream#subscriptions()}.
     *
     * @param connection who
     * @param stream what it plays
     * @param lostFrames messages it has lost
     */
    default void onLossStarted(RtmpConnection connection, LiveStream stream, long lostFrames) {}

    /**
     * A player that had lost frames keeps up again. Not called if it leaves before.
     *
     * @param connection who
     * @param stream what it plays
     * @param lostFrames messages it has lost in all since {@link #onLossStarted}, those among them
     */
    default void onLossEnded(RtmpConnection connection, LiveStream stream, long lostFrames) {}
}
