package dev.millrace.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoTagTest {

    private static final String HVC1 = "68766331";

    // By hand from the FLV specification, E.4.3.1, and what senders make of it. Columns: see TagText.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            AVC header               | 17 00 000000 0164000c       | legacy 1 SEQUENCE_START - 0 | 0 AVC 0 5+4
            AVC header with a time   | 17 00 0000c8 0164000c       | legacy 1 SEQUENCE_START - 0 | 0 AVC 0 5+4
            AVC header, nothing in it| 17 00 000000                | legacy 1 SEQUENCE_START - 0 | 0 AVC 0 5+0
            AVC key                  | 17 01 0000c8 00000001 65    | legacy 1 CODED_FRAMES - 0   | 0 AVC 200 5+5
            AVC inter, before        | 27 01 ffffd8 00000001 41    | legacy 2 CODED_FRAMES - 0   | 0 AVC -40 5+5
            AVC least time           | 27 01 800000 41             | legacy 2 CODED_FRAMES - 0   | 0 AVC -8388608 5+1
            AVC greatest time        | 27 01 7fffff 41             | legacy 2 CODED_FRAMES - 0   | 0 AVC 8388607 5+1
            AVC end                  | 17 02 000000                | legacy 1 SEQUENCE_END - 0   | 0 AVC 0 5+0
            AVC end, time missing    | 17 02                       | legacy 1 SEQUENCE_END - 0   | 0 AVC 0 2+0
            AVC end, time cut        | 17 02 0000                  | legacy 1 SEQUENCE_END - 0   | 0 AVC 0 4+0
            AVC generated key        | 47 01 000000 65             | legacy 4 CODED_FRAMES - 0   | 0 AVC 0 5+1
            HEVC header              | 1c 00 000000 0101           | legacy 1 SEQUENCE_START - 0 | 0 HEVC 0 5+2
            HEVC inter               | 2c 01 000050 aa             | legacy 2 CODED_FRAMES - 0   | 0 HEVC 80 5+1
            AV1 header               | 1d 00 000000 8101           | legacy 1 SEQUENCE_START - 0 | 0 AV1 0 5+2
            AV1 key                  | 1d 01 000000 1200           | legacy 1 CODED_FRAMES - 0   | 0 AV1 0 5+2
            Sorenson disposable      | 32 0000                     | legacy 3 CODED_FRAMES - 0   | 0 SORENSON_H263 0 1+2
            screen                   | 13 00                       | legacy 1 CODED_FRAMES - 0   | 0 SCREEN 0 1+1
            VP6                      | 14 00                       | legacy 1 CODED_FRAMES - 0   | 0 VP6 0 1+1
            VP6 with alpha           | 15 00                       | legacy 1 CODED_FRAMES - 0   | 0 VP6_ALPHA 0 1+1
            screen 2                 | 16 00                       | legacy 1 CODED_FRAMES - 0   | 0 SCREEN2 0 1+1
            H.263                    | 18 00                       | legacy 1 CODED_FRAMES - 0   | 0 H263 0 1+1
            MPEG-4 part 2            | 19 00                       | legacy 1 CODED_FRAMES - 0   | 0 MPEG4_PART2 0 1+1
            nothing coded            | 22                          | legacy 2 CODED_FRAMES - 0   | 0 SORENSON_H263 0 1+0
            command                  | 57 00                       | legacy 5 COMMAND - 0        | ''
            command without a byte   | 52                          | legacy 5 COMMAND - 0        | ''
            """)
    void readsLegacyHeaders(String name, String wire, String header, String tracks) throws Exception {
        assertParses(wire, header, tracks);
    }

    // Bodies sent by FFmpeg 8.1.2, shortened, and by hand from Enhanced RTMP v2, "Enhanced Video".
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            HEVC header           | 90 68766331 0101600000009000         | ex 1 SEQUENCE_START - 0         | 0 HEVC 0 5+8
            HEVC key              | 91 68766331 000050 0000153f2801      | ex 1 CODED_FRAMES - 0           | 0 HEVC 80 8+6
            HEVC inter            | a1 68766331 0000a0 0000012e          | ex 2 CODED_FRAMES - 0           | 0 HEVC 160 8+4
            HEVC inter, no time   | a3 68766331 0000012e0001e086         | ex 2 CODED_FRAMES_X - 0         | 0 HEVC 0 5+8
            HEVC key, no time     | 93 68766331 00000b9d2801             | ex 1 CODED_FRAMES_X - 0         | 0 HEVC 0 5+6
            HEVC end              | 92 68766331                          | ex 1 SEQUENCE_END - 0           | 0 HEVC 0 5+0
            AV1 header            | 90 61763031 81010c000a0c0200000d2627fb3805f00080 | ex 1 SEQUENCE_START - 0 | 0 AV1 0 5+18
            AV1 key               | 91 61763031 12000a0c                 | ex 1 CODED_FRAMES - 0           | 0 AV1 0 5+4
            AV1 inter             | a1 61763031 120032                   | ex 2 CODED_FRAMES - 0           | 0 AV1 0 5+3
            AV1 descriptor        | 95 61763031 8004                     | ex 1 MPEG2TS_SEQUENCE_START - 0 | 0 AV1 0 5+2
            VP9 header            | 90 76703039 010000000015820202000000 | ex 1 SEQUENCE_START - 0         | 0 VP9 0 5+12
            VP9 key               | 91 76703039 824983                   | ex 1 CODED_FRAMES - 0           | 0 VP9 0 5+3
            VP9 inter             | a1 76703039 8600                     | ex 2 CODED_FRAMES - 0           | 0 VP9 0 5+2
            VP8 key               | 91 76703038 1002                     | ex 1 CODED_FRAMES - 0           | 0 VP8 0 5+2
            VVC inter             | a1 76766331 ffffd8 aa                | ex 2 CODED_FRAMES - 0           | 0 VVC -40 8+1
            AVC header            | 90 61766331 0164000c                 | ex 1 SEQUENCE_START - 0         | 0 AVC 0 5+4
            AVC key               | 91 61766331 0000c8 00000001 65       | ex 1 CODED_FRAMES - 0           | 0 AVC 200 8+5
            colour information    | d4 68766331 020009636f6c6f72496e666f03000b636f6c6f72436f6e66696703000009000009 | ex 5 METADATA - 0 | 0 HEVC 0 5+33
            the same, type 0      | 84 68766331 020009                   | ex 0 METADATA - 0               | 0 HEVC 0 5+3
            the same, type 1      | 94 68766331 020009                   | ex 1 METADATA - 0               | 0 HEVC 0 5+3
            frame type 0          | 81 68766331 000050 aa                | ex 0 CODED_FRAMES - 0           | 0 HEVC 80 8+1
            frame type 6          | e3 68766331 aa                       | ex 6 CODED_FRAMES_X - 0         | 0 HEVC 0 5+1
            frame type 7          | f3 68766331 aa                       | ex 7 CODED_FRAMES_X - 0         | 0 HEVC 0 5+1
            nothing coded         | 91 68766331                          | ex 1 CODED_FRAMES - 0           | 0 HEVC 0 5+0
            command               | d1 00                                | ex 5 COMMAND - 0                | ''
            command without a byte| d1                                   | ex 5 COMMAND - 0                | ''
            command, multitrack   | d6 04                                | ex 5 COMMAND - 0                | ''
            command, type 9       | d9 01                                | ex 5 COMMAND - 0                | ''
            command behind ModEx  | d7 02 07a120 01 00                   | ex 5 COMMAND - 500000           | ''
            """)
    void readsEnhancedHeaders(String name, String wire, String header, String tracks) throws Exception {
        assertParses(wire, header, tracks);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            header of track 1     | 96 00 61766331 01 0164000c           | ex 1 SEQUENCE_START ONE_TRACK 0 | 1 AVC 0 7+4
            key of track 1        | 96 01 61766331 01 000050 000002ac    | ex 1 CODED_FRAMES ONE_TRACK 0   | 1 AVC 80 10+4
            inter of track 1      | a6 01 61766331 01 0000c8 aa          | ex 2 CODED_FRAMES ONE_TRACK 0   | 1 AVC 200 10+1
            the same, no time     | a6 03 61766331 01 aabb               | ex 2 CODED_FRAMES_X ONE_TRACK 0 | 1 AVC 0 7+2
            HEVC header of track 1| 96 00 68766331 01 0101               | ex 1 SEQUENCE_START ONE_TRACK 0 | 1 HEVC 0 7+2
            key of track 255      | 96 03 68766331 ff 00000b9d           | ex 1 CODED_FRAMES_X ONE_TRACK 0 | 255 HEVC 0 7+4
            header of track 0     | 96 00 68766331 00 0101               | ex 1 SEQUENCE_START ONE_TRACK 0 | 0 HEVC 0 7+2
            end of track 1        | 96 02 68766331 01                    | ex 1 SEQUENCE_END ONE_TRACK 0   | 1 HEVC 0 7+0
            colours, frame type 0 | 86 04 68766331 01 020009             | ex 0 METADATA ONE_TRACK 0       | 1 HEVC 0 7+3
            colours, frame type 1 | 96 04 68766331 01 020009             | ex 1 METADATA ONE_TRACK 0       | 1 HEVC 0 7+3
            two tracks            | 96 13 61766331 00 000005 0000000165 01 000004 00000041 | ex 1 CODED_FRAMES_X MANY_TRACKS 0 | 0 AVC 0 10+5; 1 AVC 0 19+4
            two tracks and times  | 96 11 68766331 02 000004 ffffff aa 01 000003 000050 | ex 1 CODED_FRAMES MANY_TRACKS 0 | 2 HEVC -1 13+1; 1 HEVC 80 21+0
            two codecs            | 96 23 61766331 00 000005 0000000165 68766331 01 000004 00000041 | ex 1 CODED_FRAMES_X MANY_TRACKS_MANY_CODECS 0 | 0 AVC 0 10+5; 1 HEVC 0 23+4
            two codecs, one time  | 96 21 61763031 00 000001 aa 68766331 01 000004 000050 bb | ex 1 CODED_FRAMES MANY_TRACKS_MANY_CODECS 0 | 0 AV1 0 10+1; 1 HEVC 80 22+1
            two headers           | 96 10 68766331 00 000002 0101 01 000002 0102 | ex 1 SEQUENCE_START MANY_TRACKS 0 | 0 HEVC 0 10+2; 1 HEVC 0 16+2
            headers of two codecs | 96 20 68766331 00 000002 0101 61763031 01 000001 81 | ex 1 SEQUENCE_START MANY_TRACKS_MANY_CODECS 0 | 0 HEVC 0 10+2; 1 AV1 0 20+1
            an empty track        | 96 11 68766331 00 000000 01 000004 000050 bb | ex 1 CODED_FRAMES MANY_TRACKS 0 | 0 HEVC 0 10+0; 1 HEVC 80 17+1
            unknown codec first   | 96 23 78787878 00 000001 aa 68766331 01 000001 bb | ex 1 CODED_FRAMES_X MANY_TRACKS_MANY_CODECS 0 | 1 HEVC 0 19+1
            unknown codec last    | 96 23 68766331 01 000001 bb 78787878 00 000001 aa | ex 1 CODED_FRAMES_X MANY_TRACKS_MANY_CODECS 0 | 1 HEVC 0 10+1
            a track repeated      | 96 13 68766331 ff 000001 aa ff 000001 bb 02 000001 cc | ex 1 CODED_FRAMES_X MANY_TRACKS 0 | 255 HEVC 0 10+1; 2 HEVC 0 20+1
            """)
    void readsTracks(String name, String wire, String header, String tracks) throws Exception {
        assertParses(wire, header, tracks);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nanoseconds         | a7 02 07a120 01 68766331 000050 2801    | ex 2 CODED_FRAMES - 500000             | 0 HEVC 80 13+2
            four bytes of them  | a7 03 07a120ff 03 68766331 28           | ex 2 CODED_FRAMES_X - 500000           | 0 HEVC 0 11+1
            two bytes of them   | a7 01 ffff 03 68766331 28               | ex 2 CODED_FRAMES_X - 0                | 0 HEVC 0 9+1
            too many of them    | a7 02 ffffff 03 68766331 28             | ex 2 CODED_FRAMES_X - 999999           | 0 HEVC 0 10+1
            the most of them    | a7 02 0f423f 03 68766331 28             | ex 2 CODED_FRAMES_X - 999999           | 0 HEVC 0 10+1
            long form           | a7 ff 0002 07a120 03 68766331 28        | ex 2 CODED_FRAMES_X - 500000           | 0 HEVC 0 12+1
            unknown type        | a7 02 07a120 f3 68766331 28             | ex 2 CODED_FRAMES_X - 0                | 0 HEVC 0 10+1
            type 1              | a7 02 07a120 13 68766331 28             | ex 2 CODED_FRAMES_X - 0                | 0 HEVC 0 10+1
            unknown, then known | a7 00 ff 17 02 07a120 03 68766331 28    | ex 2 CODED_FRAMES_X - 500000           | 0 HEVC 0 13+1
            known, then unknown | a7 02 07a120 07 00 ff 13 68766331 28    | ex 2 CODED_FRAMES_X - 500000           | 0 HEVC 0 13+1
            before a track      | a7 02 07a120 06 03 68766331 01 28       | ex 2 CODED_FRAMES_X ONE_TRACK 500000   | 1 HEVC 0 12+1
            before colours      | d7 02 07a120 04 68766331 020009         | ex 5 METADATA - 500000                 | 0 HEVC 0 10+3
            """)
    void readsModEx(String name, String wire, String header, String tracks) throws Exception {
        assertParses(wire, header, tracks);
    }

    @Test
    void readsLongModExData() throws Exception {
        assertParses("97 ff 0102" + "00".repeat(259) + "03" + HVC1 + "28", "ex 1 CODED_FRAMES_X - 0", "0 HEVC 0 268+1");
        assertParses("97 ff ffff" + "00".repeat(65536) + "13" + HVC1 + "28", "ex 1 CODED_FRAMES_X - 0", "0 HEVC 0 65545+1");
    }

    @Test
    void readsEightModExRecordsAndNoMore() throws Exception {
        String record = "00 aa 17";
        assertParses("97" + record.repeat(7) + "00 aa 13" + HVC1 + "28", "ex 1 CODED_FRAMES_X - 0", "0 HEVC 0 29+1");
        assertRefuses("97" + record.repeat(8) + "00 aa 13" + HVC1 + "28", "more than 8 ModEx records");
        assertRefuses("97" + record.repeat(10_000), "more than 8 ModEx records");
    }

    @Test
    void keepsSixteenTracks() throws Exception {
        StringBuilder tracks = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            tracks.append(String.format("%02x 000000", i % 256));
        }
        VideoTag tag = VideoTag.parse(TrackedBuffers.bytes("96 12" + HVC1 + tracks));
        assertEquals(16, tag.tracks().size());
        assertEquals(15, tag.tracks().get(15).trackId());
        assertEquals(1, VideoTag.parse(TrackedBuffers.bytes("96 12" + HVC1 + "ff 000000".repeat(5_000))).tracks().size());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing                   | ''                              | video header needs 1 bytes, 0 are left
            AVC, 1 byte               | 17                              | AVCPacketType needs 1 bytes
            AVC, 2 bytes              | 17 00                           | composition time needs 3 bytes, 0 are left
            AVC, 4 bytes              | 17 01 00 00                     | composition time needs 3 bytes, 2 are left
            AVC packet type           | 17 03 000000                    | AVCPacketType 3 is not 0 to 2
            codec id 0                | 10 00                           | video codec id 0 is not
            codec id 1                | 11 00                           | video codec id 1 is not
            codec id 10               | 1a 00                           | video codec id 10 is not
            codec id 15               | 1f 00                           | video codec id 15 is not
            no FourCC                 | 90                              | FourCC needs 4 bytes, 0 are left
            half a FourCC             | 90 687663                       | FourCC needs 4 bytes, 3 are left
            packet type 8             | 98 68766331                     | video packet type 8 is not 0 to 5
            packet type 15            | 9f 68766331                     | video packet type 15 is not 0 to 5
            half a time               | 91 68766331 0000                | track 0 of 2 bytes has no room for a composition time
            no ModEx size             | 97                              | ModEx size needs 1 bytes
            half a ModEx size         | 97 ff 00                        | ModEx size needs 2 bytes, 1 are left
            ModEx data cut            | 97 02 07a1                      | ModEx data needs 3 bytes, 2 are left
            short ModEx data cut      | 97 01 07                        | ModEx data needs 2 bytes, 1 are left
            64 KB ModEx missing       | 97 ff ffff 000000               | ModEx data needs 65533 bytes, 0 are left
            ModEx at the end          | 97 02 07a120                    | ModEx type needs 1 bytes
            nothing behind ModEx      | 97 02 07a120 01                 | FourCC needs 4 bytes, 0 are left
            no multitrack header      | 96                              | multitrack header needs 1 bytes
            multitrack type 3         | 96 33 68766331 00 000000        | multitrack type 3 is not 0 to 2
            multitrack type 15        | 96 f3 68766331 00 000000        | multitrack type 15 is not 0 to 2
            multitrack in multitrack  | 96 06 68766331 00               | video packet type 6 is not 0 to 5
            ModEx in multitrack       | 96 07 68766331 00               | video packet type 7 is not 0 to 5
            packet type -1            | 96 0f 68766331 00               | video packet type 15 is not 0 to 5
            no track id               | 96 03 68766331                  | track id needs 1 bytes
            no size                   | 96 13 68766331 00 0000          | track size needs 3 bytes, 2 are left
            size past the end         | 96 13 68766331 00 000005 aabb   | track 0 needs 5 bytes, 2 are left
            greatest size             | 96 13 68766331 00 ffffff aabb   | track 0 needs 16777215 bytes, 2 are left
            the same behind a time    | 96 11 68766331 00 ffffff aabbcc | track 0 needs 16777212 bytes, 0 are left
            the same, unknown codec   | 96 23 78787878 00 ffffff aabb   | track 0 needs 16777215 bytes, 2 are left
            half a time in a track    | 96 11 68766331 07 000002 aabb   | track 7 of 2 bytes has no room for a composition time
            a third of a time         | 96 11 68766331 07 000001 aa     | track 7 of 1 bytes has no room for a composition time
            rubbish behind a track    | 96 13 68766331 00 000001 aa 01  | track size needs 3 bytes, 0 are left
            rubbish behind codecs     | 96 23 68766331 00 000001 aa 68  | FourCC needs 4 bytes, 1 are left
            unknown codec             | 90 78797a31 00                  | video FourCC "xyz1" is not known
            control characters        | 90 000a411b 00                  | video FourCC "\\x00\\x0aA\\x1b" is not known
            a codec of nothing        | 90 00000000 00                  | video FourCC "\\x00\\x00\\x00\\x00" is not known
            quotes and high bytes     | 90 225c7fff 00                  | video FourCC "\\x22\\x5c\\x7f\\xff" is not known
            edges of what is shown    | 90 20217e7f 00                  | video FourCC "\\x20!~\\x7f" is not known
            a space                   | 90 20617631 00                  | video FourCC "\\x20av1" is not known
            audio codec               | 90 4f707573 00                  | video FourCC "Opus" is not known
            unknown in one track      | 96 03 78797a31 01 00            | video FourCC "xyz1" is not known
            unknown in many tracks    | 96 13 78797a31 01 000000        | video FourCC "xyz1" is not known
            only unknown codecs       | 96 23 78787878 00 000000 78797a31 01 000000 | video FourCC "xyz1" is not known
            """)
    void refuses(String name, String wire, String reason) {
        assertRefuses(wire, reason);
    }

    private static void assertParses(String wire, String header, String tracks) throws MalformedException {
        VideoTag tag = VideoTag.parse(TrackedBuffers.bytes(wire));
        assertEquals(header, TagText.header(tag));
        assertEquals(tracks, TagText.tracks(tag.tracks()));
    }

    private static void assertRefuses(String wire, String reason) {
        byte[] body = TrackedBuffers.bytes(wire);
        MalformedException e = assertThrows(MalformedException.class, () -> VideoTag.parse(body));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }
}
