package dev.millrace.hls.packager;

import dev.millrace.hls.segment.SegmenterStatistics;
import java.util.Objects;

/**
 * What a packager has done so far. Immutable.
 *
 * @param listedSegments segments that were listed
 * @param listedBytes their bytes
 * @param lostSegments segments that never were: the store failed or was too slow
 * @param pendingSegments segments that wait for the store now
 * @param failedCallbacks how often a listener threw
 * @param segmenter what was counted while segments were made
 */
public record HlsStatistics(
        long listedSegments, long listedBytes, long lostSegments, int pendingSegments, long failedCallbacks, SegmenterStatistics segmenter) {

    /** Checks for null. */
    public HlsStatistics {
        Objects.requireNonNull(segmenter, "segmenter");
    }
}
