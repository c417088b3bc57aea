package dev.millrace.hls.packager;

import dev.millrace.hls.segment.SegmentMuxer;
import dev.millrace.hls.segment.SegmenterOptions;
import dev.millrace.hls.ts.TsOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a stream is packaged. Immutable.
 *
 * @param segments how segments are made
 * @param container the container format of segments, and which codecs it takes
 * @param mode whether the playlist slides, grows, or appears at the end
 * @param windowSegments how many segments a sliding playlist lists at least; 3 to 10,000. It lists more while they are shorter than the
 *     target duration, since a playlist is never shorter than three of those (RFC 8216, 6.2.2), and after a burst
 * @param grace how long a publisher that has left may come back to the same playlist before it ends; 0 to 1 h
 * @param endList whether the playlist ends when the grace is over; false for channels that never end
 * @param maxPendingSegments segments that may wait for the store; one more is dropped and the next is a discontinuity; 1 to 1,000
 * @param encryption how segments are encrypted; empty if they are not
 */
public record HlsOptions(
        SegmenterOptions segments,
        SegmentMuxer.Factory container,
        HlsMode mode,
        int windowSegments,
        Duration grace,
        boolean endList,
        int maxPendingSegments,
        Optional<HlsEncryption> encryption) {

    private static final Duration MAX_GRACE = Duration.ofHours(1);

    /** Segments of 2 s in MPEG-TS, a sliding playlist of 6, its end after 10 s of grace, 4 pending segments, no encryption. */
    public static final HlsOptions DEFAULT = new HlsOptions(
            SegmenterOptions.DEFAULT, TsOptions.DEFAULT, HlsMode.SLIDING, /* windowSegments= */ 6, Duration.ofSeconds(10),
            /* endList= */ true, /* maxPendingSegments= */ 4, Optional.empty());

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is outside its range
     */
    public HlsOptions {
        Objects.requireNonNull(segments, "segments");
        Objects.requireNonNull(container, "container");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(encryption, "encryption");
        if (windowSegments < 3 || windowSegments > 10_000) {
            throw new IllegalArgumentException("windowSegments " + windowSegments + " is not 3 to 10000");
        }
        if (grace.isNegative() || grace.compareTo(MAX_GRACE) > 0) {
            throw new IllegalArgumentException("grace " + grace + " is not 0 to 1 h");
        }
        if (maxPendingSegments < 1 || maxPendingSegments > 1_000) {
            throw new IllegalArgumentException("maxPendingSegments " + maxPendingSegments + " is not 1 to 1000");
        }
    }

    /**
     * Returns these options with another {@link #segments}.
     *
     * @param other how segments are made
     * @return the options
     */
    public HlsOptions withSegments(SegmenterOptions other) {
        return new HlsOptions(other, container, mode, windowSegments, grace, endList, maxPendingSegments, encryption);
    }

    /**
     * Returns these options with another {@link #container}.
     *
     * @param other the container format, such as {@link TsOptions} with H.265 switched on
     * @return the options
     */
    public HlsOptions withContainer(SegmentMuxer.Factory other) {
        return new HlsOptions(segments, other, mode, windowSegments, grace, endList, maxPendingSegments, encryption);
    }

    /**
     * Returns these options with another {@link #mode}.
     *
     * @param other whether the playlist slides, grows, or appears at the end
     * @return the options
     */
    public HlsOptions withMode(HlsMode other) {
        return new HlsOptions(
                segments, container, other, windowSegments, grace, endList, maxPendingSegments, encryption);
    }

    /**
     * Returns these options with another {@link #windowSegments}.
     *
     * @param other how many segments a sliding playlist lists at least; 3 to 10,000
     * @return the options
     */
    public HlsOptions withWindowSegments(int other) {
        return new HlsOptions(segments, container, mode, other, grace, endList, maxPendingSegments, encryption);
    }

    /**
     * Returns these options with another {@link #grace}.
     *
     * @param other how long a publisher may be away before the playlist ends; 0 to 1 h
     * @return the options
     */
    public HlsOptions withGrace(Duration other) {
        return new HlsOptions(
                segments, container, mode, windowSegments, other, endList, maxPendingSegments, encryption);
    }

    /**
     * Returns these options with another {@link #endList}.
     *
     * @param other whether the playlist ends when the grace is over
     * @return the options
     */
    public HlsOptions withEndList(boolean other) {
        return new HlsOptions(segments, container, mode, windowSegments, grace, other, maxPendingSegments, encryption);
    }

    /**
     * Returns these options with another {@link #maxPendingSegments}.
     *
     * @param other segments that may wait for the store; 1 to 1,000
     * @return the options
     */
    public HlsOptions withMaxPendingSegments(int other) {
        return new HlsOptions(segments, container, mode, windowSegments, grace, endList, other, encryption);
    }

    /**
     * Returns these options with another {@link #encryption}.
     *
     * @param other how segments are encrypted
     * @return the options
     */
    public HlsOptions withEncryption(HlsEncryption other) {
        return new HlsOptions(
                segments, container, mode, windowSegments, grace, endList, maxPendingSegments, Optional.of(other));
    }
}
