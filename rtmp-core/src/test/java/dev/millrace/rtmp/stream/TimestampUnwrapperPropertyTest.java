package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TimestampUnwrapperPropertyTest {

    private static final int HALF_MINUS_TOLERANCE = Integer.MAX_VALUE - 600_000;

    @Property(tries = 300)
    void followsAClockOf32Bits(@ForAll("starts") long start, @ForAll("longSteps") List<Integer> steps) {
        assertFollows(start, steps, 0xFFFFFFFFL);
    }

    @Property(tries = 300)
    void followsAClockOf31Bits(@ForAll("starts") long start, @ForAll("shortSteps") List<Integer> steps) {
        assertFollows(start & 0x7FFFFFFF, steps, 0x7FFFFFFFL);
    }

    private static void assertFollows(long start, List<Integer> steps, long mask) {
        TimestampUnwrapper unwrapper = new TimestampUnwrapper();
        long model = start;
        assertEquals(model, unwrapper.media((int) (model & mask)));
        for (int step : steps) {
            model += step;
            unwrapper.other(step);
            assertEquals(model, unwrapper.other((int) (model & mask)));
            assertEquals(model, unwrapper.media((int) (model & mask)));
        }
    }

    @Provide
    Arbitrary<Long> starts() {
        return Arbitraries.oneOf(
                Arbitraries.of(0L, 0xFFFFFEL, 0xFFFFFFL, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL), Arbitraries.longs().between(0, 0xFFFFFFFFL));
    }

    @Provide
    Arbitrary<List<Integer>> longSteps() {
        return Arbitraries.integers().between(-HALF_MINUS_TOLERANCE, HALF_MINUS_TOLERANCE).list().ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<Integer>> shortSteps() {
        return Arbitraries.integers().between(-599_000, 599_000).list().ofMaxSize(30);
    }
}
