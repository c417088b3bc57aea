package dev.millrace.hls.ts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.segment.Id3Tag;
import dev.millrace.media.Bytes;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TsValuesTest {

    @Test
    void streamTypes() {
        assertEquals("1b 24 f 3 4 81", Arrays.stream(TsCodec.values()).map(codec -> Integer.toHexString(codec.streamType()))
                .collect(Collectors.joining(" ")));
        assertTrue(TsCodec.AVC.isVideo() && TsCodec.HEVC.isVideo());
        assertEquals(2, Arrays.stream(TsCodec.values()).filter(TsCodec::isVideo).count());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ,    ,     without video and audio
            AAC, ,     video AAC
            AVC, HEVC, audio HEVC
            """)
    void refusesProgramsThatAreNone(TsCodec video, TsCodec audio, String reason) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> new TsProgram(Optional.ofNullable(video), Optional.ofNullable(audio), true));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,     4,  9000,  pcrDelayTicks 0
            90001, 4,  9000,  pcrDelayTicks 90001
            9000,  0,  9000,  audioFrames 0
            9000,  65, 9000,  audioFrames 65
            9000,  4,  0,     audioSpanTicks 0
            9000,  4,  90001, audioSpanTicks 90001
            """)
    void refusesOptionsOutOfRange(long delay, int frames, long span, String reason) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new TsOptions(delay, frames, span, false, false));
        assertTrue(e.getMessage().startsWith(reason), e.getMessage());
    }

    // ID3v2.4: 10 bytes of tag header, 10 of frame header, sizes with 7 bits in each byte.
    @Test
    void tagHasOneText() {
        assertEquals(Muxed.hex("494433 0400 00 0000000f 54585858 00000005 0000 03 6e00 7631"), Id3Tag.text("n", "v1"));
        assertEquals(Muxed.hex("494433 0400 00 0000000e 54585858 00000004 0000 03 00 c3a9"), Id3Tag.text("", "\u00e9"));
    }

    @Test
    void tagSizesHaveSevenBitsInEachByte() {
        Bytes tag = Id3Tag.text("", "x".repeat(1000));
        assertEquals("00000774", tag.slice(6, 4).toString()); // 1012
        assertEquals("0000076a", tag.slice(14, 4).toString()); // 1002
        assertEquals(1022, tag.size());
    }

    @Test
    void tagFitsIntoAPesPacketOrIsRefused() {
        assertEquals(65_527, Id3Tag.text("", "x".repeat(65_527 - 22)).size());
        assertThrows(IllegalArgumentException.class, () -> Id3Tag.text("", "x".repeat(65_527 - 21)));
        assertThrows(IllegalArgumentException.class, () -> Id3Tag.text("", "\u00e9".repeat(40_000)));
        assertThrows(IllegalArgumentException.class, () -> Id3Tag.text("a\0b", ""));
        assertEquals(65_527, Id3Tag.text("", "\u00e9".repeat((65_527 - 23) / 2) + "x").toByteArray().length);
    }
}
