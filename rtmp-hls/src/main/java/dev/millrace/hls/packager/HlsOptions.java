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
 * @param windowSegments how many segments a sliding playlist lists at least; 3 to 10,000. It lists more while they are shorter than the target
 *     duration, since a playlist is never shorter than three of those (RFC 8216, 6.2.2), and after a burst
 * @param grace how long a publisher that has gone may come back to the same playlist, before it ends; 0 to 1 h
 * @param endList whether the playlist ends at all when the grace is over; not for channels that run for ever
 * @param maxPendingSegments segments that may wait for the store; one more is dropped and the next marked; 1 to 1,000
 * @param encryption with what segments are encrypted, if they are
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

    /** Segments of 2 s in MPEG-TS, a sliding playlist of 6, 10 s of grace and then the end, 4 segments that wait, no encryption. */
    public static final HlsOptions DEFAULT = new HlsOptions(
            SegmenterOptions.DEFAULT, TsOptions.DEFAULT, HlsMode.SLIDING, 6, Duration.ofSeconds(10), /* endList= */ true, 4, Optional.empty());

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is outside what is said above
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
     * The same with other segments.
     *
     * @param other how segments are made
     * @return new options
     */
    public HlsOptions with(SegmenterOptions other) {
        return new HlsOptions(other, container, mode, windowSegments, grace, endList, maxPendingSegments, encryption);
    }

    /**
     * The same in another container format.
     *
     * @param other the format, such as {@link TsOptions} with H.265 switched on
     * @return new options
     */
    public HlsOptions withContainer(SegmentMuxer.Factory other) {
        return new HlsOptions(segments, other, mode, windowSegments, grace, endList, maxPendingSegments, encryption);
    }

    /**
     * The same in another mode.
     *
     * @param other whether the playlist slides, grows, or appears at the end
     * @return new options
     */
    public HlsOptions with(HlsMode other) {
        return new HlsOptions(segments, container, other, windowSegments, grace, endList, maxPendingSegments, encryption);
    }

    /**
     * The same with another grace.
     *
     * @param other how long a publisher may be away
     * @return new options
     */
    public HlsOptions withGrace(Duration other) {
        return new HlsOptions(segments, container, mode, windowSegments, other, endList, maxPendingSegments, encryption);
    }

    /**
     * The same with encryption.
     *
     * @param other with what
     * @return new options
     */
    public HlsOptions with(HlsEncryption other) {
        return new HlsOptions(segments, container, mode, windowSegments, grace, endList, maxPendingSegments, Optional.of(other));
    }
}
