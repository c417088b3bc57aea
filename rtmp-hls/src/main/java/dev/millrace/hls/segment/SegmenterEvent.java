package dev.millrace.hls.segment;

/** The events that a {@link Segmenter} counts. */
public enum SegmenterEvent {
    /** A segment was delivered. */
    SEGMENT,
    /** A segment was cut without a random access point, because it was too long or too large. */
    FORCED_CUT,
    /** Time or tracks did not go on: a new timeline began, and with it a discontinuity. */
    DISCONTINUITY,
    /** The times of the sender jumped. */
    TIME_JUMP,
    /** A configuration changed in the middle of a stream, or a track came late, or cannot be taken any more. */
    CONFIGURATION_CHANGE,
    /** A track sent nothing for so long that it counted as gone. */
    TRACK_SILENT,
    /** A decoding time was moved behind the one before. */
    CLAMPED_DTS,
    /** A presentation time was moved to the decoding time, because it was earlier, or more than 10 s later. */
    CLAMPED_PTS,
    /** The clock of the audio samples was moved by whole frames, to follow the times of the sender. */
    REANCHORED_AUDIO,
    /** The program date-time was moved, because the sender's clock and the one here had drifted apart. */
    REANCHORED_DATE,
    /** A NAL unit of zero bytes alone was left out of an access unit that was written without it. */
    BROKEN_NAL_UNIT,
    /** Skipped: a message whose headers cannot be read, or that has no body. */
    SKIPPED_BROKEN_MESSAGE,
    /** Skipped: a sequence header that cannot be read. */
    SKIPPED_BROKEN_HEADER,
    /** Skipped: an access unit with a NAL unit that leads past its end, or without a picture. */
    SKIPPED_BROKEN_VIDEO,
    /** Skipped: an audio frame that does not begin as its codec wants, or whose length in time is not known. */
    SKIPPED_BROKEN_AUDIO,
    /** Skipped: a track other than 0. */
    SKIPPED_OTHER_TRACK,
    /** Skipped: a track that cannot be in the segments. */
    SKIPPED_REFUSED_TRACK,
    /** Skipped: a coded frame before any configuration of its track. */
    SKIPPED_UNCONFIGURED,
    /** Skipped: video that cannot be decoded before the next random access point. */
    SKIPPED_BEFORE_KEYFRAME,
    /**
     * Skipped: audio from before the start of its timeline, or of a configuration that begins with the next timeline.
     */
    SKIPPED_BEFORE_START,
    /** Skipped: a frame whose time is far from that of all others, or audio that overlaps what was written. */
    SKIPPED_OUT_OF_TIME,
    /** Skipped: a frame that is larger than a segment may be. */
    SKIPPED_TOO_LARGE,
    /**
     * Skipped: a frame or data message that the container cannot hold, such as AAC of more than 8,184 bytes in
     * MPEG-TS.
     */
    SKIPPED_BY_MUXER;

    /**
     * Returns whether the event is a sample or message that did not get into a segment.
     *
     * @return true for those whose names begin with SKIPPED
     */
    public boolean isSkip() {
        return ordinal() >= SKIPPED_BROKEN_MESSAGE.ordinal();
    }
}
