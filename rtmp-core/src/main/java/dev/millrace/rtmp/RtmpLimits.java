package dev.millrace.rtmp;

import dev.millrace.amf.AmfLimits;
import java.util.Objects;

/**
 * Every bound on what a peer can make this process hold, wait for or do. Immutable.
 *
 * <p>Three kinds stand elsewhere, where they belong to a value or are chosen stream by stream: the length of names and queries
 * ({@link dev.millrace.rtmp.stream.StreamName#MAX_BYTES}, {@link dev.millrace.rtmp.stream.StreamAddress#MAX_QUERY_BYTES}), the tracks of a stream
 * ({@link dev.millrace.media.StreamHeaders#MAX_TRACKS}), and what its ring keeps ({@link dev.millrace.rtmp.stream.RingLimits}, and for all of them
 * together {@link dev.millrace.rtmp.stream.StreamResources}).
 *
 * @param deadlines how long things may take
 * @param connections how many connections
 * @param messages how long a message may be
 * @param chunks what the chunk layer holds
 * @param session what one connection may ask
 * @param outbound what waits to be sent
 * @param amf what one AMF body may hold
 */
public record RtmpLimits(
        Deadlines deadlines,
        ConnectionLimits connections,
        MessageLimits messages,
        ChunkLimits chunks,
        SessionLimits session,
        OutboundLimits outbound,
        AmfLimits amf) {

    /** The defaults of each part. */
    public static final RtmpLimits DEFAULT = new RtmpLimits(
            Deadlines.DEFAULT,
            ConnectionLimits.DEFAULT,
            MessageLimits.DEFAULT,
            ChunkLimits.DEFAULT,
            SessionLimits.DEFAULT,
            OutboundLimits.DEFAULT,
            AmfLimits.DEFAULT);

    /** Checks for null. */
    public RtmpLimits {
        Objects.requireNonNull(deadlines, "deadlines");
        Objects.requireNonNull(connections, "connections");
        Objects.requireNonNull(messages, "messages");
        Objects.requireNonNull(chunks, "chunks");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(outbound, "outbound");
        Objects.requireNonNull(amf, "amf");
    }

    /**
     * The same with other deadlines.
     *
     * @param other replaces the part
     * @return new limits
     */
    public RtmpLimits with(Deadlines other) {
        return new RtmpLimits(other, connections, messages, chunks, session, outbound, amf);
    }

    /**
     * The same with other bounds on connections.
     *
     * @param other replaces the part
     * @return new limits
     */
    public RtmpLimits with(ConnectionLimits other) {
        return new RtmpLimits(deadlines, other, messages, chunks, session, outbound, amf);
    }

    /**
     * The same with other bounds on messages.
     *
     * @param other replaces the part
     * @return new limits
     */
    public RtmpLimits with(MessageLimits other) {
        return new RtmpLimits(deadlines, connections, other, chunks, session, outbound, amf);
    }

    /**
     * The same with other bounds on the chunk layer.
     *
     * @param other replaces the part
     * @return new limits
     */
    public RtmpLimits with(ChunkLimits other) {
        return new RtmpLimits(deadlines, connections, messages, other, session, outbound, amf);
    }

    /**
     * The same with other bounds on a session.
     *
     * @param other replaces the part
     * @return new limits
     */
    public RtmpLimits with(SessionLimits other) {
        return new RtmpLimits(deadlines, connections, messages, chunks, other, outbound, amf);
    }

    /**
     * The same with other bounds on what waits to be sent.
     *
     * @param other replaces the part
     * @return new limits
     */
    public RtmpLimits with(OutboundLimits other) {
        return new RtmpLimits(deadlines, connections, messages, chunks, session, other, amf);
    }

    /**
     * The same with other bounds on AMF.
     *
     * @param other replaces the part
     * @return new limits
     */
    public RtmpLimits with(AmfLimits other) {
        return new RtmpLimits(deadlines, connections, messages, chunks, session, outbound, other);
    }
}
