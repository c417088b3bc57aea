package dev.millrace.rtmp.connection;

import java.util.Objects;

/**
 * Why a connection is over.
 *
 * @param cause for programs
 * @param text for people; says field, got and wanted where the client broke the protocol, and holds no secrets
 */
public record CloseReason(Cause cause, String text) {

    /** Kinds of reason. */
    public enum Cause {
        /** The client closed. */
        CLIENT_CLOSED,
        /** The network failed. */
        TRANSPORT_FAILED,
        /** The client broke the protocol or a limit. */
        PROTOCOL_ERROR,
        /** The client did not do in time what it had to. */
        DEADLINE,
        /** The host, or the registry, refused a request. */
        REFUSED,
        /** A publisher sent no media for too long. */
        PUBLISHER_IDLE,
        /** The stream that the client published ended otherwise. */
        STREAM_ENDED,
        /** The client took nothing of what waited for it for too long, or too much waited. */
        TOO_SLOW,
        /** The host closed the connection. */
        HOST,
        /** The server is closing. */
        SHUTDOWN
    }

    /** Checks for null. */
    public CloseReason {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(text, "text");
    }
}
