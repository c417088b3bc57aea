package dev.millrace.hls.segment;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * The counters of a {@link Segmenter}. Immutable.
 *
 * @param counts the number of times of each event that happened at least once
 */
public record SegmenterStatistics(Map<SegmenterEvent, Long> counts) {

    /** Copies the map. */
    public SegmenterStatistics {
        counts = Map.copyOf(counts);
    }

    static SegmenterStatistics of(long[] byOrdinal) {
        Map<SegmenterEvent, Long> counts = new EnumMap<>(SegmenterEvent.class);
        for (SegmenterEvent event : SegmenterEvent.values()) {
            if (byOrdinal[event.ordinal()] > 0) {
                counts.put(event, byOrdinal[event.ordinal()]);
            }
        }
        return new SegmenterStatistics(counts);
    }

    /**
     * Returns how often an event happened.
     *
     * @param event the event
     * @return 0 or more
     */
    public long count(SegmenterEvent event) {
        return counts.getOrDefault(Objects.requireNonNull(event, "event"), 0L);
    }

    /**
     * Returns how many samples and messages did not get into a segment, for all reasons together.
     *
     * @return 0 or more
     */
    public long skipped() {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().isSkip())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
