package dev.millrace.hls.segment;

import java.time.Duration;

/**
 * Options of a {@link Segmenter}. Immutable.
 *
 * @param targetDuration a segment is cut at the first random access point that is this far from its start, less half
 *     a frame; 500 ms to 60 s
 * @param maxTargetDurationSeconds the longest target duration that a first group of pictures may bring about; 1 to 60
 *     seconds, and no less than {@code targetDuration}. It is also how long the first random access point is waited
 *     for, and how long a silent track is kept
 * @param maxSegmentBytes a segment is cut at any frame that would make it longer than this; 1 MiB to 1 GiB. Bounds
 *     what one stream holds
 * @param timedMetadata whether the segments have a track of timed metadata, with the data messages of the stream
 * @param firstTicks decoding time of the very first frame in 90 kHz ticks, not wrapped; 0 to 2<sup>40</sup>
 * @param lateTrackWait how long a second track is waited for, in media time; 0 to 10 s
 */
public record SegmenterOptions(
        Duration targetDuration,
        int maxTargetDurationSeconds,
        int maxSegmentBytes,
        boolean timedMetadata,
        long firstTicks,
        Duration lateTrackWait) {

    private static final Duration MIN_TARGET = Duration.ofMillis(500);
    private static final Duration MAX_TARGET = Duration.ofSeconds(60);
    private static final Duration MAX_LATE_TRACK_WAIT = Duration.ofSeconds(10);
    private static final int MIN_SEGMENT_BYTES = 1 << 20;
    private static final int MAX_SEGMENT_BYTES = 1 << 30;
    private static final long MAX_FIRST_TICKS = 1L << 40;

    /** 2 s, at most 10 s, 64 MiB, no timed metadata, 10 s as the first time, 1 s for a late track. */
    public static final SegmenterOptions DEFAULT = new SegmenterOptions(
            Duration.ofSeconds(2), 10, 64 << 20, /* timedMetadata= */ false, 900_000, Duration.ofSeconds(1));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of the range given above
     */
    public SegmenterOptions {
        if (targetDuration.compareTo(MIN_TARGET) < 0 || targetDuration.compareTo(MAX_TARGET) > 0) {
            throw new IllegalArgumentException("targetDuration " + targetDuration + " is not 500 ms to 60 s");
        }
        Duration longest = Duration.ofSeconds(maxTargetDurationSeconds);
        if (longest.compareTo(targetDuration) < 0 || longest.compareTo(MAX_TARGET) > 0) {
            throw new IllegalArgumentException(
                    "maxTargetDurationSeconds " + maxTargetDurationSeconds + " is not " + targetDuration + " to 60 s");
        }
        if (maxSegmentBytes < MIN_SEGMENT_BYTES || maxSegmentBytes > MAX_SEGMENT_BYTES) {
            throw new IllegalArgumentException(
                    "maxSegmentBytes " + maxSegmentBytes + " is not " + MIN_SEGMENT_BYTES + " to " + MAX_SEGMENT_BYTES);
        }
        if (firstTicks < 0 || firstTicks > MAX_FIRST_TICKS) {
            throw new IllegalArgumentException("firstTicks " + firstTicks + " is not 0 to " + MAX_FIRST_TICKS);
        }
        if (lateTrackWait.isNegative() || lateTrackWait.compareTo(MAX_LATE_TRACK_WAIT) > 0) {
            throw new IllegalArgumentException("lateTrackWait " + lateTrackWait + " is not 0 to 10 s");
        }
    }

    /**
     * Returns these options with another target duration.
     *
     * @param duration 500 ms to 60 s; {@code maxTargetDurationSeconds} grows with it
     * @return a copy
     * @throws IllegalArgumentException if the duration is out of range
     */
    public SegmenterOptions withTargetDuration(Duration duration) {
        long needed = Math.min(MAX_TARGET.toSeconds(), duration.plusMillis(999).toSeconds());
        int longest = (int) Math.max(maxTargetDurationSeconds, needed);
        return new SegmenterOptions(duration, longest, maxSegmentBytes, timedMetadata, firstTicks, lateTrackWait);
    }

    /**
     * Returns these options with another longest target duration.
     *
     * @param seconds up to 60, and no less than the target duration
     * @return a copy
     * @throws IllegalArgumentException if the value is out of range
     */
    public SegmenterOptions withMaxTargetDurationSeconds(int seconds) {
        return new SegmenterOptions(targetDuration, seconds, maxSegmentBytes, timedMetadata, firstTicks, lateTrackWait);
    }

    /**
     * Returns these options with another bound of a segment.
     *
     * @param bytes 1 MiB to 1 GiB
     * @return a copy
     * @throws IllegalArgumentException if the value is out of range
     */
    public SegmenterOptions withMaxSegmentBytes(int bytes) {
        return new SegmenterOptions(
                targetDuration, maxTargetDurationSeconds, bytes, timedMetadata, firstTicks, lateTrackWait);
    }

    /**
     * Returns these options with or without timed metadata.
     *
     * @param wanted whether the segments have a track of timed metadata
     * @return a copy
     */
    public SegmenterOptions withTimedMetadata(boolean wanted) {
        return new SegmenterOptions(
                targetDuration, maxTargetDurationSeconds, maxSegmentBytes, wanted, firstTicks, lateTrackWait);
    }

    /**
     * Returns these options with another first decoding time.
     *
     * @param ticks of 90 kHz, 0 to 2<sup>40</sup>
     * @return a copy
     * @throws IllegalArgumentException if the value is out of range
     */
    public SegmenterOptions withFirstTicks(long ticks) {
        return new SegmenterOptions(
                targetDuration, maxTargetDurationSeconds, maxSegmentBytes, timedMetadata, ticks, lateTrackWait);
    }

    /**
     * Returns these options with another wait for a second track.
     *
     * @param wait media time, 0 to 10 s
     * @return a copy
     * @throws IllegalArgumentException if the value is out of range
     */
    public SegmenterOptions withLateTrackWait(Duration wait) {
        return new SegmenterOptions(
                targetDuration, maxTargetDurationSeconds, maxSegmentBytes, timedMetadata, firstTicks, wait);
    }
}
