package dev.millrace.hls.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentPartsTest {

    private final Counters counters = new Counters();

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
        ProgramDates dates = new ProgramDates(() -> Instant.ofEpochMilli(now[0]), counters);
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
        Runnable make = () -> new SegmenterOptions(Duration.ofMillis(targetMillis), longest, maxBytes, /* timedMetadata= */ false, firstTicks,
                Duration.ofSeconds(1));
        if (good) {
            make.run();
            return;
        }
        assertTrue(assertThrows(IllegalArgumentException.class, make::run).getMessage().contains(" is not "));
    }
}
