package dev.millrace.hls.packager;

import dev.millrace.hls.segment.SegmenterStatistics;
import java.util.Objects;

/**
 * The counters of a packager. Immutable.
 *
 * @param listedSegments segments that were listed
 * @param listedBytes bytes of the listed segments
 * @param lostSegments segments that were never listed, because the store failed or was too slow
 * @param pendingSegments segments that wait for the store now
 * @param failedCallbacks exceptions of the listener
 * @param segmenter the counters of the segmenter
 */
public record HlsStatistics(
        long listedSegments, long listedBytes, long lostSegments, int pendingSegments, long failedCallbacks, SegmenterStatistics segmenter) {

    /** Checks for null. */
    public HlsStatistics {
        Objects.requireNonNull(segmenter, "segmenter");
    }
}
