package dev.millrace.codec.aac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdtsHeaderTest {

    // ISO/IEC 14496-3, 1.A.2.2. "sent" are frames of FFmpeg 8.1; the others are by hand. Each is also written.
    // Columns: bytes | MPEG-2, object type, index, configuration, frame, fullness, blocks, crc | Hz, samples, header
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            sent, mono 44.1 kHz  | fff15040141ffc     | false 2 4 1 160 2047 1 -      | 44100 1024 7
            sent, mono 22 kHz    | fff15c4020bffc     | false 2 7 1 261 2047 1 -      | 22050 1024 7
            sent, mono 96 kHz    | fff14040083ffc     | false 2 0 1 65 2047 1 -       | 96000 1024 7
            sent, mono 7.35 kHz  | fff17040467ffc     | false 2 12 1 563 2047 1 -     | 7350 1024 7
            MPEG-2               | fff94c8000e000     | true 2 3 2 7 0 1 -            | 48000 1024 7
            most of everything   | fff1f1c3ffffff     | false 4 12 7 8191 2047 4 -    | 7350 4096 7
            least of everything  | fff1000000e000     | false 1 0 0 7 0 1 -           | 96000 1024 7
            checksum             | fff04c8001200cbeef | false 2 3 2 9 3 1 48879       | 48000 1024 9
            """)
    void readsAndWrites(String name, String wire, String fields, String facts) throws Exception {
        AdtsHeader header = parse(wire);
        assertEquals(fields, text(header));
        assertEquals(facts, header.samplingFrequencyHz() + " " + header.samples() + " " + header.headerBytes());
        assertEquals(header, parse(wire + "2110"));
        assertEquals(wire, written(header));
    }

    @Test
    void forgetsPrivateBitsAndCopyright() throws Exception {
        assertEquals("fff14c8000fffc", written(parse("fff14ebc00fffc")));
    }

    // ISO/IEC 14496-3, 1.A.2.2.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            LC 44.1 kHz             | 1210                 | 1    | fff15080011ffc
            LC 48 kHz               | 1190                 | 1    | fff14c80011ffc
            HE-AAC                  | 2b920800             | 1    | fff15c80011ffc
            HE-AAC v2               | eb8a0800             | 1    | fff15c40011ffc
            HE-AAC, behind          | 139056e5a0           | 1    | fff15c80011ffc
            Main                    | 0990                 | 1    | fff10c80011ffc
            LTP                     | 2190                 | 1    | fff1cc80011ffc
            5.1                     | 11b056e500           | 1    | fff14d80011ffc
            7.1                     | 11b8                 | 1    | fff14dc0011ffc
            rate written out        | 1780562210           | 1    | fff15080011ffc
            5.1 by program config   | 118004c8050001088000 | 1    | fff14d80011ffc
            frame of 153 bytes      | 1208                 | 153  | fff15040141ffc
            longest frame           | 1210                 | 8184 | fff15083fffffc
            """)
    void tellsTheCoreOfAConfiguration(String name, String config, int payloadBytes, String wire) throws Exception {
        assertEquals(wire, written(AdtsHeader.of(AudioSpecificConfigTest.parse(config), payloadBytes)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ER LC                  | 899000                                         | 1    | audioObjectType 17 is not 1 to 4
            USAC                   | f94640                                         | 1    | audioObjectType 42 is not 1 to 4
            rate out of the table  | 17800f3de8                                     | 1    | samplingFrequency 7803
            960 samples            | 1194                                           | 1    | frame of 960 samples
            configuration 11       | 11d8                                           | 1    | channelConfiguration 11 is not 1 to 7
            5.1 of FFmpeg          | 118004c844002000c40d4c61766336322e32382e313032 | 1    | program_config_element of 6 channels
            empty frame            | 1210                                           | 0    | AAC frame of 0 bytes
            frame too long         | 1210                                           | 8185 | AAC frame of 8185 bytes
            negative               | 1210                                           | -1   | AAC frame of -1 bytes
            """)
    void refusesWhatAdtsCannotSay(String name, String wire, int payloadBytes, String reason) throws Exception {
        AudioSpecificConfig config = AudioSpecificConfigTest.parse(wire);
        MalformedException e = assertThrows(MalformedException.class, () -> AdtsHeader.of(config, payloadBytes));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing            | ''                 | cut off after 0 bytes
            6 bytes            | fff15080011f       | cut off after 6 bytes
            no syncword        | ffe15080011ffc     | ffe1
            MP3                | fffb90640000000000 | fffb
            index 13           | fff17480011ffc     | sampling_frequency_index 13
            index 15           | fff17c80011ffc     | sampling_frequency_index 15
            shorter than 7     | fff1508000dffc     | ADTS frame of 6 bytes
            shorter than 9     | fff050800113fcbeef | ADTS frame of 8 bytes
            checksum cut off   | fff05080013ffcbe   | 8 here
            blocks, checksums  | fff0508005fffdbeef | 2 raw data blocks
            """)
    void refuses(String name, String wire, String reason) {
        MalformedException e = assertThrows(MalformedException.class, () -> parse(wire));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3, 2, 100, 0, 1, -1", "5, 3, 2, 100, 0, 1, -1", "2, 13, 2, 100, 0, 1, -1", "2, 3, 8, 100, 0, 1, -1", "2, 3, 2, 6, 0, 1, -1",
        "2, 3, 2, 8192, 0, 1, -1", "2, 3, 2, 100, 2048, 1, -1", "2, 3, 2, 100, 0, 5, -1", "2, 3, 2, 100, 0, 0, -1", "2, 3, 2, 8, 0, 1, 0",
        "2, 3, 2, 9, 0, 2, 0", "2, 3, 2, 9, 0, 1, 65536"
    })
    void checksWhatItIsMadeOf(int objectType, int index, int configuration, int frameBytes, int fullness, int blocks, int crc) {
        OptionalInt checksum = crc < 0 ? OptionalInt.empty() : OptionalInt.of(crc);
        assertThrows(IllegalArgumentException.class,
                () -> new AdtsHeader(false, objectType, index, configuration, frameBytes, fullness, blocks, checksum));
    }

    static AdtsHeader parse(String wire) throws MalformedException {
        return AdtsHeader.parse(Bytes.takeOver(TrackedBuffers.bytes(wire)));
    }

    static String written(AdtsHeader header) {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.of();
            header.writeTo(out);
            String text = ByteBufUtil.hexDump(out);
            out.release();
            return text;
        }
    }

    private static String text(AdtsHeader header) {
        return header.mpeg2() + " " + header.audioObjectType() + " " + header.samplingFrequencyIndex() + " " + header.channelConfiguration() + " "
                + header.frameBytes() + " " + header.bufferFullness() + " " + header.rawDataBlocks() + " "
                + (header.crc().isPresent() ? header.crc().getAsInt() : "-");
    }
}
