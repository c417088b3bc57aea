package dev.millrace.hls.segment;

/** A counter for each event. Confined to one thread. */
final class Counters {

    private final long[] counts = new long[SegmenterEvent.values().length];

    void add(SegmenterEvent event) {
        counts[event.ordinal()]++;
    }

    void add(SegmenterEvent event, long times) {
        counts[event.ordinal()] += times;
    }

    SegmenterStatistics snapshot() {
        return SegmenterStatistics.of(counts);
    }
}
