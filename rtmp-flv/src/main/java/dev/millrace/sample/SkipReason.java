package dev.millrace.sample;

/** Why a {@link Demuxer} delivered nothing of a message, or of one track in it. */
public enum SkipReason {
    /** A tag header is damaged or names a codec that is not known, or a body is empty that must not be. */
    BROKEN_MESSAGE,
    /** A sequence header is no configuration record of its codec. The format that was in force stays. */
    BROKEN_CONFIGURATION,
    /** The track would be one more than {@link dev.millrace.media.StreamHeaders#MAX_TRACKS} of its kind. */
    TOO_MANY_TRACKS
}
