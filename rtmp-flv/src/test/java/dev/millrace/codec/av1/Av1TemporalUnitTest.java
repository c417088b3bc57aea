package dev.millrace.codec.av1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Av1TemporalUnitTest {

    // AV1 bitstream specification, 5.3 to 5.9. The sequence header is one that SVT-AV1 wrote.
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            key with all,           1200 0a0c0200000d2627fb3895f20080 3202 1000, true
            key without delimiter,  0a0c0200000d2627fb3895f20080 3202 1000,      true
            key without header,     1200 3202 1000,                              true
            key in two OBUs,        1200 1a01 10 2201 ff,                        true
            inter,                  1200 3202 3000,                              false
            intra only,             1200 3202 5000,                              false
            switch,                 1200 3202 7000,                              false
            shows an old frame,     1200 1a01 80,                                false
            header and inter,       1200 0a0c0200000d2627fb3895f20080 3202 3000, false
            header alone,           1200 0a0c0200000d2627fb3895f20080,           true
            delimiter alone,        1200,                                        false
            first frame decides,    3202 3000 3202 1000,                         false
            reduced still picture,  0a01 18 3201 ff,                             true
            behind metadata,        2a02 0100 3202 1000,                         true
            with extension,         1200 3600 02 1000,                           true
            without size,           30 1000,                                     true
            inter without size,     30 3000,                                     false
            extension without size, 34 00 10,                                    true
            size of two bytes,      32 8200 1000,                                true
            size of eight bytes,    32 8280808080808000 1000,                    true
            size of nine bytes,     32 828080808080808000 1000,                  false
            size that does not end, 32 ffff,                                     false
            size missing,           32,                                          false
            size past the end,      3203 1000,                                   false
            greatest size,          32 ffffffffffffff7f 10,                      false
            size past 2^32,         32 8280808010 1000,                          false
            header past the end,    0a0c0200000d,                                false
            empty header,           0a00,                                        false
            empty frame,            3200 3202 1000,                              true
            extension missing,      34,                                          false
            nothing,                '',                                          false
            """)
    void tellsKeyframes(String name, String wire, boolean keyframe) {
        byte[] unit = TrackedBuffers.bytes(wire);
        assertEquals(keyframe, Av1TemporalUnit.isKeyframe(Bytes.takeOver(unit).slice(0, unit.length)));

        byte[] inside = new byte[unit.length + 20];
        Arrays.fill(inside, (byte) 0x10);
        System.arraycopy(unit, 0, inside, 10, unit.length);
        assertEquals(keyframe, Av1TemporalUnit.isKeyframe(Bytes.takeOver(inside).slice(10, unit.length)));
    }

    // Each OBU is told as type, bytes in all, and payload.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing             | ''                       | []
            delimiter and frame | 1200 3202 1000           | [2/2/, 6/4/1000]
            with extension      | 3608 02 1000 1200        | [6/5/1000, 2/2/]
            without size        | 1200 30 1000             | [2/2/, 6/3/1000]
            size of two bytes   | 32 8200 1000             | [6/5/1000]
            cut off             | 1200 3203 1000           | [2/2/]
            size cut off        | 1200 32 80               | [2/2/]
            """)
    void takesApart(String name, String wire, String expected) {
        List<Av1Obu> obus = Av1TemporalUnit.obus(Bytes.takeOver(TrackedBuffers.bytes(wire)));
        assertEquals(expected, obus.stream().map(obu -> obu.type() + "/" + obu.bytes().size() + "/" + obu.payload()).toList().toString());
    }

    @Test
    void leavesOutWhatIsBehindTheMostThatItHolds() {
        byte[] delimiters = new byte[2 * 5000];
        for (int at = 0; at < delimiters.length; at += 2) {
            delimiters[at] = 0x12;
        }
        assertEquals(4096, Av1TemporalUnit.obus(Bytes.takeOver(delimiters)).size());
    }

    @Test
    void refusesARangeOutsideTheArray() {
        assertThrows(IndexOutOfBoundsException.class, () -> Av1TemporalUnit.isKeyframe(Bytes.takeOver(new byte[4]).slice(1, 4)));
        assertThrows(IndexOutOfBoundsException.class, () -> Av1TemporalUnit.isKeyframe(Bytes.takeOver(new byte[4]).slice(-1, 4)));
        assertThrows(IndexOutOfBoundsException.class, () -> Av1TemporalUnit.isKeyframe(Bytes.takeOver(new byte[4]).slice(0, -1)));
    }
}
