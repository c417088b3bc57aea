package dev.millrace.hls.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.ts.TsOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentFormatTest {

    @Test
    void describesMpegTs() {
        assertEquals(new SegmentFormat("ts", "video/mp2t", /* hasInitializationSegment= */ false), TsOptions.FORMAT);
    }

    @ParameterizedTest
    @CsvSource({
        "'',        video/mp4,    extension  is not",
        "nineteen9, video/mp4,    extension nineteen9 is not",
        ".ts,       video/mp4,    extension .ts is not",
        "TS,        video/mp4,    extension TS is not",
        "key,       video/mp4,    extension key is not",
        "m3u8,      video/mp4,    extension m3u8 is not",
        "a/b,       video/mp4,    extension a/b is not",
        "m4s,       video,        mediaType video is not",
        "m4s,       VIDEO/mp4,    mediaType VIDEO/mp4 is not",
        "m4s,       'video/mp4;', mediaType video/mp4; is not",
        "m4s,       'a/b\r\nx',   mediaType a/b",
    })
    void refuses(String extension, String mediaType, String reason) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new SegmentFormat(extension, mediaType, /* hasInitializationSegment= */ true));
        assertTrue(e.getMessage().startsWith(reason), e.getMessage());
    }
}
