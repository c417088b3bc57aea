package dev.millrace.codec.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpusPacketTest {

    // RFC 6716, table 2 and 3.2. "sent" are packets of FFmpeg 8.1, whose ffprobe agrees; the others are by hand.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            sent, 2.5 ms            | e07489 | 120
            sent, 5 ms              | e87e9f | 240
            sent, 10 ms             | f079ff | 480
            sent, 20 ms             | f87c9d | 960
            sent, 20 ms stereo      | fc7e32 | 960
            sent, 20 ms 5.1         | fc02ff | 960
            sent, 40 ms             | faf57c | 1920
            sent, 60 ms             | fb83f7 | 2880
            sent, 120 ms            | fb86f5 | 5760
            TOC alone               | f8     | 960
            SILK narrow, 10 ms      | 00     | 480
            SILK narrow, 20 ms      | 08     | 960
            SILK narrow, 40 ms      | 10     | 1920
            SILK narrow, 60 ms      | 18     | 2880
            SILK medium, 10 ms      | 20     | 480
            SILK wide, 60 ms        | 58     | 2880
            hybrid, 10 ms           | 60     | 480
            hybrid, 20 ms           | 68     | 960
            hybrid full, 10 ms      | 70     | 480
            hybrid full, 20 ms      | 78     | 960
            CELT narrow, 2.5 ms     | 80     | 120
            CELT narrow, 20 ms      | 98     | 960
            two frames of one size  | 99     | 1920
            two frames              | 9a     | 1920
            two frames of 60 ms     | 1a     | 5760
            stereo, two frames      | 9e     | 1920
            48 frames of 2.5 ms     | 83f0   | 5760
            one frame, padded       | 8341   | 120
            """)
    void tellsItsDuration(String name, String wire, int samples) throws Exception {
        assertEquals(samples, OpusPacket.samples(Bytes.takeOver(TrackedBuffers.bytes(wire))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing             | ''   | Opus packet of 0 bytes
            no count            | 83   | cut off after 1 byte
            no frame            | 8300 | Opus packet of 0 samples
            no frame, padded    | 83c0 | Opus packet of 0 samples
            49 frames of 2.5 ms | 8331 | Opus packet of 5880 samples
            3 frames of 60 ms   | 1b03 | Opus packet of 8640 samples
            63 frames of 60 ms  | 1bff | Opus packet of 181440 samples
            """)
    void refuses(String name, String wire, String reason) {
        Bytes packet = Bytes.takeOver(TrackedBuffers.bytes(wire));
        MalformedException e = assertThrows(MalformedException.class, () -> OpusPacket.samples(packet));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }
}
