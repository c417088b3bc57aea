package dev.millrace.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitReaderTest {

    @Test
    void readsAcrossBytes() throws Exception {
        BitReader in = of("a5 0f c3 81 ff ff ff ff 7e");
        assertTrue(in.flag("flag"));
        assertEquals(0b0100, in.u(4, "number"));
        assertEquals(0b1010_0001_1111, in.u(12, "number"));
        in.skip(3, "number");
        assertEquals(0, in.u(0, "nothing"));
        assertEquals(0b0_0111_0000_0011, in.u(13, "number"));
        assertEquals(4, in.remainingBytes());
    }

    @Test
    void readsThirtyTwoBitsWithoutSign() throws Exception {
        BitReader in = of("7f ffffffff 80");
        in.skip(1, "number");
        assertEquals(0xFFFF_FFFFL, in.u32("number"));
        assertEquals(0x7F, in.u(7, "number"));
    }

    // H.264, table 9-2, and the greatest that 31 zeros allow.
    @ParameterizedTest
    @CsvSource(textBlock = """
            80,                 0,          0
            40,                 1,          1
            60,                 2,         -1
            20,                 3,          2
            28,                 4,         -2
            30,                 5,          3
            38,                 6,         -3
            10,                 7,          4
            0000 8001 00,       65537,      32769
            00000001 00000000,  2147483647, 1073741824
            00000001 ffffffff,  4294967294, -2147483647
            00000001 fffffffc,  4294967293, 2147483647
            """)
    void readsExpGolombNumbers(String wire, long unsigned, int signed) throws Exception {
        assertEquals(unsigned, of(wire).ue("number"));
        assertEquals(signed, of(wire).se("number"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            32 zeros,         00000000 8000000000, number has more than 31 leading zeros
            zeros to the end, 0000,                number of 1 bits in 0
            cut off,          0001,                number of 15 bits in 0
            nothing,          '',                  number of 1 bits in 0
            """)
    void refusesExpGolombNumbers(String name, String wire, String reason) {
        assertEquals(reason, assertThrows(MalformedException.class, () -> of(wire).ue("number")).getMessage());
        assertEquals(reason, assertThrows(MalformedException.class, () -> of(wire).se("number")).getMessage());
    }

    @Test
    void refusesNumbersAboveTheirLimit() throws Exception {
        assertEquals(3, of("20").ue(3, "number"));
        assertEquals("number 3 is not 0 to 2", assertThrows(MalformedException.class, () -> of("20").ue(2, "number")).getMessage());
        assertEquals("number 4294967294 is not 0 to 2147483647",
                assertThrows(MalformedException.class, () -> of("00000001 ffffffff").ue(Integer.MAX_VALUE, "number")).getMessage());
    }

    @Test
    void refusesToReadPastTheEnd() throws Exception {
        assertEquals("number of 9 bits in 8", assertThrows(MalformedException.class, () -> of("ff").u(9, "number")).getMessage());
        assertEquals("number of 32 bits in 24", assertThrows(MalformedException.class, () -> of("ffffff").u32("number")).getMessage());
        assertEquals("number of 9 bits in 8", assertThrows(MalformedException.class, () -> of("ff").skip(9, "number")).getMessage());
        assertEquals("part of 2 bytes in 1", assertThrows(MalformedException.class, () -> of("ff").bytes(2, "part")).getMessage());
        BitReader in = of("ff");
        in.skip(8, "number");
        assertThrows(MalformedException.class, () -> in.flag("flag"));
    }

    @Test
    void givesPartsOfWhatItReads() throws Exception {
        BitReader in = of("01 0203 04");
        in.skip(8, "number");
        assertEquals(Bytes.copyOf((byte) 2, (byte) 3), in.bytes(2, "part"));
        assertEquals(4, in.u(8, "number"));
        assertEquals(Bytes.EMPTY, in.bytes(0, "nothing"));
    }

    // H.264, 7.4.1.1: 3 behind two zeros goes away, also at the end; nothing else does.
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            none,                 67 0003 01 03 0001 03, 67 0003 01 03 0001 03
            one,                  67 0000 03 01,         67 0000 01
            before a zero,        67 0000 03 00 0003 05, 67 0000 000005
            two in a row,         67 0000 03 0000 03 02, 67 0000 0000 02
            at the end,           67 0000 03,            67 0000
            behind one that goes, 67 0000 03 03,         67 0000 03
            three zeros,          67 000000 03 01,       67 000000 01
            """)
    void leavesOutEmulationPrevention(String name, String wire, String kept) throws Exception {
        Bytes expected = Bytes.takeOver(TrackedBuffers.bytes(kept));
        BitReader in = BitReader.ofParameterSet(Bytes.takeOver(TrackedBuffers.bytes(wire)));
        assertEquals(expected.size(), in.remainingBytes());
        assertEquals(expected, in.bytes(expected.size(), "all"));
    }

    @Test
    void refusesAParameterSetThatNoRecordCouldHold() throws Exception {
        assertEquals(65535, BitReader.ofParameterSet(Bytes.takeOver(new byte[65535])).remainingBytes());
        assertThrows(MalformedException.class, () -> BitReader.ofParameterSet(Bytes.takeOver(new byte[65536])));
    }

    private static BitReader of(String wire) {
        return new BitReader(Bytes.takeOver(TrackedBuffers.bytes(wire)));
    }
}
