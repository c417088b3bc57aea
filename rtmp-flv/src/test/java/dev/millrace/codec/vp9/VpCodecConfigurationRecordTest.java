package dev.millrace.codec.vp9;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VpCodecConfigurationRecordTest {

    // VP Codec ISO Media File Format Binding. The first three were written by FFmpeg 8.1.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Profile 0      | 01000000 00 15 82 02 02 02 0000      | vp09.00.21.08 1 false 2 2 2
            Profile 1      | 01000000 01 0b 86 02 02 02 0000      | vp09.01.11.08 3 false 2 2 2
            sRGB           | 01000000 01 0b 87 02 02 00 0000      | vp09.01.11.08 3 true 2 2 0
            12 bits        | 01000000 03 3e c9 09 10 09 0000      | vp09.03.62.12 4 true 9 16 9
            without version | 00 0a 82 01 02 03 0000              | vp09.00.10.08 1 false 1 2 3
            data behind    | 01000000 02 0a a2 01 02 03 0001 ff   | vp09.02.10.10 1 false 1 2 3
            data, no version | 01 00 80 00 02 03 0005 0102030405  | vp09.01.00.08 0 false 0 2 3
            """)
    void readsAndWrites(String name, String wire, String expected) throws Exception {
        VpCodecConfigurationRecord read = parse(wire);
        assertEquals(expected, read.codecString() + " " + read.chromaSubsampling() + " " + read.fullRange() + " " + read.colourPrimaries() + " "
                + read.transferCharacteristics() + " " + read.matrixCoefficients());
        String fields = wire.replace(" ", "").replaceFirst("^01000000", "").substring(0, 12);
        assertEquals("01000000" + fields + "0000", write(read));
        assertEquals(read, parse(write(read)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing | '' | profile of 8 bits in 0
            7 bytes | 00 0a 82 01 02 03 00 | codecInitializationDataSize of 16 bits in 8
            11 bytes with version | 01000000 00 15 82 02 02 02 00 | bitDepth 0 is not 8, 10 or 12
            profile 4 | 04 0a 82 01 02 03 0000 | profile 4 is not 0 to 3
            9 bits | 00 0a 92 01 02 03 0000 | bitDepth 9 is not 8, 10 or 12
            """)
    void refuses(String name, String wire, String reason) {
        assertEquals(reason, assertThrows(MalformedException.class, () -> parse(wire)).getMessage());
    }

    @Test
    void refusesWhatFitsNoField() {
        assertThrows(IllegalArgumentException.class, () -> new VpCodecConfigurationRecord(4, 0, 8, 0, false, 2, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> new VpCodecConfigurationRecord(0, 256, 8, 0, false, 2, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> new VpCodecConfigurationRecord(0, 0, 9, 0, false, 2, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> new VpCodecConfigurationRecord(0, 0, 8, 8, false, 2, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> new VpCodecConfigurationRecord(0, 0, 8, 0, false, 256, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> new VpCodecConfigurationRecord(0, 0, 8, 0, false, 2, -1, 2));
        assertThrows(IllegalArgumentException.class, () -> new VpCodecConfigurationRecord(0, 0, 8, 0, false, 2, 2, 256));
    }

    static VpCodecConfigurationRecord parse(String wire) throws MalformedException {
        return VpCodecConfigurationRecord.parse(Bytes.takeOver(TrackedBuffers.bytes(wire)));
    }

    static String write(VpCodecConfigurationRecord record) {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.of();
            record.writeTo(out);
            String hex = ByteBufUtil.hexDump(out);
            out.release();
            return hex;
        }
    }
}
