package dev.millrace.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlvFramesPlainTest {

    // Columns: what is sent; what a player gets where track 0 is Enhanced, and where it is legacy. "same" is the same object, "-" nothing.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            legacy AVC           | 17 01 0000c8 65                       | same                      | same
            legacy command       | 57 00                                 | same                      | same
            AVC header           | 90 61766331 0164                      | 17 00 000000 0164         | 17 00 000000 0164
            AVC key              | 91 61766331 0000c8 aa                 | 17 01 0000c8 aa           | 17 01 0000c8 aa
            AVC inter, before    | a1 61766331 ffffd8 aa                 | 27 01 ffffd8 aa           | 27 01 ffffd8 aa
            AVC key, no time     | 93 61766331 aa                        | 17 01 000000 aa           | 17 01 000000 aa
            AVC inter, no time   | a3 61766331 aa                        | 27 01 000000 aa           | 27 01 000000 aa
            AVC disposable       | b3 61766331 aa                        | 27 01 000000 aa           | 27 01 000000 aa
            AVC generated key    | c3 61766331 aa                        | 17 01 000000 aa           | 17 01 000000 aa
            AVC type 0, key      | 83 61766331 00000001 65               | 17 01 000000 00000001 65  | 17 01 000000 00000001 65
            AVC type 0, inter    | 83 61766331 00000001 41               | 27 01 000000 00000001 41  | 27 01 000000 00000001 41
            AVC end              | 92 61766331                           | 17 02 000000              | 17 02 000000
            AVC colours          | d4 61766331 020009                    | -                         | -
            AVC behind ModEx     | 97 02 07a120 01 61766331 0000c8 aa    | 17 01 0000c8 aa           | 17 01 0000c8 aa
            AVC, track 0         | 96 01 61766331 00 0000c8 aa           | 17 01 0000c8 aa           | 17 01 0000c8 aa
            AVC, track 1         | 96 01 61766331 01 0000c8 aa           | -                         | -
            AVC, many tracks     | 96 13 61766331 01 000001 bb 00 000001 aa | 17 01 000000 aa        | 17 01 000000 aa
            AVC, only other ones | 96 13 61766331 01 000001 bb 02 000001 aa | -                      | -
            HEVC header          | 90 68766331 0101                      | same                      | same
            HEVC inter           | a1 68766331 0000a0 aa                 | same                      | same
            HEVC end             | 92 68766331                           | same                      | same
            HEVC colours         | d4 68766331 020009                    | same                      | -
            HEVC colours, type 0 | 84 68766331 020009                    | d4 68766331 020009        | -
            HEVC colours, track 0| 96 04 68766331 00 020009              | d4 68766331 020009        | -
            HEVC colours, track 1| 96 04 68766331 01 020009              | -                         | -
            HEVC header, track 0 | 96 00 68766331 00 0101                | 90 68766331 0101          | 90 68766331 0101
            HEVC, track 0        | a6 01 68766331 00 0000a0 aa           | a1 68766331 0000a0 aa     | a1 68766331 0000a0 aa
            HEVC, track 1        | 96 00 68766331 01 0101                | -                         | -
            HEVC behind ModEx    | a7 02 07a120 01 68766331 0000a0 aa    | a1 68766331 0000a0 aa     | a1 68766331 0000a0 aa
            HEVC, many codecs    | 96 23 61766331 01 000001 bb 68766331 00 000001 aa | 93 68766331 aa | 93 68766331 aa
            AV1 descriptor       | 95 61763031 8004                      | same                      | same
            Enhanced command     | d1 00                                 | same                      | -
            the same, multitrack | d6 04                                 | same                      | -
            """)
    void showsVideoToAPlayerOfTrackZero(String name, String wire, String enhanced, String legacy) throws Exception {
        assertPlain(FlvFrames.video(40, TrackedBuffers.bytes(wire)), enhanced, legacy);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            silence              | ''                                    | same                      | same
            legacy AAC           | af 01 2110                            | same                      | same
            AAC header           | 90 6d703461 1210                      | af 00 1210                | af 00 1210
            AAC                  | 91 6d703461 2110                      | af 01 2110                | af 01 2110
            AAC end              | 92 6d703461                           | -                         | -
            AAC layout           | 94 6d703461 01 06 0000003f            | -                         | -
            AAC, track 0         | 95 01 6d703461 00 2110                | af 01 2110                | af 01 2110
            AAC, track 1         | 95 01 6d703461 01 2110                | -                         | -
            AAC, many tracks     | 95 11 6d703461 01 000001 bb 00 000001 aa | af 01 aa               | af 01 aa
            AAC layouts          | 95 14 6d703461 00 000002 0101 01 000002 0101 | -                  | -
            MP3 header           | 90 2e6d7033                           | -                         | -
            MP3                  | 91 2e6d7033 fffb                      | 2f fffb                   | 2f fffb
            MP3 end              | 92 2e6d7033                           | -                         | -
            Opus header          | 90 4f707573 4f70                      | same                      | same
            Opus                 | 91 4f707573 f8b4                      | same                      | same
            Opus layout          | 94 4f707573 01 01 00000004            | same                      | -
            Opus, track 0        | 95 01 4f707573 00 f8b4                | 91 4f707573 f8b4          | 91 4f707573 f8b4
            Opus behind ModEx    | 97 02 07a120 01 4f707573 f8b4         | 91 4f707573 f8b4          | 91 4f707573 f8b4
            AC-3 header          | 90 61632d33                           | same                      | same
            AC-3 header, track 0 | 95 00 61632d33 00                     | 90 61632d33               | 90 61632d33
            """)
    void showsAudioToAPlayerOfTrackZero(String name, String wire, String enhanced, String legacy) throws Exception {
        assertPlain(FlvFrames.audio(40, TrackedBuffers.bytes(wire)), enhanced, legacy);
    }

    @Test
    void leavesDataAlone() {
        MediaFrame frame = MediaFrame.takeOver(FrameInfo.DATA, 40, TrackedBuffers.bytes("97 02"));
        assertSame(frame, FlvFrames.plain(frame, true).orElseThrow());
    }

    @Test
    void refusesBytesThatAreNoMessage() {
        FrameInfo info = new FrameInfo(MediaKind.VIDEO, FrameRole.CODED, Codec.AVC, 0, false, false);
        MediaFrame damaged = MediaFrame.takeOver(info, 0, TrackedBuffers.bytes("96 03 6176"));
        assertThrows(IllegalArgumentException.class, () -> FlvFrames.plain(damaged, false));
        MediaFrame otherTrack = MediaFrame.takeOver(info, 0, TrackedBuffers.bytes("96 03 61766331 01 aa"));
        assertThrows(IllegalArgumentException.class, () -> FlvFrames.plain(otherTrack, false));
    }

    private static void assertPlain(MediaFrame frame, String enhanced, String legacy) throws MalformedException {
        assertGets(enhanced, frame, FlvFrames.plain(frame, /* trackZeroIsLegacy= */ false));
        assertGets(legacy, frame, FlvFrames.plain(frame, /* trackZeroIsLegacy= */ true));
    }

    private static void assertGets(String expected, MediaFrame sent, Optional<MediaFrame> got) throws MalformedException {
        if (got.isPresent() && got.get() == sent) {
            assertEquals(expected, "same");
            return;
        }
        assertEquals(expected.replace(" ", ""), got.map(frame -> HexFormat.of().formatHex(frame.toByteArray())).orElse("-"));
        if (got.isPresent()) {
            MediaFrame frame = got.get();
            MediaFrame again = sent.kind() == MediaKind.VIDEO
                    ? FlvFrames.video(40, frame.toByteArray())
                    : FlvFrames.audio(40, frame.toByteArray());
            assertEquals(again.info(), frame.info());
            assertEquals(40, frame.timestampMillis());
        }
    }
}
