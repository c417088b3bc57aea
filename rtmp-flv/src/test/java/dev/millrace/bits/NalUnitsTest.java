package dev.millrace.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
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
            cut off                | 00000001 aa 00000002 bb        | [4+1]
            length of 2^31         | 00000001 aa 80000000 bb        | [4+1]
            greatest length        | 00000001 aa ffffffff bb        | [4+1]
            """)
    void showsUnitAfterUnit(String name, String wire, String expected) {
        byte[] body = TrackedBuffers.bytes(wire);
        List<String> units = new ArrayList<>();
        boolean found = NalUnits.anyMatch(body, 0, body.length, (bytes, at, length) -> {
            units.add(at + "+" + length);
            return false;
        });
        assertFalse(found);
        assertEquals(expected, units.toString());
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
        assertTrue(NalUnits.anyMatch(body, 0, body.length, (bytes, at, size) -> size == 1 && bytes[at] == 0x65));
    }

    @Test
    void stopsAtTheFirstMatch() {
        byte[] body = TrackedBuffers.bytes("00000001 aa 00000001 bb 00000001 cc");
        List<Byte> seen = new ArrayList<>();
        assertTrue(NalUnits.anyMatch(body, 0, body.length, (bytes, at, length) -> {
            seen.add(bytes[at]);
            return bytes[at] == (byte) 0xbb;
        }));
        assertEquals(List.of((byte) 0xaa, (byte) 0xbb), seen);
    }

    @Test
    void refusesARangeOutsideTheArray() {
        assertThrows(IndexOutOfBoundsException.class, () -> NalUnits.anyMatch(new byte[4], 1, 4, (bytes, at, length) -> true));
    }
}
