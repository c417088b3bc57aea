package dev.millrace.liveserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.hls.packager.HlsStatistics;
import dev.millrace.hls.segment.SegmenterEvent;
import org.junit.jupiter.api.Test;

class HlsWarmUpTest {

    private static final long KEYFRAME_MILLIS = 3_200;

    @Test
    void packagesAStreamWithoutLosingAnything() {
        HlsStatistics done = HlsWarmUp.run();
        assertEquals(HlsWarmUp.LOOPS * DemoStream.LOOP.toMillis() / KEYFRAME_MILLIS, done.listedSegments());
        assertEquals(0, done.lostSegments());
        assertEquals(0, done.segmenter().skipped(), done::toString);
        assertEquals(0, done.segmenter().count(SegmenterEvent.DISCONTINUITY));
    }
}
