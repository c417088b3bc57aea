package dev.millrace.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlvFramesSplitTest {

    // Each message is written out by hand, and so are those it is split into: Enhanced RTMP v2, "Multitrack".
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no times       | 96 13 61766331 00 000005 0000000165 01 000004 00000041 | 93 61766331 0000000165 ; 96 03 61766331 01 00000041
            times          | a6 11 68766331 02 000004 ffffd8 aa 00 000005 000050 bbcc | a6 01 68766331 02 ffffd8 aa ; a1 68766331 000050 bbcc
            two codecs     | 96 21 61763031 00 000001 aa 68766331 ff 000004 000050 bb | 91 61763031 aa ; 96 01 68766331 ff 000050 bb
            headers        | 96 10 68766331 00 000002 0101 01 000002 0102           | 90 68766331 0101 ; 96 00 68766331 01 0102
            ends           | 96 12 68766331 00 000000 01 000000                     | 92 68766331 ; 96 02 68766331 01
            colours        | 96 14 68766331 00 000003 020009 01 000003 020008       | d4 68766331 020009 ; 96 04 68766331 01 020008
            behind ModEx   | 97 02 07a120 06 13 61766331 00 000001 aa 01 000001 bb  | 93 61766331 aa ; 96 03 61766331 01 bb
            an empty track | 96 13 61766331 00 000000 01 000001 bb                  | 96 03 61766331 01 bb
            unknown codec  | 96 23 78787878 00 000001 aa 61766331 01 000001 bb      | 96 03 61766331 01 bb
            frame type 0   | 86 13 61766331 00 000005 0000000165 01 000005 0000000141 | 83 61766331 0000000165 ; 86 03 61766331 01 0000000141
            """)
    void splitsVideo(String name, String wire, String expected) throws Exception {
        assertSplits(FlvFrames.video(40, TrackedBuffers.bytes(wire)), expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            one codec      | 95 11 6d703461 00 000002 2110 01 000001 21             | 91 6d703461 2110 ; 95 01 6d703461 01 21
            two codecs     | 95 21 6d703461 00 000002 2110 4f707573 01 000001 f8    | 91 6d703461 2110 ; 95 01 4f707573 01 f8
            headers        | 95 20 6d703461 01 000002 1210 61632d33 02 000000       | 95 00 6d703461 01 1210 ; 95 00 61632d33 02
            layouts        | 95 14 4f707573 00 000006 010100000004 01 000006 010100000004 | 94 4f707573 010100000004 ; 95 04 4f707573 01 010100000004
            """)
    void splitsAudio(String name, String wire, String expected) throws Exception {
        assertSplits(FlvFrames.audio(40, TrackedBuffers.bytes(wire)), expected);
    }

    @Test
    void tellsWhatEachPartIs() throws Exception {
        List<MediaFrame> parts = FlvFrames.split(
                FlvFrames.video(40, TrackedBuffers.bytes("86 23 61766331 03 000005 0000000165 68766331 01 000006 000000020201")));
        assertEquals(new FrameInfo(MediaKind.VIDEO, FrameRole.CODED, Codec.AVC, 3, true, false), parts.get(0).info());
        assertEquals(new FrameInfo(MediaKind.VIDEO, FrameRole.CODED, Codec.HEVC, 1, false, false), parts.get(1).info());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            17 01 000000 65
            91 68766331 000050 aa
            96 03 68766331 01 aa
            97 02 07a120 06 03 68766331 01 aa
            d6 04
            """)
    void leavesOtherMessagesAlone(String wire) throws Exception {
        MediaFrame frame = FlvFrames.video(40, TrackedBuffers.bytes(wire));
        List<MediaFrame> parts = FlvFrames.split(frame);
        assertEquals(1, parts.size());
        assertSame(frame, parts.get(0));
    }

    @Test
    void refusesBytesThatAreNoMessage() {
        FrameInfo info = new FrameInfo(MediaKind.VIDEO, FrameRole.CODED, Codec.AVC, 0, false, true);
        MediaFrame frame = MediaFrame.takeOver(info, 0, TrackedBuffers.bytes("96 13 6176"));
        assertThrows(IllegalArgumentException.class, () -> FlvFrames.split(frame));
    }

    private static void assertSplits(MediaFrame frame, String expected) throws Exception {
        List<MediaFrame> parts = FlvFrames.split(frame);
        assertEquals(
                expected.replace(" ", ""),
                parts.stream().map(part -> HexFormat.of().formatHex(part.toByteArray())).collect(Collectors.joining(";")));
        for (MediaFrame part : parts) {
            assertEquals(40, part.timestampMillis());
            MediaFrame again = frame.kind() == MediaKind.VIDEO
                    ? FlvFrames.video(40, part.toByteArray())
                    : FlvFrames.audio(40, part.toByteArray());
            assertEquals(again.info(), part.info());
        }
    }
}
