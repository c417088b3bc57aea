package dev.millrace.codec.ac3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ac3SyncFrameTest {

    // ATSC A/52, 5.3 and tables 5.6 to 5.18. "sent" are frames of FFmpeg 8.1, whose ffprobe agrees; the others are by hand.
    // Columns: bytes | bsid, rate, acmod, channels, frame bytes, bit rate, samples
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            sent, mono 48 kHz     | 0b77911d14402f84 | 8 48000 1 1 768 192000 1536
            sent, stereo 48 kHz   | 0b77c241144043e1 | 8 48000 2 2 768 192000 1536
            sent, 4.0 48 kHz      | 0b7755701440aaf8 | 8 48000 5 4 768 192000 1536
            sent, 5.0 48 kHz      | 0b7790671440eaf8 | 8 48000 7 5 768 192000 1536
            sent, 5.1 48 kHz      | 0b770d3d1440ebf8 | 8 48000 7 6 768 192000 1536
            sent, 5.1 44.1 kHz    | 0b771a625440ebf8 | 8 44100 7 6 834 192000 1536
            sent, 44.1 kHz, long  | 0b771a625540ebf8 | 8 44100 7 6 836 192000 1536
            sent, stereo 32 kHz   | 0b778810944043e1 | 8 32000 2 2 1152 192000 1536
            least                 | 0b770000004020   | 8 48000 1 1 128 32000 1536
            least, 44.1 kHz       | 0b770000404020   | 8 44100 1 1 138 32000 1536
            least, 44.1 kHz, long | 0b770000414020   | 8 44100 1 1 140 32000 1536
            most                  | 0b770000a54020   | 8 32000 1 1 3840 640000 1536
            most, 44.1 kHz, long  | 0b770000654020   | 8 44100 1 1 2788 640000 1536
            odd size at 48 kHz    | 0b770000154020   | 8 48000 1 1 768 192000 1536
            bsid 6                | 0b770000143020   | 6 48000 1 1 768 192000 1536
            half the rate         | 0b770000144820   | 9 24000 1 1 768 96000 1536
            a quarter of the rate | 0b770000945020   | 10 8000 1 1 1152 48000 1536
            """)
    void readsAc3(String name, String wire, String fields) throws Exception {
        Ac3SyncFrame frame = parse(wire);
        assertEquals(fields, text(frame));
        assertEquals("false false 0 ac-3", kind(frame));
    }

    // lfeon stands behind as many mix levels as the mode has: once alone, once with all other bits.
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0, 10, 0f, 2", "1, 30, 2f, 1", "2, 44, 5b, 2", "3, 64, 7b, 3", "4, 84, 9b, 3", "5, a1, be, 4", "6, c4, db, 4", "7, e1, fe, 5"
    })
    void findsTheLowFrequencyChannel(int mode, String with, String without, int channels) throws Exception {
        assertEquals(channels + 1, parse("0b7700001440" + with).channels());
        assertTrue(parse("0b7700001440" + with).lfe());
        assertEquals(channels, parse("0b7700001440" + without).channels());
        assertEquals(mode, parse("0b7700001440" + without).audioCodingMode());
    }

    // Columns: bytes | as above | dependent, substream
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            sent, mono 48 kHz      | 0b77017f3287c000 | 16 48000 1 1 768 192000 1536   | false 0
            sent, stereo 48 kHz    | 0b77017f3487c000 | 16 48000 2 2 768 192000 1536   | false 0
            sent, 4.0 48 kHz       | 0b77017f3a87c000 | 16 48000 5 4 768 192000 1536   | false 0
            sent, 5.1 48 kHz       | 0b77017f3f87c000 | 16 48000 7 6 768 192000 1536   | false 0
            sent, 5.1 44.1 kHz     | 0b7701a07f87c000 | 16 44100 7 6 834 191559 1536   | false 0
            sent, stereo 32 kHz    | 0b77023fb487c000 | 16 32000 2 2 1152 192000 1536  | false 0
            1 block                | 0b77003f0480c0   | 16 48000 2 2 128 192000 256    | false 0
            2 blocks               | 0b77003f1480c0   | 16 48000 2 2 128 96000 512     | false 0
            3 blocks               | 0b77003f2480c0   | 16 48000 2 2 128 64000 768     | false 0
            half of 48 kHz         | 0b77003fc480c0   | 16 24000 2 2 128 16000 1536    | false 0
            half of 44.1 kHz       | 0b77003fd480c0   | 16 22050 2 2 128 14700 1536    | false 0
            half of 32 kHz         | 0b77003fe480c0   | 16 16000 2 2 128 10666 1536    | false 0
            two programs           | 0b77003f3080c0   | 16 48000 0 2 128 32000 1536    | false 0
            dependent              | 0b77407f3480c0   | 16 48000 2 2 256 64000 1536    | true 0
            independent, the last  | 0b77387f3480c0   | 16 48000 2 2 256 64000 1536    | false 7
            of AC-3 recoded        | 0b77807f3480c0   | 16 48000 2 2 256 64000 1536    | false 0
            bsid 11                | 0b77007f3458c0   | 11 48000 2 2 256 64000 1536    | false 0
            longest                | 0b7707ff3480c0   | 16 48000 2 2 4096 1024000 1536 | false 0
            shortest               | 0b7700053480c0   | 16 48000 2 2 12 3000 1536      | false 0
            """)
    void readsEnhancedAc3(String name, String wire, String fields, String substream) throws Exception {
        Ac3SyncFrame frame = parse(wire);
        assertEquals(fields, text(frame));
        assertEquals("true " + substream + " ec-3", kind(frame));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing           | ''             | cut off after 0 bytes
            6 bytes           | 0b7700001440   | cut off after 6 bytes
            bytes swapped     | 770b00001440e1 | AC-3 syncword 770b
            other syncword    | 0b7800001440e1 | AC-3 syncword b78
            bsid 17           | 0b770000148800 | AC-3 bsid 17
            bsid 31           | 0b77000014f800 | AC-3 bsid 31
            rate 3            | 0b770000d440e1 | AC-3 fscod 3
            size 38           | 0b7700002640e1 | AC-3 frmsizecod 38
            size 63           | 0b7700003f40e1 | AC-3 frmsizecod 63
            stream type 3     | 0b77c07f3480c0 | E-AC-3 strmtyp 3
            half rate 3       | 0b77007ff480c0 | E-AC-3 fscod2 3
            frame of 10 bytes | 0b7700043480c0 | E-AC-3 frame of 10 bytes
            """)
    void refuses(String name, String wire, String reason) {
        MalformedException e = assertThrows(MalformedException.class, () -> parse(wire));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"-1, 48000, 768, 192000, 1536", "8, 48000, 768, 192000, 1536", "1, 0, 768, 192000, 1536", "1, 48000, 0, 192000, 1536",
        "1, 48000, 768, 0, 1536", "1, 48000, 768, 192000, 0"})
    void checksWhatItIsMadeOf(int mode, int rate, int frameBytes, int bitRate, int samples) {
        assertThrows(IllegalArgumentException.class,
                () -> new Ac3SyncFrame(false, 8, false, 0, rate, mode, false, frameBytes, bitRate, samples));
    }

    static Ac3SyncFrame parse(String wire) throws MalformedException {
        return Ac3SyncFrame.parse(Bytes.takeOver(TrackedBuffers.bytes(wire)));
    }

    private static String text(Ac3SyncFrame frame) {
        return frame.bitStreamId() + " " + frame.sampleRateHz() + " " + frame.audioCodingMode() + " " + frame.channels() + " "
                + frame.frameBytes() + " " + frame.bitsPerSecond() + " " + frame.samples();
    }

    private static String kind(Ac3SyncFrame frame) {
        return frame.enhanced() + " " + frame.dependent() + " " + frame.substreamId() + " " + frame.codecString();
    }
}
