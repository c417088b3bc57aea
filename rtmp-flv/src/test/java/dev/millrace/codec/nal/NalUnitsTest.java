package dev.millrace.codec.nal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing             | 4 | ''                               | [] 0
            one                 | 4 | 00000002 6588                    | [6588] 0
            two                 | 4 | 00000002 0910 00000003 658800    | [0910, 658800] 0
            lengths of 2        | 2 | 0002 0910 0003 658800            | [0910, 658800] 0
            lengths of 1        | 1 | 02 0910 03 658800                | [0910, 658800] 0
            empty ones          | 4 | 00000000 00000002 6588 00000000  | [6588] 0
            greatest length     | 4 | 00000002 6588 ffffffff 41        | [6588] 5
            length of 2^31      | 4 | 00000002 6588 80000000 41        | [6588] 5
            length of 2^16 - 1  | 2 | 0002 6588 ffff 41                | [6588] 3
            length past the end | 4 | 00000002 6588 00000003 4100      | [6588] 6
            length at the end   | 4 | 00000002 6588 00000002           | [6588] 4
            1 byte of a length  | 4 | 00000002 6588 00                 | [6588] 1
            3 bytes of a length | 4 | 00000002 6588 000000             | [6588] 3
            1 byte of 2         | 2 | 0002 6588 00                     | [6588] 1
            1 byte missing      | 4 | 00000003 6588                    | [] 6
            nothing good        | 4 | ffffffff                         | [] 4
            behind a bad one    | 4 | 00000009 65 00000002 6588        | [] 11
            """)
    void findsTheUnitsBehindLengths(String name, int lengthBytes, String wire, String expected) {
        NalUnits units = scan(TrackedBuffers.bytes(wire), lengthBytes);
        assertEquals(expected, list(units) + " " + units.droppedBytes());
        assertFalse(units.hasStartCodes());
    }

    // H.264, annex B.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            one                  | 00000001 6588                                    | [6588]
            three bytes of code  | 000001 6588                                      | [6588]
            both                 | 00000001 0910 000001 6742 00000001 6588          | [0910, 6742, 6588]
            zeros between        | 00000001 0910 0000000000 000001 6588 0000        | [0910, 6588]
            zeros in a unit      | 00000001 65 0000 0300 41 00000001 68             | [650000030041, 68]
            empty ones           | 00000001 00000001 000001 6588 000001             | [6588]
            nothing behind       | 000001                                           | []
            """)
    void findsTheUnitsOfAByteStream(String name, String wire, String expected) {
        NalUnits units = scan(TrackedBuffers.bytes(wire));
        assertEquals(expected, list(units).toString());
        assertTrue(units.hasStartCodes());
        assertEquals(0, units.droppedBytes());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            lengths fit           | 4 | 00000001 65 00000002 4188    | [65, 4188] 0
            lengths of 2          | 2 | 0000 0001 65 88 41           | [65] 2
            code comes later      | 4 | 00000002 0910 00000001       | [0910] 4
            no zero before it     | 4 | 01000001 6588                | [] 6
            one zero alone        | 4 | 00                           | [] 1
            two zeros before it   | 4 | 0000000001 6588              | [] 3
            """)
    void takesOnlyAByteStreamForOne(String name, int lengthBytes, String wire, String expected) {
        NalUnits units = scan(TrackedBuffers.bytes(wire), lengthBytes);
        assertEquals(expected, list(units) + " " + units.droppedBytes());
        assertFalse(units.hasStartCodes());
    }

    @Test
    void doesNotCopy() {
        byte[] wire = TrackedBuffers.bytes("00000002 6588 00000001 41");
        NalUnits units = scan(wire);
        wire[4] = 0x05; // forbidden after takeOver, and so visible only without a copy
        assertEquals("[0588, 41]", list(units).toString());
    }

    @Test
    void dropsUnitsAboveTheMaximum() {
        byte[] lengths = new byte[5 * 5000];
        for (int at = 3; at < lengths.length; at += 5) {
            lengths[at] = 1;
            lengths[at + 1] = 0x41;
        }
        NalUnits units = scan(lengths);
        assertEquals(NalUnits.MAX_COUNT, units.count());
        assertEquals(5 * 904, units.droppedBytes());

        byte[] codes = new byte[4 * 5000];
        for (int at = 2; at < codes.length; at += 4) {
            codes[at] = 1;
            codes[at + 1] = 0x41;
        }
        NalUnits stream = scan(codes);
        assertTrue(stream.hasStartCodes());
        assertEquals(NalUnits.MAX_COUNT, stream.count());
        assertEquals(4 * 904, stream.droppedBytes());
    }

    @Test
    void writesStartCodes() {
        List<Bytes> units = List.of(Bytes.copyOf((byte) 0x09, (byte) 0x10), Bytes.copyOf((byte) 0x65));
        assertEquals("0000000109100000000165", written(out -> AnnexB.write(units, out)));
        assertEquals("", written(out -> AnnexB.write(List.of(), out)));
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
        assertThrows(IllegalArgumentException.class, () -> units.scan(Bytes.EMPTY, 0, 0, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> units.offset(0));
    }

    private static NalUnits scan(byte[] body) {
        return scan(body, 4);
    }

    static NalUnits scan(byte[] body, int lengthBytes) {
        NalUnits units = new NalUnits();
        units.scan(Bytes.takeOver(body), 0, body.length, lengthBytes);
        return units;
    }

    static List<Bytes> list(NalUnits units) {
        return IntStream.range(0, units.count()).mapToObj(units::get).toList();
    }

    static String written(Consumer<ByteBuf> writer) {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.of();
            writer.accept(out);
            String hex = ByteBufUtil.hexDump(out);
            out.release();
            return hex;
        }
    }

    @Test
    void takesAByteStreamThatLooksLikeLengths() {
        NalUnits units = new NalUnits();
        units.scanByteStream(Bytes.takeOver(TrackedBuffers.bytes("ff 00000001 65 00000001 41")));
        assertEquals(List.of("65", "41"), List.of(units.get(0).toString(), units.get(1).toString()));
        units.scanByteStream(Bytes.takeOver(TrackedBuffers.bytes("0000")));
        assertEquals(0, units.count());
    }
}
