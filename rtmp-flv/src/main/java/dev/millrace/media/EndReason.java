package dev.millrace.media;

/** Why a stream, or a subscription to it, is over. */
public enum EndReason {
    /** The publisher said so. */
    UNPUBLISHED,
    /** The publisher's connection went away. */
    CONNECTION_LOST,
    /** No media came for longer than the limit. */
    IDLE,
    /** Another publisher took the name. */
    TAKEN_OVER,
    /** The host closed the stream or the connection. */
    CLOSED_BY_HOST,
    /** The server is closing. */
    SHUTDOWN,
    /** The subscriber itself left. */
    CANCELLED,
    /** The subscriber took nothing for longer than the limit. */
    TOO_SLOW,
    /** The subscriber's code threw, or its executor refused to run. */
    FAILED
}
