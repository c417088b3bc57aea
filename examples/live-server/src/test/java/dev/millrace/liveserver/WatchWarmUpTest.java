package dev.millrace.liveserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.MediaFrame;
import dev.millrace.track.LatestKeyframe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchWarmUpTest {

    @Test
    void followsEveryLoopOfTheDemoStreamWithoutABrokenKeyframe() {
        LatestKeyframe keyframe = WatchWarmUp.run();
        assertEquals(0, keyframe.brokenKeyframes());
        List<MediaFrame> frames = DemoStream.read();
        List<Long> times = new ArrayList<>();
        WatchWarmUp.replay(frames, frame -> times.add(frame.timestampMillis()));
        assertEquals(HlsWarmUp.LOOPS * frames.size(), times.size());
        long lastLoop = (HlsWarmUp.LOOPS - 1) * DemoStream.LOOP.toMillis();
        List<Long> shifted = frames.stream().map(frame -> frame.timestampMillis() + lastLoop).toList();
        boolean loopsFollowEachOther = times.subList(times.size() - frames.size(), times.size()).equals(shifted);
        assertTrue(loopsFollowEachOther, "times of the last loop");
    }
}
