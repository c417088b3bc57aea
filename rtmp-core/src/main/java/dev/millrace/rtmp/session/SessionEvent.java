package dev.millrace.rtmp.session;

import dev.millrace.amf.AmfProperties;
import dev.millrace.media.MediaKind;
import java.util.Objects;

/** What the client of a connection wants or does, in the order in which it arrived. */
public sealed interface SessionEvent {

    /**
     * A request that must be answered: until then no further message is consumed.
     *
     * <p>Answered by {@code acceptX} or {@code rejectX} of {@link RtmpServerSession}, at any time later or while the event is told.
     */
    sealed interface Request extends SessionEvent {}

    /**
     * The client wants to connect.
     *
     * @param app the application as the client wrote it, possibly with a query; empty if it named none
     * @param properties the whole command object: {@code tcUrl}, {@code flashVer} and so on, none of which must be there
     */
    record ConnectRequested(String app, AmfProperties properties) implements Request {
        /** Checks for null. */
        public ConnectRequested {
            Objects.requireNonNull(app, "app");
            Objects.requireNonNull(properties, "properties");
        }
    }

    /**
     * The client wants to publish.
     *
     * @param messageStreamId where
     * @param name the name or key as the client wrote it, possibly with a query
     * @param type {@code live}, {@code record} or {@code append}; {@code live} if it named none
     */
    record PublishRequested(int messageStreamId, String name, String type) implements Request {}

    /**
     * The client wants to play.
     *
     * @param messageStreamId where
     * @param name the name as the client wrote it, possibly with a query
     * @param start as the client wrote it; -2 if it wrote none
     */
    record PlayRequested(int messageStreamId, String name, double start) implements Request {}

    /**
     * Audio, video or data from a publisher.
     *
     * @param messageStreamId where
     * @param kind which of the three
     * @param timestampMillis 32 bits without sign, as on the wire
     * @param payload the body; belongs to the receiver of the event
     */
    record MediaReceived(int messageStreamId, MediaKind kind, int timestampMillis, byte[] payload) implements SessionEvent {}

    /**
     * The client has stopped publishing.
     *
     * @param messageStreamId where
     */
    record PublishStopped(int messageStreamId) implements SessionEvent {}

    /**
     * The client has stopped playing.
     *
     * @param messageStreamId where
     */
    record PlayStopped(int messageStreamId) implements SessionEvent {}

    /**
     * The player pauses or goes on. It has been answered.
     *
     * @param messageStreamId where
     * @param paused true to pause
     */
    record PauseChanged(int messageStreamId, boolean paused) implements SessionEvent {}

    /**
     * The player wants audio or video, or no longer. It has been answered.
     *
     * @param messageStreamId where
     * @param kind audio or video
     * @param wanted true to receive
     */
    record ReceiveChanged(int messageStreamId, MediaKind kind, boolean wanted) implements SessionEvent {}

    /**
     * The player tells how much it buffers.
     *
     * @param messageStreamId where; some clients say 0
     * @param bufferMillis length of its buffer
     */
    record BufferLengthSet(int messageStreamId, int bufferMillis) implements SessionEvent {}
}
