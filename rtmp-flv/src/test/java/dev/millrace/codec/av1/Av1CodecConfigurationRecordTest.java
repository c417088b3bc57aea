package dev.millrace.codec.av1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Av1CodecConfigurationRecordTest {

    // AV1 in ISOBMFF, 2.3.3. The first five were written by SVT-AV1 and libaom.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            SVT-AV1       | 81010c000a0c0200000d2627fb3805f00080     | av01.0.01M.08 2.1 false true true 0 0 14
            SVT-AV1 10    | 81004c000a0b0200000521e7f66017c202       | av01.0.00M.10 2.0 false true true 0 0 13
            4:4:4         | 812040000a0d200000043cfeccdaf960404122   | av01.1.00M.10 2.0 false false false 0 0 15
            4:2:2 12      | 814068000a0b400000043cfeccdaf96220       | av01.2.00M.12 2.0 false true false 0 0 13
            grey          | 81001c000a0a000000043cfeccdaf92a         | av01.0.00M.08 2.0 true true true 0 0 12
            high tier     | 812dce10                                 | av01.1.13H.10 5.1 false true true 2 1 0
            longest delay | 81040f1f                                 | av01.0.04M.08 3.0 false true true 3 16 0
            """)
    void readsAndWrites(String name, String wire, String expected) throws Exception {
        Av1CodecConfigurationRecord read = parse(wire);
        assertEquals(expected, read.codecString() + " " + read.levelName() + " " + read.monochrome() + " " + read.chromaSubsamplingX() + " "
                + read.chromaSubsamplingY() + " " + read.chromaSamplePosition() + " " + read.initialPresentationDelay().orElse(0) + " "
                + read.configObus().size());
        assertEquals(wire, write(read));
    }

    @Test
    void readsReservedBitsOfOthers() throws Exception {
        assertEquals("81010c00", write(parse("81010cef")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            nothing,      '',       'marker, version of 8 bits in 0'
            version 0,    80010c00, marker and version 128 are not 129
            no marker,    01010c00, marker and version 1 are not 129
            cut off,      81010c,   reserved of 3 bits in 0
            """)
    void refuses(String name, String wire, String reason) {
        assertEquals(reason, assertThrows(MalformedException.class, () -> parse(wire)).getMessage());
    }

    @Test
    void findsTheSequenceHeader() throws Exception {
        assertEquals(640, parse("81010c000a0c0200000d2627fb3805f00080").sequenceHeader().maxFrameWidth());
        assertEquals(640, parse("81010c00 1200 0a0c0200000d2627fb3805f00080").sequenceHeader().maxFrameWidth());
        String reason = assertThrows(MalformedException.class, () -> parse("81010c00 1200").sequenceHeader()).getMessage();
        assertEquals("no sequence header in configOBUs of 2 bytes, wanted 1", reason);
    }

    @Test
    void refusesWhatFitsNoField() {
        assertThrows(IllegalArgumentException.class, () -> record(8, 0, 0, OptionalInt.empty()));
        assertThrows(IllegalArgumentException.class, () -> record(0, 32, 0, OptionalInt.empty()));
        assertThrows(IllegalArgumentException.class, () -> record(0, 0, 4, OptionalInt.empty()));
        assertThrows(IllegalArgumentException.class, () -> record(0, 0, 0, OptionalInt.of(0)));
        assertThrows(IllegalArgumentException.class, () -> record(0, 0, 0, OptionalInt.of(17)));
    }

    private static Av1CodecConfigurationRecord record(int profile, int level, int position, OptionalInt delay) {
        return new Av1CodecConfigurationRecord(profile, level, false, false, false, false, true, true, position, delay, Bytes.EMPTY);
    }

    static Av1CodecConfigurationRecord parse(String wire) throws MalformedException {
        return Av1CodecConfigurationRecord.parse(Bytes.takeOver(TrackedBuffers.bytes(wire)));
    }

    static String write(Av1CodecConfigurationRecord record) {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.of();
            record.writeTo(out);
            String hex = ByteBufUtil.hexDump(out);
            out.release();
            return hex;
        }
    }
}
