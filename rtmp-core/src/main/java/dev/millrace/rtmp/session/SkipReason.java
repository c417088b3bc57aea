package dev.millrace.rtmp.session;

/** Why a message had no effect. Each is counted. */
public enum SkipReason {
    /** A message type that the specification does not have. */
    UNKNOWN_TYPE,
    /** A command whose body is no AMF, or has no name. */
    MALFORMED_COMMAND,
    /** A control message or user control event that is too short. */
    MALFORMED_CONTROL,
    /** A command that makes no sense at this point. */
    OUT_OF_PLACE,
    /** Audio, video or data on a message stream that is not publishing. */
    NOT_PUBLISHING,
    /** A shared object. */
    SHARED_OBJECT,
    /** A part of an aggregate that is not media, or broken. */
    AGGREGATE_PART,
    /** An answer of ours that was not sent, since too much waits to be sent already. */
    CONGESTED
}
