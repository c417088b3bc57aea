package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampUnwrapperTest {

    private final TimestampUnwrapper unwrapper = new TimestampUnwrapper();

    // Cases 20 and 21 of HOSTILE-INPUTS.md.
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            delta 0xFFFFFFFE,            1000,        998,               -2
            wrap at 32 bits,             0xFFFFFFFF,  0,                  1
            wrap at 31 bits,             0x7FFFFFFF,  0,                  1
            wrap at 31 bits with a step, 0x7FFFFFF0,  0x18,              40
            past 0xFFFFFF,               0xFFFFFE,    0x1000000,          2
            past 2^31 at 32 bits,        0x7FFFFFFF,  0x80000000,         1
            back over 2^31,              0x80000000,  0x7FFFFFFF,        -1
            back over 0,                 0,           0xFFFFFFFF,        -1
            constant,                    5,           5,                  0
            back 10 s,                   60_000_000,  59_990_000,   -10_000
            back 10 h,                   60_000_000,  24_000_000, -36_000_000
            forward 10 h,                0,           36_000_000, 36_000_000
            forward 24 d,                0,           2_073_600_000, 2_073_600_000
            just no wrap at 31 bits,     0x80000000,  600_001, -2_146_883_647
            just a wrap at 31 bits,      0x80000000,  600_000, 600_000
            """)
    void moves(String name, String first, String second, String step) {
        long start = unwrapper.media(wire(first));
        assertEquals(Integer.toUnsignedLong(wire(first)), start);
        assertEquals(Long.parseLong(step.replace("_", "")), unwrapper.media(wire(second)) - start);
    }

    private static int wire(String number) {
        return (int) (long) Long.decode(number.replace("_", ""));
    }

    @ParameterizedTest(name = "{0} bits")
    @CsvSource({"31", "32"})
    void goesOnOverManyWraps(int bits) {
        long mask = (1L << bits) - 1;
        long step = 1_000_003L * 60; // 16 h 40 min
        long start = 0xFFFFF0;
        for (long time = start; time < start + 6 * (1L << 32); time += 40) {
            assertEquals(time, unwrapper.media((int) (time & mask)));
            time += step;
            long before = time - 40; // audio and video cross a little
            assertEquals(time, follow(time - step, time, mask));
            assertEquals(before, unwrapper.media((int) (before & mask)));
            assertEquals(time, unwrapper.media((int) (time & mask)));
        }
    }

    /** In steps that are less than what makes a wrap at 31 bits. */
    private long follow(long from, long to, long mask) {
        long at = from;
        while (at < to) {
            at = Math.min(to, at + 500_000);
            assertEquals(at, unwrapper.media((int) (at & mask)));
        }
        return at;
    }

    @Test
    void headersMoveNothing() {
        unwrapper.media(0x7FFFFF00);
        assertEquals(0x80000000L, unwrapper.other(0));
        assertEquals(0x7FFFFF00L + 20, unwrapper.media(0x7FFFFF00 + 20));
        assertEquals(0x80000004L, unwrapper.media(4));
        assertEquals(0x80000000L, unwrapper.other(0));
        assertEquals(0x80000008L, unwrapper.media(8));
    }

    @Test
    void headersInTheMiddleHaveTheTimeTheySay() {
        unwrapper.media(3_600_000);
        assertEquals(0, unwrapper.other(0));
        assertEquals(3_600_000 - 1, unwrapper.other(3_600_000 - 1));
        assertEquals(3_600_040, unwrapper.media(3_600_040));
    }

    @Test
    void headersBeforeTheFirstMediaDoNotStartTheClock() {
        assertEquals(0, unwrapper.other(0));
        assertEquals(0xFFFFFFF0L, unwrapper.other(-16));
        assertEquals(0x90000000L, unwrapper.media(0x90000000));
        assertEquals(0x90000028L, unwrapper.media(0x90000028));
    }
}
