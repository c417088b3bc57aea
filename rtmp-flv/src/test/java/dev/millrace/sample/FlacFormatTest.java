package dev.millrace.sample;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.codec.AudioDescription;
import dev.millrace.codec.Coding;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlacFormatTest {

    /** As FFmpeg starts a stream: without sizes of frames, number of samples and checksum. */
    private static final String START = "1200 1200 000000 000000 0ac440f0 00000000 00000000000000000000000000000000";

    @Test
    void continuesWithTheHeaderAtTheEndOfAStream() throws Exception {
        AudioFormat end = format("1200 1200 0019c4 001d98 0ac440f0 000033ae 12886b7d0c3f138116869352cdf4b674");
        assertNotEquals(format(START), end);
        assertTrue(end.continues(format(START)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            other rate,     0bb800f0
            other channels, 0ac442f0
            other bits,     0ac44170
            """)
    void changesWithWhatADecoderNeeds(String name, String packed) throws Exception {
        assertFalse(format(START.replace("0ac440f0", packed)).continues(format(START)));
    }

    @Test
    void changesWithTheFirstHeader() throws Exception {
        AudioFormat unknown = new AudioFormat(0, Codec.FLAC, AudioDescription.UNKNOWN);
        assertFalse(format(START).continues(unknown));
        assertTrue(unknown.continues(new AudioFormat(0, Codec.FLAC, AudioDescription.UNKNOWN)));
    }

    private static AudioFormat format(String streamInfo) throws Exception {
        Bytes record = Bytes.takeOver(TrackedBuffers.bytes(streamInfo));
        return new AudioFormat(0, Codec.FLAC, Coding.ofAudio(Codec.FLAC).configure(record));
    }
}
