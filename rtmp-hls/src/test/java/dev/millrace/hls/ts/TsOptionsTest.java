package dev.millrace.hls.ts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TsOptionsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            AVC,          false, ''
            HEVC,         false, hevc in MPEG-TS is switched off
            HEVC,         true,  ''
            AAC,          false, ''
            MP3,          false, ''
            MP3_LOW_RATE, false, ''
            AC3,          false, ac-3 in MPEG-TS is switched off
            AC3,          true,  ''
            """)
    void refusesCodecsThatAreSwitchedOff(TsCodec codec, boolean all, String reason) {
        TsOptions options = TsOptions.DEFAULT.withHevc(all).withAc3(all);
        assertEquals(reason, options.refusal(new Muxed(Muxed.AVC_AAC).format(codec)).orElse(""));
    }

    // ADTS has fields for tabulated rates, object types 1 to 4 and frames of 1024 samples alone.
    @ParameterizedTest
    @CsvSource(textBlock = """
            af00 1210,           ''
            af00 1214,           'frame of 960 samples, ADTS can only say 1024'
            af00 2b920800,       ''
            af00 9a100000,       'audioObjectType 19 is not 1 to 4, the ones that ADTS can say'
            af00 1780 0fa0 90,   'samplingFrequency 8001 is none that ADTS can say'
            """)
    void refusesAacThatAdtsCannotExpress(String header, String reason) {
        assertEquals(reason, TsOptions.DEFAULT.refusal(new Muxed(Muxed.AAC).aacFormat(header)).orElse(""));
    }

    @ParameterizedTest
    @CsvSource({"44100, 3", "32000, 3", "24000, 4"})
    void lowRatesOfMp3HaveTheirOwnStreamType(int sampleRateHz, int streamType) {
        String frame = sampleRateHz == 44_100 ? "fffb9064" : sampleRateHz == 32_000 ? "fffb9864" : "fff38464";
        Muxed muxed = new Muxed(Muxed.AVC_AAC);
        muxed.frame(TsCodec.MP3, Muxed.hex(frame));
        assertEquals(streamType, TsCodec.of(muxed.format(TsCodec.MP3)).orElseThrow().streamType());
    }
}
