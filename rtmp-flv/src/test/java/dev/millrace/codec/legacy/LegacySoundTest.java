package dev.millrace.codec.legacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegacySoundTest {

    // FLV, E.4.2.1. Columns: format, rate, size, type | Hz, channels, bits. The first of each pair has all flags 0, the second all 1.
    @ParameterizedTest(name = "{0}: {1} {2} {3} {4}")
    @CsvSource(textBlock = """
            PCM,                0, 0, 0, 0, 5512 1 8
            PCM,                0, 3, 1, 1, 44100 2 16
            PCM 11 kHz,         0, 1, 0, 1, 11025 2 8
            PCM 22 kHz,         3, 2, 1, 0, 22050 1 16
            PCM little-endian,  3, 0, 0, 0, 5512 1 8
            PCM little-endian,  3, 3, 1, 1, 44100 2 16
            ADPCM,              1, 0, 0, 0, 5512 1 16
            ADPCM,              1, 3, 1, 1, 44100 2 16
            MP3,                2, 0, 0, 0, 5512 1 16
            MP3,                2, 3, 1, 1, 44100 2 16
            Nellymoser 16 kHz,  4, 0, 0, 0, 16000 1 16
            Nellymoser 16 kHz,  4, 3, 1, 1, 16000 1 16
            Nellymoser 8 kHz,   5, 0, 0, 0, 8000 1 16
            Nellymoser 8 kHz,   5, 3, 1, 1, 8000 1 16
            Nellymoser,         6, 0, 0, 0, 5512 1 16
            Nellymoser,         6, 3, 1, 1, 44100 1 16
            G.711 A-law,        7, 0, 0, 0, 8000 1 16
            G.711 A-law,        7, 3, 1, 1, 8000 2 16
            G.711 mu-law,       8, 0, 0, 0, 8000 1 16
            G.711 mu-law,       8, 3, 1, 1, 8000 2 16
            Speex,             11, 0, 0, 0, 16000 1 16
            Speex,             11, 3, 1, 1, 16000 1 16
            MP3 8 kHz,         14, 0, 0, 0, 8000 1 16
            MP3 8 kHz,         14, 3, 1, 1, 8000 2 16
            Enhanced,           9, 3, 1, 1, -
            AAC,               10, 3, 1, 1, -
            reserved,          12, 3, 1, 1, -
            Opus,              13, 3, 1, 1, -
            device,            15, 3, 1, 1, -
            """)
    void tellsWhatTheHeaderSays(String name, int format, int rate, int size, int type, String facts) {
        assertEquals(facts, LegacySound.of(format, rate, size, type)
                .map(sound -> sound.sampleRateHz() + " " + sound.channels() + " " + sound.bitsPerSample())
                .orElse("-"));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, 0, 0", "16, 0, 0, 0", "0, -1, 0, 0", "0, 4, 0, 0", "0, 0, -1, 0", "0, 0, 2, 0", "0, 0, 0, -1", "0, 0, 0, 2", "10, 4, 0, 0"})
    void refusesFieldsOutOfRange(int format, int rate, int size, int type) {
        assertThrows(IllegalArgumentException.class, () -> LegacySound.of(format, rate, size, type));
    }

    @ParameterizedTest
    @CsvSource({"5511, 1, 8", "44101, 1, 8", "8000, 0, 8", "8000, 3, 8", "8000, 1, 12"})
    void checksWhatItIsMadeOf(int rate, int channels, int bits) {
        assertThrows(IllegalArgumentException.class, () -> new LegacySound(rate, channels, bits));
    }
}
