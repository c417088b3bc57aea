package dev.millrace.hls.playlist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BandwidthMeterTest {

    private static final long SECOND = 90_000;

    private final BandwidthMeter meter = new BandwidthMeter(2);

    @Test
    void saysNothingBeforeTheFirstSegment() {
        assertEquals(OptionalLong.empty(), meter.bandwidth());
        assertEquals(OptionalLong.empty(), meter.averageBandwidth());
    }

    @Test
    void addsTenPercentAndRoundsUp() {
        meter.add(1_001, 2 * SECOND);
        // 8,008 bits in 2 s, and a tenth: 4,404.4.
        assertEquals(OptionalLong.of(4_405), meter.bandwidth());
        assertEquals(OptionalLong.of(4_405), meter.averageBandwidth());
    }

    @Test
    void thePeakIsThatOfRowsOfHalfToOneAndAHalfTargets() {
        meter.add(1_000, 2 * SECOND);
        // Alone too short: counts together with the one before, 3,000 bytes in 2.9 s.
        meter.add(2_000, 9 * SECOND / 10);
        assertEquals(OptionalLong.of(9_104), meter.bandwidth());
        // Long enough alone: 32,000 bits in 1 s.
        meter.add(4_000, SECOND);
        assertEquals(OptionalLong.of(35_200), meter.bandwidth());
    }

    @Test
    void aRowIsAtMostOneAndAHalfTargetsAndHalfASecond() {
        meter.add(10_000, SECOND / 2);
        meter.add(1, 3 * SECOND);
        // 3.5 s together: the burst of 0.5 s still counts with what follows; later it does not.
        assertEquals(OptionalLong.of((long) Math.ceil(10_000 * 8 / 0.5 * 11 / 10)), meter.bandwidth());
        BandwidthMeter later = new BandwidthMeter(2);
        later.add(1_000, SECOND);
        later.add(1_000, 3 * SECOND);
        later.add(1, SECOND);
        assertEquals(OptionalLong.of(8_800), later.bandwidth());
    }

    @Test
    void aSegmentThatIsLongerThanAnyRowCountsAlone() {
        meter.add(1_000, 10 * SECOND);
        meter.add(10_000, 10 * SECOND);
        assertEquals(OptionalLong.of(8_800), meter.bandwidth());
    }

    @Test
    void invariant26_valuesAreOnlyRaised() {
        meter.add(100_000, 2 * SECOND);
        meter.add(1_000, 2 * SECOND);
        assertEquals(OptionalLong.of(440_000), meter.bandwidth());
        assertEquals(OptionalLong.of(440_000), meter.averageBandwidth());
        meter.raise(500_000, 450_000);
        meter.raise(1, -1);
        assertEquals(OptionalLong.of(500_000), meter.bandwidth());
        assertEquals(OptionalLong.of(450_000), meter.averageBandwidth());
    }

    @Test
    void theAverageForgetsWhatIsLongPast() {
        for (int i = 0; i < 10 * 1_800; i++) {
            meter.add(1_000, 2 * SECOND);
        }
        assertEquals(OptionalLong.of(4_400), meter.averageBandwidth());
        for (int i = 0; i < 1_800; i++) {
            meter.add(2_000, 2 * SECOND);
        }
        assertEquals(OptionalLong.of(8_800), meter.averageBandwidth());
    }

    @Test
    void refusesValuesOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new BandwidthMeter(0));
        assertThrows(IllegalArgumentException.class, () -> meter.add(0, SECOND));
        assertThrows(IllegalArgumentException.class, () -> meter.add(1L << 31, SECOND));
        assertThrows(IllegalArgumentException.class, () -> meter.add(1, 0));
        assertThrows(IllegalArgumentException.class, () -> meter.add(1, 1L << 33));
        assertEquals(OptionalLong.empty(), meter.bandwidth());
    }

    @Test
    void countsAsFarAsPlayersCan() {
        meter.add((1L << 31) - 1, 1);
        assertEquals(OptionalLong.of((long) Math.ceil(((1L << 31) - 1) * 720_000.0 * 11 / 10)), meter.bandwidth());
        meter.raise(Long.MAX_VALUE, Long.MAX_VALUE);
        assertEquals(OptionalLong.of((1L << 53) - 1), meter.bandwidth());
        assertEquals(OptionalLong.of((1L << 53) - 1), meter.averageBandwidth());
    }

    record Segment(int bytes, long ticks) {}

    @Property
    void invariant26_noRowOfSegmentsIsAboveTheBandwidth(@ForAll("segments") List<Segment> segments) {
        BandwidthMeter measured = new BandwidthMeter(2);
        long before = 0;
        long averageBefore = 0;
        for (Segment segment : segments) {
            measured.add(segment.bytes, segment.ticks);
            long now = measured.bandwidth().orElseThrow();
            long average = measured.averageBandwidth().orElseThrow();
            assertTrue(now > 0 && now >= before && average >= averageBefore && now >= average);
            before = now;
            averageBefore = average;
        }
        assertTrue(before >= 1.0999 * peak(segments), before + " of " + peak(segments));
        assertTrue(averageBefore >= 1.0999 * rate(segments), averageBefore + " of " + rate(segments));
    }

    private static double peak(List<Segment> segments) {
        double peak = 0;
        for (int from = 0; from < segments.size(); from++) {
            for (int to = from + 1; to <= segments.size(); to++) {
                List<Segment> row = segments.subList(from, to);
                long ticks = row.stream().mapToLong(Segment::ticks).sum();
                if (ticks >= SECOND && ticks <= 3 * SECOND + SECOND / 2) {
                    peak = Math.max(peak, rate(row));
                }
            }
        }
        return peak;
    }

    private static double rate(List<Segment> row) {
        return row.stream().mapToLong(Segment::bytes).sum() * 720_000.0 / row.stream().mapToLong(Segment::ticks).sum();
    }

    @Provide
    Arbitrary<List<Segment>> segments() {
        Arbitrary<Long> boundaries = Arbitraries.of(1L, 9_000L, 90_000L, 135_000L, 180_000L, 224_999L);
        Arbitrary<Long> ticks = Arbitraries.oneOf(boundaries, Arbitraries.longs().between(1, 224_999));
        return Combinators.combine(Arbitraries.integers().between(1, 10_000_000), ticks).as(Segment::new).list().ofMinSize(1).ofMaxSize(20);
    }
}
