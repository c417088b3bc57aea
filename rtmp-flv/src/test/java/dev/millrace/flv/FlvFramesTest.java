package dev.millrace.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlvFramesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            AVC header            | 17 00 000000 0164000c             | SEQUENCE_HEADER AVC track 0
            AVC key               | 17 01 0000c8 00000001 65          | CODED AVC track 0 key
            AVC generated key     | 47 01 000000 00000001 65          | CODED AVC track 0 key
            AVC inter             | 27 01 ffffd8 00000001 41          | CODED AVC track 0
            AVC inter of an IDR   | 27 01 000000 00000001 65          | CODED AVC track 0
            AVC of frame type 0   | 07 01 000000 00000001 65          | CODED AVC track 0
            AVC end               | 17 02 000000                      | SEQUENCE_END AVC track 0
            AVC end, time missing | 17 02                             | SEQUENCE_END AVC track 0
            HEVC header           | 1c 00 000000 0101                 | SEQUENCE_HEADER HEVC track 0
            HEVC key              | 1c 01 000000 00000001 26          | CODED HEVC track 0 key
            AV1 header            | 1d 00 000000 81                   | SEQUENCE_HEADER AV1 track 0
            AV1 inter             | 2d 01 000000 12                   | CODED AV1 track 0
            Sorenson key          | 12 00                             | CODED SORENSON_H263 track 0 key
            Sorenson disposable   | 32 00                             | CODED SORENSON_H263 track 0
            command               | 57 00                             | COMMAND NONE track 0
            command of Sorenson   | 52 01                             | COMMAND NONE track 0
            ex HEVC header        | 90 68766331 0101600000009000      | SEQUENCE_HEADER HEVC track 0
            ex HEVC key           | 91 68766331 000050 0000153f2801   | CODED HEVC track 0 key
            ex HEVC inter         | a1 68766331 0000a0 0000012e       | CODED HEVC track 0
            ex HEVC generated key | c1 68766331 0000a0 0000012e       | CODED HEVC track 0 key
            ex HEVC key, no time  | 93 68766331 00000b9d2801          | CODED HEVC track 0 key
            ex HEVC inter, no time| a3 68766331 0000012e0001e086      | CODED HEVC track 0
            ex HEVC end           | 92 68766331                       | SEQUENCE_END HEVC track 0
            ex AV1 header         | 90 61763031 81010c00              | SEQUENCE_HEADER AV1 track 0
            ex AV1 descriptor     | 95 61763031 8004                  | SEQUENCE_HEADER AV1 track 0
            ex VP9 header         | 90 76703039 0100000000158202      | SEQUENCE_HEADER VP9 track 0
            ex VP9 key            | 91 76703039 824983                | CODED VP9 track 0 key
            ex AVC header, type 0 | 80 61766331 0164000c              | SEQUENCE_HEADER AVC track 0
            colour information    | d4 68766331 020009                | CONFIGURATION HEVC track 0
            colours, type 0       | 84 68766331 020009                | CONFIGURATION HEVC track 0
            colours, type 1       | 94 68766331 020009                | CONFIGURATION HEVC track 0
            colours of track 1    | 86 04 68766331 01 020009          | CONFIGURATION HEVC track 1
            colours of track 1 key| 96 04 68766331 01 020009          | CONFIGURATION HEVC track 1
            ex command            | d1 00                             | COMMAND NONE track 0
            ex command, no byte   | d1                                | COMMAND NONE track 0
            ex command, multitrack| d6 04                             | COMMAND NONE track 0
            header of track 1     | 96 00 61766331 01 0164000c        | SEQUENCE_HEADER AVC track 1
            key of track 1        | 96 01 61766331 01 000050 000002ac | CODED AVC track 1 key
            inter of track 1      | a6 03 61766331 01 000002ac        | CODED AVC track 1
            one track 0           | 96 00 68766331 00 0101            | SEQUENCE_HEADER HEVC track 0
            many tracks           | 96 13 61766331 00 000005 0000000165 01 000004 00000041 | CODED AVC track 0 key many
            lowest last           | a6 23 61766331 09 000001 00 68766331 07 000001 00      | CODED HEVC track 7 many
            lowest empty          | a6 23 61766331 01 000000 68766331 07 000001 00         | CODED HEVC track 7 many
            many headers          | 96 10 68766331 00 000002 0101 01 000002 0102           | SEQUENCE_HEADER HEVC track 0 many
            one of many           | 96 13 61766331 00 000001 65       | CODED AVC track 0 key many
            behind ModEx          | a7 02 07a120 01 68766331 000050 2801 | CODED HEVC track 0
            """)
    void tellsWhatAVideoMessageIs(String name, String wire, String expected) throws Exception {
        byte[] bytes = TrackedBuffers.bytes(wire);
        MediaFrame frame = FlvFrames.video(-40, bytes);
        assertEquals(MediaKind.VIDEO, frame.kind());
        assertEquals(expected, describe(frame));
        assertEquals(-40, frame.timestampMillis());
        assertEquals(bytes.length, frame.size());
    }

    // Frame type 0, 6 and 7 say nothing. The coded bytes are the first of real pictures, or by hand from the codecs' specifications.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            AVC key               | 81 61766331 000000 00000001 09 00000002 6588 | CODED AVC track 0 key
            AVC inter             | 81 61766331 000000 00000001 09 00000002 4188 | CODED AVC track 0
            AVC key, no time      | 83 61766331 00000001 65                      | CODED AVC track 0 key
            HEVC key              | 83 68766331 00000002 2601                    | CODED HEVC track 0 key
            HEVC inter            | 83 68766331 00000002 0201                    | CODED HEVC track 0
            VVC key               | 83 76766331 00000002 0041                    | CODED VVC track 0 key
            VVC inter             | 83 76766331 00000002 0001                    | CODED VVC track 0
            AV1 key               | 81 61763031 1200 3202 1000                   | CODED AV1 track 0 key
            AV1 inter             | 81 61763031 1200 3202 3000                   | CODED AV1 track 0
            VP9 key               | 81 76703039 824983                           | CODED VP9 track 0 key
            VP9 inter             | 81 76703039 8600                             | CODED VP9 track 0
            VP8 key               | 81 76703038 10                               | CODED VP8 track 0 key
            VP8 inter             | 81 76703038 11                               | CODED VP8 track 0
            frame type 6          | e3 68766331 00000002 2601                    | CODED HEVC track 0 key
            frame type 7          | f3 68766331 00000002 2601                    | CODED HEVC track 0 key
            frame type 2 decides  | a3 68766331 00000002 2601                    | CODED HEVC track 0
            frame type 3 decides  | b3 68766331 00000002 2601                    | CODED HEVC track 0
            of track 1            | 86 03 61766331 01 00000001 65                | CODED AVC track 1 key
            lowest track is key   | 86 13 61766331 01 000005 0000000141 00 000005 0000000165 | CODED AVC track 0 key many
            lowest track is inter | 86 13 61766331 01 000005 0000000165 00 000005 0000000141 | CODED AVC track 0 many
            never past the track  | 86 13 61766331 00 000004 00000001 65 000001 65           | CODED AVC track 0 many
            a header is never key | 80 61766331 00000001 65                      | SEQUENCE_HEADER AVC track 0
            """)
    void looksForKeyframesWhereTheFrameTypeSaysNothing(String name, String wire, String expected) throws Exception {
        assertEquals(expected, describe(FlvFrames.video(0, TrackedBuffers.bytes(wire))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            silence               | ''                                | SILENCE NONE track 0
            AAC header            | af 00 1210                        | SEQUENCE_HEADER AAC track 0
            AAC                   | af 01 2110                        | CODED AAC track 0
            MP3                   | 2f fffb                           | CODED MP3 track 0
            Speex                 | b2 80                             | CODED SPEEX track 0
            Opus header           | 90 4f707573 4f707573              | SEQUENCE_HEADER OPUS track 0
            Opus layout           | 94 4f707573 01 01 00000004        | CONFIGURATION OPUS track 0
            Opus                  | 91 4f707573 f8b4                  | CODED OPUS track 0
            Opus end              | 92 4f707573                       | SEQUENCE_END OPUS track 0
            layout of 255, 3 there| 94 4f707573 02 ff 000102          | CONFIGURATION OPUS track 0
            FLAC header           | 90 664c6143 1200                  | SEQUENCE_HEADER FLAC track 0
            AC-3 header           | 90 61632d33                       | SEQUENCE_HEADER AC3 track 0
            E-AC-3 header         | 90 65632d33                       | SEQUENCE_HEADER EAC3 track 0
            MP3 header, track 1   | 95 00 2e6d7033 01                 | SEQUENCE_HEADER MP3 track 1
            AAC layout, 5.1       | 94 6d703461 01 06 0000003f        | CONFIGURATION AAC track 0
            AAC of track 1        | 95 01 6d703461 01 2110            | CODED AAC track 1
            two tracks            | 95 11 6d703461 00 000002 2110 01 000001 21 | CODED AAC track 0 many
            """)
    void tellsWhatAnAudioMessageIs(String name, String wire, String expected) throws Exception {
        MediaFrame frame = FlvFrames.audio(7, TrackedBuffers.bytes(wire));
        assertEquals(MediaKind.AUDIO, frame.kind());
        assertEquals(expected, describe(frame));
        assertEquals(7, frame.timestampMillis());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no byte               | ''                                | video header needs 1 bytes
            AVC header, 1 byte    | 17                                | AVCPacketType
            AVC header, 2 bytes   | 17 00                             | composition time
            AVC header, 4 bytes   | 17 00 0000                        | composition time
            AVC header, 5 bytes   | 17 00 000000                      | AVC SEQUENCE_HEADER is empty: ignored
            AVC, 4 bytes          | 17 01 00 00                       | composition time
            AVC, 5 bytes          | 17 01 000000                      | AVC CODED is empty: ignored
            Sorenson, 1 byte      | 22                                | SORENSON_H263 CODED is empty: ignored
            ex header             | 90 68766331                       | HEVC SEQUENCE_HEADER is empty: ignored
            ex coded              | 91 68766331                       | HEVC CODED is empty: ignored
            ex coded, time only   | 91 68766331 000050                | HEVC CODED is empty: ignored
            ex coded, no time     | 93 68766331                       | HEVC CODED is empty: ignored
            ex colours            | d4 68766331                       | HEVC CONFIGURATION is empty: ignored
            all tracks empty      | 96 13 68766331 00 000000 01 000000| HEVC CODED is empty: ignored
            descriptor of HEVC    | 95 68766331 8004                  | MPEG2TSSequenceStart of HEVC is not that of AV1
            """)
    void refusesVideo(String name, String wire, String reason) {
        byte[] bytes = TrackedBuffers.bytes(wire);
        MalformedException e = assertThrows(MalformedException.class, () -> FlvFrames.video(0, bytes));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            AAC, 1 byte           | af                                | AACPacketType
            AAC header, 2 bytes   | af 00                             | AAC SEQUENCE_HEADER is empty: ignored
            AAC, 2 bytes          | af 01                             | AAC CODED is empty: ignored
            MP3, 1 byte           | 2f                                | MP3 CODED is empty: ignored
            ex Opus header        | 90 4f707573                       | OPUS SEQUENCE_HEADER is empty: ignored
            end of a FLAC encoder | 91 664c6143                       | FLAC CODED is empty: ignored
            ex AC-3               | 91 61632d33                       | AC3 CODED is empty: ignored
            ex layout             | 94 4f707573                       | OPUS CONFIGURATION is empty: ignored
            """)
    void refusesAudio(String name, String wire, String reason) {
        byte[] bytes = TrackedBuffers.bytes(wire);
        MalformedException e = assertThrows(MalformedException.class, () -> FlvFrames.audio(0, bytes));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void takesTheArrayOver() throws Exception {
        byte[] bytes = TrackedBuffers.bytes("af 01 21");
        MediaFrame frame = FlvFrames.audio(0, bytes);
        bytes[2] = 0x22;
        assertEquals(0x22, frame.byteAt(2));
    }

    @Test
    void tellsLegacyHeaders() throws Exception {
        assertTrue(FlvFrames.isLegacyHeader(FlvFrames.video(0, TrackedBuffers.bytes("57"))));
        assertEquals(false, FlvFrames.isLegacyHeader(FlvFrames.video(0, TrackedBuffers.bytes("92 68766331"))));
        assertTrue(FlvFrames.isLegacyHeader(FlvFrames.audio(0, TrackedBuffers.bytes("af 01 21"))));
        assertTrue(FlvFrames.isLegacyHeader(FlvFrames.audio(0, TrackedBuffers.bytes("82 80"))));
        assertTrue(FlvFrames.isLegacyHeader(FlvFrames.audio(0, new byte[0])));
        assertEquals(false, FlvFrames.isLegacyHeader(FlvFrames.audio(0, TrackedBuffers.bytes("92 6d703461"))));
        assertTrue(FlvFrames.isLegacyHeader(MediaFrame.takeOver(FrameInfo.DATA, 0, TrackedBuffers.bytes("90"))));
    }

    private static String describe(MediaFrame frame) {
        FrameInfo info = frame.info();
        return info.role() + " " + info.codec() + " track " + info.trackId() + (info.keyframe() ? " key" : "")
                + (info.manyTracks() ? " many" : "");
    }
}
