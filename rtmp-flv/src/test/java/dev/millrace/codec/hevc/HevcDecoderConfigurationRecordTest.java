package dev.millrace.codec.hevc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HevcDecoderConfigurationRecordTest {

    private static final HevcProfileTierLevel MAIN = new HevcProfileTierLevel(0, false, 1, 0x60000000, 0x9000_0000_0000L, 93);

    /** The first 22 bytes, up to numOfArrays. */
    private static final String START = "01 01 60000000 900000000000 5d f000 fc fd f8 f8 0000 0f ";

    private static final Bytes UNIT = Bytes.copyOf((byte) 0x42);

    // ISO/IEC 14496-15, 8.3.3.1. The first three were written by x265; then all fields, then arrays of type, completeness and sizes.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Main       | 0101600000009000000000003cf000fcfdf8f800000f03200001001840010c01ffff01600000030090000003000003003c959409210001002a42010101600000030090000003000003003ca00a880c1c4446595952930bc05a02000007d20000ea601022000100064401c073c189 | hvc1.1.6.L60.90 0 0 1 8 8 0 0 1 true 4 32[24] 33[42] 34[6]
            Main 10    | 0102200000009000000000007bf000fcfdfafa00000f03200001001840010c01ffff02200000030090000003000003007b959409210001002d42010102200000030090000003000003007ba003c0801107cad965654a4c2f0e6808000003000800000301904022000100064401c073c189 | hvc1.2.4.L123.90 0 0 1 10 10 0 0 1 true 4 32[24] 33[45] 34[6]
            4:4:4      | 0104080000009e08000000003cf000fcfff8f800000f03200001001740010c01ffff0408000003009e0800000300003c959409210001002c4201010408000003009e0800000300003c90015101838423b2caca94985e02d010000003001000000301e08022000100084401c07318301890 | hvc1.4.10.L60.9E.8 0 0 3 8 8 0 0 1 true 4 32[23] 33[44] 34[8]
            all fields | 01 a2 12345678 123456789abc 7b f567 fe ff f9 fa 1234 d3 00 | hvc1.B2.1E6A2C48.H123.12.34.56.78.9A.BC 1383 2 3 9 10 4660 3 2 false 4
            complete   | 01 01 60000000 900000000000 5d f000 fc fd f8 f8 0000 0d 03 a1 0002 0001 42 0002 4201 21 0001 0001 42 27 0000 | hvc1.1.6.L93.90 0 0 1 8 8 0 0 1 true 2 33c[1, 2] 33[1] 39[]
            """)
    void readsAndWrites(String name, String wire, String expected) throws Exception {
        String hex = wire.replace(" ", "");
        HevcDecoderConfigurationRecord read = parse(hex);
        assertEquals(expected, text(read));
        assertEquals(hex, write(read));
        assertEquals(read, parse(write(read)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            reserved bits are 0 | 01 01 60000000 900000000000 5d 0000 00 01 00 00 0000 0f 01 21 0001 0001 42 | hvc1.1.6.L93.90 0 0 1 8 8 0 0 1 true 4 33[1]
            reserved bit is 1   | 01 01 60000000 900000000000 5d 0000 00 01 00 00 0000 0f 01 61 0001 0001 42 | hvc1.1.6.L93.90 0 0 1 8 8 0 0 1 true 4 33[1]
            empty NAL units     | 01 01 60000000 900000000000 5d 0000 00 01 00 00 0000 0f 01 21 0003 0000 0001 42 0000 | hvc1.1.6.L93.90 0 0 1 8 8 0 0 1 true 4 33[1]
            bytes behind        | 01 01 60000000 900000000000 5d 0000 00 01 00 00 0000 0f 01 21 0001 0001 42 21 | hvc1.1.6.L93.90 0 0 1 8 8 0 0 1 true 4 33[1]
            """)
    void readsWhatOthersWrite(String name, String wire, String expected) throws Exception {
        HevcDecoderConfigurationRecord read = parse(wire);
        assertEquals(expected, text(read));
        assertEquals(read, parse(write(read)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no count of arrays      | ''                               | numOfArrays of 8 bits in 0
            no arrays there         | ff                               | array_completeness of 1 bits in 0
            count of units missing  | 01 21                            | numNalus of 16 bits in 0
            65535 units not there   | ff 21 ffff                       | 65535 NAL unit in 0 bytes
            65535 units, few there  | ff 21 ffff 0000 0000 0000        | 65535 NAL unit in 6 bytes
            second array missing    | 02 21 0001 0001 42               | array_completeness of 1 bits in 0
            unit past the end       | 01 21 0001 0002 42               | NAL unit of 2 bytes in 1
            """)
    void refusesArrays(String name, String wire, String reason) {
        assertEquals(reason, assertThrows(MalformedException.class, () -> parse(START + wire)).getMessage());
    }

    @Test
    void refusesOtherVersionsAndLengths() {
        assertEquals("configurationVersion 0 is not 1", assertThrows(MalformedException.class, () -> parse("00" + START.substring(2))).getMessage());
        String lengthsOf3 = START.replace("0000 0f", "0000 0e") + "00";
        assertEquals("lengthSizeMinusOne 2 is not 0, 1 or 3", assertThrows(MalformedException.class, () -> parse(lengthsOf3)).getMessage());
    }

    /** Case 57: all the counts say there is more than there is. */
    @Test
    void endsWithTheBytesWhateverTheCountsSay() {
        byte[] wire = new byte[23 + (1 << 20)];
        System.arraycopy(TrackedBuffers.bytes(START + "ff"), 0, wire, 0, 23);
        for (int at = 23; at + 3 <= wire.length; at += 3 + 2 * 65535) {
            wire[at] = 0x21;
            wire[at + 1] = (byte) 0xFF;
            wire[at + 2] = (byte) 0xFF;
        }
        MalformedException refused = assertThrows(MalformedException.class, () -> HevcDecoderConfigurationRecord.parse(Bytes.takeOver(wire)));
        assertTrue(refused.getMessage().startsWith("65535 NAL unit in "), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void holds256NalUnitsAndNoMore(int arrays) throws Exception {
        HevcNalArray array = new HevcNalArray(true, 39, Collections.nCopies(256 / arrays, UNIT));
        HevcDecoderConfigurationRecord full = record(4, Collections.nCopies(arrays, array));
        assertEquals(full, parse(write(full)));
        String oneMore = write(full).replaceFirst("^(.{44})..", String.format("$1%02x", arrays + 1)) + "a1 0001 0001 42";
        assertEquals("more than 0 NAL unit", assertThrows(MalformedException.class, () -> parse(oneMore)).getMessage());
    }

    @Test
    void findsParameterSets() throws Exception {
        HevcDecoderConfigurationRecord read = parse("0101600000009000000000003cf000fcfdf8f800000f03200001001840010c01ffff0160000003009000000300000300"
                + "3c959409210001002a42010101600000030090000003000003003ca00a880c1c4446595952930bc05a02000007d20000ea601022000100064401c073c189");
        assertEquals("40010c01ffff01600000030090000003000003003c959409", read.vps().get(0).toString());
        assertEquals("4401c073c189", read.pps().get(0).toString());
        assertEquals(1, read.sps().size());
        assertEquals(322, read.sequenceParameterSet().width());
        HevcDecoderConfigurationRecord empty = parse(START + "01 20 0001 0001 40");
        assertEquals("no SPS among 1 arrays, wanted 1 or more", assertThrows(MalformedException.class, empty::sequenceParameterSet).getMessage());
    }

    @Test
    void refusesWhatFitsNoField() {
        List<HevcNalArray> none = List.of();
        refuses(() -> record(3, none));
        refuses(() -> record(4, Collections.nCopies(256, new HevcNalArray(false, 33, List.of()))));
        refuses(() -> record(4, Collections.nCopies(2, new HevcNalArray(false, 33, Collections.nCopies(129, UNIT)))));
        refuses(() -> new HevcNalArray(false, 64, List.of()));
        refuses(() -> new HevcNalArray(false, 33, List.of(Bytes.EMPTY)));
        refuses(() -> new HevcNalArray(false, 33, Collections.nCopies(257, UNIT)));
        refuses(() -> new HevcDecoderConfigurationRecord(MAIN, 4096, 0, 1, 8, 8, 0, 0, 1, true, 4, none));
        refuses(() -> new HevcDecoderConfigurationRecord(MAIN, 0, 4, 1, 8, 8, 0, 0, 1, true, 4, none));
        refuses(() -> new HevcDecoderConfigurationRecord(MAIN, 0, 0, 4, 8, 8, 0, 0, 1, true, 4, none));
        refuses(() -> new HevcDecoderConfigurationRecord(MAIN, 0, 0, 1, 16, 8, 0, 0, 1, true, 4, none));
        refuses(() -> new HevcDecoderConfigurationRecord(MAIN, 0, 0, 1, 8, 7, 0, 0, 1, true, 4, none));
        refuses(() -> new HevcDecoderConfigurationRecord(MAIN, 0, 0, 1, 8, 8, 65536, 0, 1, true, 4, none));
        refuses(() -> new HevcDecoderConfigurationRecord(MAIN, 0, 0, 1, 8, 8, 0, 4, 1, true, 4, none));
        refuses(() -> new HevcDecoderConfigurationRecord(MAIN, 0, 0, 1, 8, 8, 0, 0, 8, true, 4, none));
        refuses(() -> new HevcProfileTierLevel(4, false, 1, 0, 0, 93));
        refuses(() -> new HevcProfileTierLevel(0, false, 32, 0, 0, 93));
        refuses(() -> new HevcProfileTierLevel(0, false, 1, 0, 1L << 48, 93));
        refuses(() -> new HevcProfileTierLevel(0, false, 1, 0, 0, 256));
    }

    private static void refuses(Executable made) {
        assertThrows(IllegalArgumentException.class, made);
    }

    private static HevcDecoderConfigurationRecord record(int nalUnitLengthBytes, List<HevcNalArray> arrays) {
        return new HevcDecoderConfigurationRecord(MAIN, 0, 0, 1, 8, 8, 0, 0, 1, true, nalUnitLengthBytes, arrays);
    }

    static HevcDecoderConfigurationRecord parse(String wire) throws MalformedException {
        return HevcDecoderConfigurationRecord.parse(Bytes.takeOver(TrackedBuffers.bytes(wire)));
    }

    static String write(HevcDecoderConfigurationRecord record) {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.of();
            record.writeTo(out);
            String hex = ByteBufUtil.hexDump(out);
            out.release();
            return hex;
        }
    }

    private static String text(HevcDecoderConfigurationRecord record) {
        String arrays = record.arrays().stream()
                .map(array -> " " + array.nalUnitType() + (array.complete() ? "c" : "") + array.nalUnits().stream().map(Bytes::size).toList())
                .collect(Collectors.joining());
        return record.codecString() + " " + record.minSpatialSegmentation() + " " + record.parallelismType() + " " + record.chromaFormat() + " "
                + record.bitDepthLuma() + " " + record.bitDepthChroma() + " " + record.averageFrameRate() + " " + record.constantFrameRate() + " "
                + record.temporalLayers() + " " + record.temporalIdNested() + " " + record.nalUnitLengthBytes() + arrays;
    }
}
