package dev.millrace.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioClockTest {

    @Test
    void invariant35_audioHasTheTimesOfItsSamples() {
        AudioClock clock = new AudioClock(44_100, 90_000);
        List<Long> steps = new ArrayList<>();
        long last = 0;
        for (int i = 0; i < 44_100; i++) {
            long jitter = (i * 7919 % 41) * 90 - 1_800;
            long pts = clock.next(Math.round(i * 1024 * 90_000.0 / 44_100) + (i == 0 ? 0 : jitter), 1024, 1024);
            steps.add(pts - last);
            last = pts;
        }
        assertEquals(2090, steps.get(1));
        assertTrue(steps.subList(1, steps.size()).stream().allMatch(step -> step == 2089 || step == 2090));
        assertEquals(44_099L * 1024 * 90_000 / 44_100, last, 1);
        assertEquals(0, clock.reanchorings());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            half a second and more is a gap at once,   54000,  1,   26
            less is one after two seconds,             27000, 120,  13
            back is left out until it is caught up,   -54000, 60,    0
            """)
    void followsGapsByWholeFrames(String name, long jumpTicks, int framesLater, int gapFrames) {
        AudioClock clock = new AudioClock(44_100, 90_000);
        long frame = 0;
        for (; frame < 100; frame++) {
            clock.next(frame * 90_000 * 1024 / 44_100, 1024, 1024);
        }
        long pts = AudioClock.LEAVE_OUT;
        for (int i = 0; i < framesLater; i++, frame++) {
            pts = clock.next(frame * 90_000 * 1024 / 44_100 + jumpTicks, 1024, 1024);
        }
        long wanted = jumpTicks < 0
                ? frame - 1 + Math.round(jumpTicks * 44_100.0 / 1024 / 90_000)
                : frame - 1 + gapFrames;
        assertEquals(wanted * 90_000 * 1024 / 44_100, pts, 2_090);
        assertEquals(0, Math.floorMod(Math.round(pts * 44_100.0 / 90_000), 1024), 1);
        assertTrue(clock.reanchorings() > 0);
    }

    @Test
    void followsAClockThatRunsFastOneFrameAtATime() {
        AudioClock clock = new AudioClock(48_000, 90_000);
        long worst = 0;
        for (long i = 0; i < 48_000; i++) {
            long ticks = i * 1920 + i / 2; // 260 ppm
            long pts = clock.next(ticks, 1024, 1024);
            worst = pts != AudioClock.LEAVE_OUT ? Math.max(worst, Math.abs(pts - ticks)) : worst;
        }
        assertTrue(worst < 2 * 1920, "off by " + worst + " ticks");
        assertEquals(12, clock.reanchorings());
    }

    @ParameterizedTest(name = "{0} frames a message")
    @CsvSource({"1", "2", "5"})
    void leavesOutMessagesOfSeveralFramesUntilTheSenderHasCaughtUp(int frames) {
        AudioClock clock = new AudioClock(48_000, 90_000);
        long worst = 0;
        int leftOut = 0;
        for (int i = 0; i < 300; i++) {
            long ticks = 1920L * frames * i - (i < 100 ? 0 : 18_000); // 200 ms back
            long pts = clock.next(ticks, 1024 * frames, 1024);
            leftOut += pts == AudioClock.LEAVE_OUT ? frames : 0;
            worst = i > 250 ? Math.max(worst, Math.abs((pts == AudioClock.LEAVE_OUT ? ticks : pts) - ticks)) : 0;
        }
        assertTrue(clock.reanchorings() > 0);
        assertTrue(leftOut >= 8 && leftOut <= 10 + frames, leftOut + " frames left out of 200 ms, which are 9.4");
        assertTrue(worst <= 1920, "off by " + worst + " ticks");
    }

    @Test
    void followsAnAnnouncedGapAtOnce() {
        AudioClock clock = new AudioClock(48_000, 90_000);
        clock.next(0, 1024, 1024);
        clock.announceGap();
        assertEquals(1920 * 10, clock.next(1920 * 10 + 100, 1024, 1024));
    }

    @Test
    void countsWithoutRoundingWhereTheTimescaleIsTheSampleRate() {
        AudioClock clock = new AudioClock(44_100, 44_100);
        for (long i = 0; i < 10_000; i++) {
            long millis = Math.round(i * 1024_000.0 / 44_100);
            assertEquals(7_000 + i * 1024, clock.next(7_000 + millis * 44_100 / 1_000, 1024, 1024));
        }
        assertEquals(7_000 + 10_000 * 1024, clock.nextTime());
        assertEquals(0, clock.reanchorings());
    }

    @Test
    void tellsTheTimeOfTheNextFrame() {
        AudioClock clock = new AudioClock(48_000, 90_000);
        assertFalse(clock.isRunning());
        clock.next(500, 2048, 1024);
        assertTrue(clock.isRunning());
        assertEquals(500 + 2 * 1920, clock.nextTime());
        assertEquals(clock.nextTime(), clock.expectedTime(clock.nextTime() + 45_000));
        assertEquals(clock.nextTime() + 45_001, clock.expectedTime(clock.nextTime() + 45_001), "a jump of more than half a second");
    }

    @ParameterizedTest
    @CsvSource({"0, 90000", "48000, 0"})
    void refusesRatesBelow1(int sampleRateHz, int timescale) {
        assertThrows(IllegalArgumentException.class, () -> new AudioClock(sampleRateHz, timescale));
    }
}
