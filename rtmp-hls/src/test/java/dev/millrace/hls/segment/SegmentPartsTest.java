package dev.millrace.hls.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentPartsTest {

    private final Counters counters = new Counters();

    @Test
    void invariant35_audioHasTheTimesOfItsSamples() {
        AudioClock clock = new AudioClock(44_100, counters);
        List<Long> steps = new ArrayList<>();
        long last = 0;
        for (int i = 0; i < 44_100; i++) {
            long jitter = (i * 7919 % 41) * 90 - 1_800;
            long pts = clock.next(Math.round(i * 1024 * 90_000.0 / 44_100) + (i == 0 ? 0 : jitter), 1024, 1).orElseThrow();
            steps.add(pts - last);
            last = pts;
        }
        assertEquals(2090, steps.get(1));
        assertTrue(steps.subList(1, steps.size()).stream().allMatch(step -> step == 2089 || step == 2090));
        assertEquals(44_099L * 1024 * 90_000 / 44_100, last, 1);
        assertEquals(0, counters.snapshot().count(SegmenterEvent.REANCHORED_AUDIO));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            half a second and more is a gap at once,   54000,  1,   26
            less is one after two seconds,             27000, 120,  13
            back is left out until it is caught up,   -54000, 60,    0
            """)
    void audioFollowsGapsByWholeFrames(String name, long jumpTicks, int framesLater, int gapFrames) {
        AudioClock clock = new AudioClock(44_100, counters);
        long frame = 0;
        for (; frame < 100; frame++) {
            clock.next(frame * 90_000 * 1024 / 44_100, 1024, 1);
        }
        OptionalLong pts = OptionalLong.empty();
        for (int i = 0; i < framesLater; i++, frame++) {
            pts = clock.next(frame * 90_000 * 1024 / 44_100 + jumpTicks, 1024, 1);
        }
        long wanted = jumpTicks < 0
                ? frame - 1 + Math.round(jumpTicks * 44_100.0 / 1024 / 90_000)
                : frame - 1 + gapFrames;
        assertEquals(wanted * 90_000 * 1024 / 44_100, pts.orElseThrow(), 2_090);
        assertEquals(0, Math.floorMod(Math.round(pts.getAsLong() * 44_100.0 / 90_000), 1024), 1);
        assertTrue(counters.snapshot().count(SegmenterEvent.REANCHORED_AUDIO) > 0);
    }

    @Test
    void audioFollowsAClockThatRunsFastOneFrameAtATime() {
        AudioClock clock = new AudioClock(48_000, counters);
        long worst = 0;
        for (long i = 0; i < 48_000; i++) {
            long ticks = i * 1920 + i / 2; // 260 ppm
            OptionalLong pts = clock.next(ticks, 1024, 1);
            worst = pts.isPresent() ? Math.max(worst, Math.abs(pts.getAsLong() - ticks)) : worst;
        }
        assertTrue(worst < 2 * 1920, "off by " + worst + " ticks");
        assertEquals(12, counters.snapshot().count(SegmenterEvent.REANCHORED_AUDIO));
    }

    @ParameterizedTest(name = "{0} frames a message")
    @CsvSource({"1", "2", "5"})
    void messagesOfSeveralFramesAreLeftOutUntilTheSenderIsCaughtUpWith(int frames) {
        AudioClock clock = new AudioClock(48_000, counters);
        long worst = 0;
        int leftOut = 0;
        for (int i = 0; i < 300; i++) {
            long ticks = 1920L * frames * i - (i < 100 ? 0 : 18_000); // 200 ms back
            OptionalLong pts = clock.next(ticks, 1024, frames);
            leftOut += pts.isEmpty() ? frames : 0;
            worst = i > 250 ? Math.max(worst, Math.abs(pts.orElse(ticks) - ticks)) : 0;
        }
        assertTrue(counters.snapshot().count(SegmenterEvent.REANCHORED_AUDIO) > 0);
        assertTrue(leftOut >= 8 && leftOut <= 10 + frames, leftOut + " frames left out of 200 ms, which are 9.4");
        assertTrue(worst <= 1920, "off by " + worst + " ticks");
    }

    @Test
    void anAnnouncedGapIsFollowedAtOnce() {
        AudioClock clock = new AudioClock(48_000, counters);
        clock.next(0, 1024, 1);
        clock.announceGap();
        assertEquals(OptionalLong.of(1920 * 10), clock.next(1920 * 10 + 100, 1024, 1));
    }

    @ParameterizedTest(name = "first segment of {0} ticks, wanted {1} s")
    @CsvSource({
        "180000, 2, 2", "180090, 2, 2", "200000, 2, 2", "210000, 2, 3", "374994, 2, 4", "749990, 2, 9", "5000000, 2, 10", "90, 6, 6"
    })
    void invariant3_theFirstSegmentFixesTheTargetDuration(long ticks, int wantedSeconds, int seconds) {
        TargetDuration target = new TargetDuration(
                SegmenterOptions.DEFAULT.withTargetDuration(Duration.ofSeconds(wantedSeconds)), OptionalInt.empty());
        assertEquals(10 * 90_000 + 44_910, target.maxSegmentTicks());
        target.fix(ticks);
        target.fix(90_000 * 7);
        assertEquals(OptionalInt.of(seconds), target.seconds());
        assertEquals(seconds * 90_000 + 44_910, target.maxSegmentTicks());
    }

    @Test
    void theDateFollowsTheClockAfterTenSecondsAndNeverGoesBack() {
        long[] now = {1_000_000};
        ProgramDateTime dates = new ProgramDateTime(() -> Instant.ofEpochMilli(now[0]), counters);
        dates.begin(0);
        List<Long> millis = new ArrayList<>();
        for (long segment = 0; segment < 24; segment++) {
            now[0] = 1_000_000 + segment * 2_000 + (segment < 8 ? 0 : segment < 16 ? 3_000 : -3_000);
            dates.observe(segment * 180_000);
            millis.add(dates.ofSegment(segment * 180_000, 180_000).toEpochMilli());
        }
        assertEquals(1_000_000, millis.get(0));
        assertEquals(1_018_000, millis.get(9), "a drift that was not there all the time moves nothing");
        assertEquals(1_033_000, millis.get(15));
        assertTrue(counters.snapshot().count(SegmenterEvent.REANCHORED_DATE) >= 2);
        for (int i = 1; i < millis.size(); i++) {
            assertTrue(millis.get(i) > millis.get(i - 1) + 900, "date of segment " + i + " in " + millis);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            shortest target,      500, 10, 1048576,        0, true
            target too short,     499, 10, 1048576,        0, false
            target above longest, 11000, 10, 1048576,      0, false
            longest too long,     2000, 61, 1048576,       0, false
            segment too small,    2000, 10, 1048575,       0, false
            first time negative,  2000, 10, 1048576,      -1, false
            """)
    void optionsAreChecked(String name, long targetMillis, int longest, int maxBytes, long firstTicks, boolean good) {
        Runnable make = () -> new SegmenterOptions(Duration.ofMillis(targetMillis), longest, maxBytes, false, false, false, firstTicks,
                Duration.ofSeconds(1), SegmenterOptions.DEFAULT.ts());
        if (good) {
            make.run();
            return;
        }
        assertTrue(assertThrows(IllegalArgumentException.class, make::run).getMessage().contains(" is not "));
    }
}
