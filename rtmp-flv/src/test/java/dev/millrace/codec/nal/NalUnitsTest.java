package dev.millrace.codec.nal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NalUnitsTest {

    // Each unit is told as offset+length.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing                | ''                             | []
            half a length          | 000000                         | []
            length alone           | 00000000                       | []
            one                    | 00000001 aa                    | [4+1]
            two                    | 00000001 aa 00000002 bbcc      | [4+1, 9+2]
            empty ones between     | 00000000 00000001 aa 00000000  | [8+1]
            bytes behind           | 00000001 aa 00                 | [4+1]
            cut off                | 00000002 aaaa 00000002 bb      | [4+2]
            length of 2^31         | 00000002 aaaa 80000000 bb      | [4+2]
            greatest length        | 00000002 aaaa ffffffff bb      | [4+2]
            start codes            | 00000001 aa cc 000001 bbcc     | [4+2, 9+2]
            """)
    void showsUnitAfterUnit(String name, String wire, String expected) {
        byte[] body = TrackedBuffers.bytes(wire);
        NalUnits units = scan(body);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < units.count(); i++) {
            found.add(units.offset(i) + "+" + units.length(i));
        }
        assertEquals(expected, found.toString());
    }

    private static NalUnits scan(byte[] body) {
        NalUnits units = new NalUnits();
        units.scan(Bytes.takeOver(body), 0, body.length, 4);
        return units;
    }

    @ParameterizedTest
    @ValueSource(ints = {0xFF, 0x0102, 0x010203, 0x01020304})
    void passesOverLongUnits(int length) {
        byte[] body = new byte[4 + length + 5];
        Arrays.fill(body, (byte) 0xFF); // read as a length, it ends the walk
        body[0] = (byte) (length >> 24);
        body[1] = (byte) (length >> 16);
        body[2] = (byte) (length >> 8);
        body[3] = (byte) length;
        System.arraycopy(TrackedBuffers.bytes("00000001 65"), 0, body, 4 + length, 5);
        NalUnits units = scan(body);
        assertEquals(Bytes.copyOf((byte) 0x65), units.get(units.count() - 1));
    }

    @Test
    void forgetsTheAccessUnitBefore() {
        NalUnits units = scan(TrackedBuffers.bytes("00000002 aaaa 00000001 bb 00000009 cc"));
        assertEquals(2, units.count());
        assertTrue(units.isDamaged());
        byte[] next = TrackedBuffers.bytes("00000001 dd");
        units.scan(Bytes.takeOver(next), 0, next.length, 4);
        assertEquals(List.of("dd"), List.of(units.get(0).toString()));
        assertEquals(1, units.count());
        assertFalse(units.isDamaged());
        assertArrayEquals(new int[] {4, 1}, units.ranges());
    }

    // A few zeros behind the last NAL unit are padding; anything else is missing from a NAL unit.
    @ParameterizedTest
    @CsvSource(textBlock = """
            00000002 aaaa,          false
            00000002 aaaa 000000,   false
            00000002 aaaa 000001,   true
            00000002 aaaa 00000001, true
            00000002 aa,            true
            """)
    void tellsDamageFromPadding(String wire, boolean damaged) {
        assertEquals(damaged, scan(TrackedBuffers.bytes(wire)).isDamaged());
    }

    @Test
    void refusesARangeOutsideTheMessage() {
        NalUnits units = new NalUnits();
        assertThrows(IndexOutOfBoundsException.class, () -> units.scan(Bytes.takeOver(new byte[4]), 1, 4, 4));
        assertThrows(IllegalArgumentException.class, () -> units.scan(Bytes.EMPTY, 0, 0, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> units.offset(0));
    }
}
