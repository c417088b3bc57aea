package dev.millrace.hls.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;

/** What a playlist wants of its segments, as far as it concerns these: invariants 4, 5, 10, 11, 17, 18 and 51. */
final class SegmentListCheck {

    private static final long SECOND = 90_000;

    private SegmentListCheck() {}

    static void check(Play play) {
        List<Segment> segments = play.segments;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            int target = play.segmenter.targetDurationSeconds().orElseThrow();
            long rounded = Math.round((double) segment.durationTicks() / SECOND);
            assertTrue(rounded <= target, "4: segment " + i + " has " + segment.durationTicks() + " ticks, target " + target + " s");
            assertTrue(segment.durationTicks() > 0, "5: duration of segment " + i);
            assertEquals(play.bytes.get(i).length, segment.size(), "size of segment " + i);
            if (i > 0) {
                checkPair(i, segments.get(i - 1), segment, play.count(SegmenterEvent.REANCHORED_DATE) > 0);
            }
        }
        if (!segments.isEmpty()) {
            assertFalse(segments.get(0).discontinuity(), "10: the first segment");
        }
    }

    private static void checkPair(int i, Segment before, Segment segment, boolean dateMoved) {
        long end = before.startTicks() + before.durationTicks();
        Duration step = Duration.between(before.programDateTime(), segment.programDateTime());
        assertTrue(!step.isNegative() && !step.isZero(), "17: date of segment " + i + " goes on by " + step);
        if (segment.discontinuity()) {
            assertTrue(segment.startTicks() >= end, "time goes on at segment " + i);
            return;
        }
        assertEquals(end, segment.startTicks(), "18: segment " + i + " starts where the one before ends");
        assertEquals(before.facts(), segment.facts(), "11: facts of segment " + i);
        long offMicros = Math.abs(step.toNanos() / 1_000 - before.durationTicks() * 100 / 9);
        assertTrue(dateMoved || offMicros < 2, "17: date of segment " + i + " is off by " + offMicros + " microseconds");
    }
}
