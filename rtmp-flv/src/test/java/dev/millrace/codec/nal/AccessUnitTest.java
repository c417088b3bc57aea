package dev.millrace.codec.nal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessUnitTest {

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
    void takesApart(String name, int lengthBytes, String wire, String expected) {
        Bytes body = Bytes.takeOver(TrackedBuffers.bytes(wire));
        AccessUnit unit = AccessUnit.parse(body, lengthBytes);
        assertEquals(expected, unit.nalUnits() + " " + unit.droppedBytes());
        assertFalse(unit.startCodes());
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
    void takesAByteStreamForWhatItIs(String name, String wire, String expected) {
        Bytes body = Bytes.takeOver(TrackedBuffers.bytes(wire));
        AccessUnit unit = AccessUnit.parse(body, 4);
        assertEquals(expected, unit.nalUnits().toString());
        assertTrue(unit.startCodes());
        assertEquals(0, unit.droppedBytes());
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
    void takesNothingElseForAByteStream(String name, int lengthBytes, String wire, String expected) {
        AccessUnit unit = AccessUnit.parse(Bytes.takeOver(TrackedBuffers.bytes(wire)), lengthBytes);
        assertEquals(expected, unit.nalUnits() + " " + unit.droppedBytes());
        assertFalse(unit.startCodes());
    }

    @Test
    void doesNotCopy() {
        byte[] wire = TrackedBuffers.bytes("00000002 6588 00000001 41");
        AccessUnit unit = AccessUnit.parse(Bytes.takeOver(wire), 4);
        wire[4] = 0x05; // no one may, but it shows
        assertEquals("[0588, 41]", unit.nalUnits().toString());
    }

    @Test
    void dropsWhatIsBehindTheMostThatItHolds() {
        byte[] lengths = new byte[5 * 5000];
        for (int at = 3; at < lengths.length; at += 5) {
            lengths[at] = 1;
            lengths[at + 1] = 0x41;
        }
        AccessUnit unit = AccessUnit.parse(Bytes.copyOf(lengths), 4);
        assertEquals(4096, unit.nalUnits().size());
        assertEquals(5 * 904, unit.droppedBytes());

        byte[] codes = new byte[4 * 5000];
        for (int at = 2; at < codes.length; at += 4) {
            codes[at] = 1;
            codes[at + 1] = 0x41;
        }
        AccessUnit stream = AccessUnit.parse(Bytes.copyOf(codes), 4);
        assertTrue(stream.startCodes());
        assertEquals(4096, stream.nalUnits().size());
        assertEquals(4 * 904, stream.droppedBytes());
    }

    @Test
    void writesLengthsAndStartCodes() {
        List<Bytes> units = List.of(Bytes.copyOf((byte) 0x09, (byte) 0x10), Bytes.copyOf((byte) 0x65));
        assertEquals("0000000209100000000165", written(new AccessUnit(units, 0, false)::writeTo));
        assertEquals("0000000109100000000165", written(out -> AnnexB.write(units, out)));
        assertEquals("", written(out -> AnnexB.write(List.of(), out)));
    }

    @Test
    void refusesWhatIsNoAccessUnit() {
        assertThrows(IllegalArgumentException.class, () -> AccessUnit.parse(Bytes.EMPTY, 3));
        assertThrows(IllegalArgumentException.class, () -> AccessUnit.parse(Bytes.EMPTY, 0));
        assertThrows(IllegalArgumentException.class, () -> new AccessUnit(List.of(Bytes.EMPTY), 0, false));
        assertThrows(IllegalArgumentException.class, () -> new AccessUnit(List.of(), -1, false));
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
}
