package dev.millrace.codec.avc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvcDecoderConfigurationRecordTest {

    private static final Bytes UNIT = Bytes.copyOf((byte) 0x67);

    // ISO/IEC 14496-15, 5.3.3.1. The first four were written by x264; profile, level, bytes of lengths, SPS, PPS, chroma, bits, SPSExt.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            High            | 0164000cffe1001a6764000cacd941419f9f011000000300100000030140f142996001000468ef8fcbfdf8f800 | High 1.2 4 [26] [4] 1 8 8 []
            Baseline        | 0142c01effe100196742c01eda0280bfe5c044000003000400000300c83c58ba8001000468ce3c80           | Constrained Baseline 3 4 [25] [4] 1 8 8 []
            High 4:2:2      | 017a0020ffe10019677a0020b6cb402802dd8088000003000800000303c078c19501000468ce0fc8fefafa00   | High 4:2:2 3.2 4 [25] [4] 2 10 10 []
            grey            | 0164000cffe100186764000cf2d0283f602d90000003001000000301e0f142aa01000468ce0fc8fcf8f800     | High 1.2 4 [24] [4] 0 8 8 []
            two of each     | 014d401e fd e2 0001 67 0002 6742 02 0001 68 0003 684200                                    | Main 3 2 [1, 2] [1, 3] 1 8 8 []
            lengths of 1    | 014d401e fc e1 0001 67 01 0001 68                                                          | Main 3 1 [1] [1] 1 8 8 []
            no SPS          | 014d401e ff e0 00                                                                          | Main 3 4 [] [] 1 8 8 []
            extensions      | 016e0028 ff e1 0001 67 01 0001 68 fe f9 fa 02 0001 6d 0002 6d01                            | High 10 4 4 [1] [1] 2 9 10 [1, 2]
            """)
    void readsAndWrites(String name, String wire, String expected) throws Exception {
        AvcDecoderConfigurationRecord read = parse(wire);
        assertEquals(expected, text(read));
        assertEquals(wire.replace(" ", ""), write(read));
        assertEquals(read, parse(write(read)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            reserved bits are 0   | 014d401e 03 01 0001 67 01 0001 68                                               | Main 3 4 [1] [1] 1 8 8 []
            bytes behind          | 014d401e ff e1 0001 67 01 0001 68 fd f8 f8 00                                   | Main 3 4 [1] [1] 1 8 8 []
            empty parameter sets  | 014d401e ff e2 0000 0001 67 02 0000 0001 68                                     | Main 3 4 [1] [1] 1 8 8 []
            only an empty one     | 014d401e ff e1 0000 01 0000                                                     | Main 3 4 [] [] 1 8 8 []
            extension left out    | 016e0020ffe10019676e0020a6cb402802dd80880000030008000003032078c19501000468ce0fc8 | High 10 3.2 4 [25] [4] 1 10 10 []
            extension cut off     | 017a0020ffe10019677a0020b6cb402802dd8088000003000800000303c078c19501000468ce0fc8fdf8f8 | High 4:2:2 3.2 4 [25] [4] 2 10 10 []
            no SPS, no extension  | 01640028 ff e0 00                                                               | High 4 4 [] [] 1 8 8 []
            damaged SPS           | 01640028 ff e1 0002 6764 00                                                     | High 4 4 [2] [] 1 8 8 []
            extension not in SPS  | 0164000cffe1001a6764000cacd941419f9f011000000300100000030140f142996001000468ef8fcbfe f9 fa 00 | High 1.2 4 [26] [4] 2 9 10 []
            """)
    void readsWhatOthersWrite(String name, String wire, String expected) throws Exception {
        AvcDecoderConfigurationRecord read = parse(wire);
        assertEquals(expected, text(read));
        assertEquals(read, parse(write(read)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing               | ''                                             | configurationVersion of 8 bits in 0
            5 bytes               | 0164001f ff                                    | reserved of 3 bits in 0
            version 0             | 0064001f ff e1 0001 67 01 0001 68              | configurationVersion 0 is not 1
            lengths of 3          | 0164001f fe e1 0001 67 01 0001 68              | lengthSizeMinusOne 2 is not 0, 1 or 3
            no SPS there          | 0164001f ff e1                                 | 1 SPS in 0 bytes
            31 SPS not there      | 0164001f ff ff 0001 67 01 0001 68              | 31 SPS in 7 bytes
            31 SPS, some there    | 014d001f ff ff 0001 67 0001 67 0001 67 0001 67 0001 67 0001 67 0001 67 0001 67 0001 67 0001 67 0001 67 0001 67 0001 67 0001 67 0001 67 0001 67 0001 67 0001 67 0001 67 0001 67 0001 67 | SPS length of 16 bits in 0
            SPS past the end      | 0164001f ff e1 0002 67                         | SPS of 2 bytes in 1
            longest SPS           | 0164001f ff e1 ffff 67 01 0001 68              | SPS of 65535 bytes in 5
            no count of PPS       | 0164001f ff e1 0001 67                         | numOfPictureParameterSets of 8 bits in 0
            255 PPS not there     | 0164001f ff e1 0001 67 ff 0001 68              | 255 PPS in 3 bytes
            PPS past the end      | 0164001f ff e1 0001 67 01 0003 6801            | PPS of 3 bytes in 2
            SPSExt not there      | 0164001f ff e1 0001 67 01 0001 68 fd f8 f8 02 0001 | 2 SPSExt in 2 bytes
            SPSExt past the end   | 0164001f ff e1 0001 67 01 0001 68 fd f8 f8 01 0002 6d | SPSExt of 2 bytes in 1
            """)
    void refuses(String name, String wire, String reason) {
        assertEquals(reason, assertThrows(MalformedException.class, () -> parse(wire)).getMessage());
    }

    @Test
    void holdsAsManyAsTheCountsCanSay() throws Exception {
        AvcDecoderConfigurationRecord full = new AvcDecoderConfigurationRecord(100, 0, 40, 4, Collections.nCopies(31, UNIT),
                Collections.nCopies(255, UNIT), 3, 15, 15, Collections.nCopies(255, UNIT));
        assertEquals(full, parse(write(full)));
    }

    @Test
    void parsesTheFirstSps() throws Exception {
        AvcDecoderConfigurationRecord read = parse("0164001effe1001a6764001eacd940a02ff97011000003000100000300320f162d9601000468efbcb0fdf8f800");
        assertEquals(640, read.sequenceParameterSet().width());
        assertEquals("avc1.64001e", read.codecString());
        AvcDecoderConfigurationRecord empty = parse("014d401e ff e0 00");
        assertEquals("numOfSequenceParameterSets 0 is not 1 to 31", assertThrows(MalformedException.class, empty::sequenceParameterSet).getMessage());
    }

    @Test
    void refusesWhatFitsNoField() {
        List<Bytes> none = List.of();
        List<Bytes> empty = List.of(Bytes.EMPTY);
        List<Bytes> long1 = List.of(Bytes.takeOver(new byte[65536]));
        refuses(() -> new AvcDecoderConfigurationRecord(256, 0, 0, 4, none, none, 1, 8, 8, none));
        refuses(() -> new AvcDecoderConfigurationRecord(77, -1, 0, 4, none, none, 1, 8, 8, none));
        refuses(() -> new AvcDecoderConfigurationRecord(77, 0, 256, 4, none, none, 1, 8, 8, none));
        refuses(() -> new AvcDecoderConfigurationRecord(77, 0, 0, 3, none, none, 1, 8, 8, none));
        refuses(() -> new AvcDecoderConfigurationRecord(77, 0, 0, 4, Collections.nCopies(32, UNIT), none, 1, 8, 8, none));
        refuses(() -> new AvcDecoderConfigurationRecord(77, 0, 0, 4, none, Collections.nCopies(256, UNIT), 1, 8, 8, none));
        refuses(() -> new AvcDecoderConfigurationRecord(77, 0, 0, 4, empty, none, 1, 8, 8, none));
        refuses(() -> new AvcDecoderConfigurationRecord(77, 0, 0, 4, long1, none, 1, 8, 8, none));
        refuses(() -> new AvcDecoderConfigurationRecord(100, 0, 0, 4, none, none, 4, 8, 8, none));
        refuses(() -> new AvcDecoderConfigurationRecord(100, 0, 0, 4, none, none, 1, 16, 8, none));
        refuses(() -> new AvcDecoderConfigurationRecord(100, 0, 0, 4, none, none, 1, 8, 7, none));
        refuses(() -> new AvcDecoderConfigurationRecord(77, 0, 0, 4, none, none, 2, 8, 8, none));
        refuses(() -> new AvcDecoderConfigurationRecord(77, 0, 0, 4, none, none, 1, 9, 8, none));
        refuses(() -> new AvcDecoderConfigurationRecord(77, 0, 0, 4, none, none, 1, 8, 8, List.of(UNIT)));
    }

    private static void refuses(org.junit.jupiter.api.function.Executable made) {
        assertThrows(IllegalArgumentException.class, made);
    }

    static AvcDecoderConfigurationRecord parse(String wire) throws MalformedException {
        return AvcDecoderConfigurationRecord.parse(Bytes.takeOver(TrackedBuffers.bytes(wire)));
    }

    static String write(AvcDecoderConfigurationRecord record) {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.of();
            record.writeTo(out);
            String hex = ByteBufUtil.hexDump(out);
            out.release();
            return hex;
        }
    }

    private static String text(AvcDecoderConfigurationRecord record) {
        return record.profileName() + " " + record.levelName() + " " + record.nalUnitLengthBytes() + " " + sizes(record.sps()) + " " + sizes(record.pps())
                + " " + record.chromaFormat() + " " + record.bitDepthLuma() + " " + record.bitDepthChroma() + " " + sizes(record.spsExt());
    }

    private static String sizes(List<Bytes> units) {
        return units.stream().map(Bytes::size).collect(Collectors.toList()).toString();
    }
}
