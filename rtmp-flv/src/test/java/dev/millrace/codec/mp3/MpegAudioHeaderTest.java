package dev.millrace.codec.mp3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MpegAudioHeaderTest {

    // ISO/IEC 11172-3, 2.4.2.3. "sent" are frames of FFmpeg 8.1, whose ffprobe agrees; the others are by hand.
    // Columns: bytes | version, layer, bit rate, rate, channels, frame bytes, samples | codec string
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            sent, 44.1 kHz mono    | fffb90c400001481 | MPEG_1 3 128000 44100 1 417 1152   | mp4a.40.34
            sent, 44.1 kHz, padded | fffb92c400001481 | MPEG_1 3 128000 44100 1 418 1152   | mp4a.40.34
            sent, 44.1 kHz stereo  | fffb906400000348 | MPEG_1 3 128000 44100 2 417 1152   | mp4a.40.34
            sent, 48 kHz           | fffb9464000002db | MPEG_1 3 128000 48000 2 384 1152   | mp4a.40.34
            sent, 32 kHz           | fffb986400000401 | MPEG_1 3 128000 32000 2 576 1152   | mp4a.40.34
            sent, 24 kHz           | fff3446400046403 | MPEG_2 3 32000 24000 2 96 576      | mp4a.40.34
            sent, 22 kHz           | fff340c4000f8002 | MPEG_2 3 32000 22050 1 104 576     | mp4a.40.34
            sent, 16 kHz           | fff348c4001b529e | MPEG_2 3 32000 16000 1 144 576     | mp4a.40.34
            sent, 12 kHz           | ffe344c40026dc16 | MPEG_2_5 3 32000 12000 1 192 576   | mp4a.40.34
            sent, 11 kHz           | ffe34064000b7d67 | MPEG_2_5 3 32000 11025 2 208 576   | mp4a.40.34
            sent, 8 kHz            | ffe348c4003ca44a | MPEG_2_5 3 32000 8000 1 288 576    | mp4a.40.34
            sent, layer II         | fffd84c475564654 | MPEG_1 2 128000 48000 1 384 1152   | mp4a.40.33
            sent, layer II, 44 kHz | fffd80c475565665 | MPEG_1 2 128000 44100 1 417 1152   | mp4a.40.33
            sent, layer II, 24 kHz | fff5c4c4ffffffff | MPEG_2 2 128000 24000 1 768 1152   | mp4a.40.33
            layer I                | ffffc400         | MPEG_1 1 384000 48000 2 384 384    | mp4a.40.32
            layer I, padded        | ffffc200         | MPEG_1 1 384000 44100 2 420 384    | mp4a.40.32
            layer I, lowest        | ffff1000         | MPEG_1 1 32000 44100 2 32 384      | mp4a.40.32
            layer I, highest       | ffffe800         | MPEG_1 1 448000 32000 2 672 384    | mp4a.40.32
            layer I of MPEG-2      | fff7e4c0         | MPEG_2 1 256000 24000 1 512 384    | mp4a.40.32
            layer II, highest      | fffde4ff         | MPEG_1 2 384000 48000 1 1152 1152  | mp4a.40.33
            with checksum          | fffa9000         | MPEG_1 3 128000 44100 2 417 1152   | mp4a.40.34
            two channels           | fffb9080         | MPEG_1 3 128000 44100 2 417 1152   | mp4a.40.34
            lowest of MPEG-2       | fff310c0         | MPEG_2 3 8000 22050 1 26 576       | mp4a.40.34
            highest of MPEG-2      | fff3e8c0         | MPEG_2 3 160000 16000 1 720 576    | mp4a.40.34
            lowest of MPEG-1       | fffb14c0         | MPEG_1 3 32000 48000 1 96 1152     | mp4a.40.34
            highest of MPEG-1      | fffbe0c0         | MPEG_1 3 320000 44100 1 1044 1152  | mp4a.40.34
            """)
    void reads(String name, String wire, String fields, String codecString) throws Exception {
        MpegAudioHeader header = parse(wire);
        assertEquals(fields, text(header));
        assertEquals(codecString, header.codecString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing          | ''       | cut off after 0 bytes
            3 bytes          | fffb90   | cut off after 3 bytes
            no syncword      | ffdb9000 | syncword 7fe
            AMF              | 02fb9000 | syncword 17
            version 1        | ffeb9000 | version 1 is reserved
            layer 0          | fff99000 | layer 0 is reserved
            free format      | fffb0000 | bit rate index 0
            bit rate 15      | fffbf000 | bit rate index 15
            rate 3           | fffb9c00 | sampling frequency 3
            """)
    void refuses(String name, String wire, String reason) {
        MalformedException e = assertThrows(MalformedException.class, () -> parse(wire));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1, 1, 1, 1", "4, 1, 1, 1, 1, 1", "3, 0, 1, 1, 1, 1", "3, 1, 0, 1, 1, 1", "3, 1, 1, 0, 1, 1", "3, 1, 1, 3, 1, 1",
        "3, 1, 1, 1, 0, 1", "3, 1, 1, 1, 1, 0"})
    void checksWhatItIsMadeOf(int layer, int bitRate, int rate, int channels, int frameBytes, int samples) {
        assertThrows(IllegalArgumentException.class,
                () -> new MpegAudioHeader(MpegAudioHeader.Version.MPEG_1, layer, bitRate, rate, channels, frameBytes, samples));
    }

    private static MpegAudioHeader parse(String wire) throws MalformedException {
        return MpegAudioHeader.parse(Bytes.takeOver(TrackedBuffers.bytes(wire)));
    }

    private static String text(MpegAudioHeader header) {
        return header.version() + " " + header.layer() + " " + header.bitsPerSecond() + " " + header.sampleRateHz() + " " + header.channels() + " "
                + header.frameBytes() + " " + header.samples();
    }
}
