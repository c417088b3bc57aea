package dev.millrace.hls.playlist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.Bytes;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaPlaylistParserTest {

    @Test
    void readsWhatOthersWrite() throws Exception {
        MediaPlaylist playlist = MediaPlaylist.parse("""
                #EXTM3U
                # a comment, and an empty line

                #EXT-X-ALLOW-CACHE:NO
                #EXT-X-TARGETDURATION:10
                #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.5
                #EXT-X-PROGRAM-DATE-TIME:2026-01-01T02:00:00+0100
                #EXTINF:9,a title, with a comma
                one.ts
                #EXT-X-KEY:METHOD=AES-128,KEYFORMAT="identity",KEYFORMATVERSIONS="1",URI="k,1",IV=0XfF
                #EXTINF:9.0090
                two.ts
                #EXT-X-DATERANGE:ID="a"
                #EXTINF:3.33333333333333,
                three.ts
                """);
        assertEquals(new MediaPlaylist(10, 0, 0, Optional.empty(), false, List.of(
                new MediaSegment("one.ts", 810_000, false, Optional.of(Instant.parse("2026-01-01T01:00:00Z")), Optional.empty()),
                new MediaSegment("two.ts", 810_810, false, Optional.empty(), key()),
                new MediaSegment("three.ts", 300_000, false, Optional.empty(), key())), false), playlist);
    }

    /** RFC 8216, 4.3.2.4 and 4.3.2.5: each holds until the next of its kind, and the key in force is that of the initialization segment. */
    @Test
    void readsInitializationSegments() throws Exception {
        MediaPlaylist playlist = MediaPlaylist.parse("""
                #EXTM3U
                #EXT-X-TARGETDURATION:10
                #EXTINF:9,
                none.ts
                #EXT-X-KEY:METHOD=AES-128,URI="k,1",IV=0xff
                #EXT-X-MAP:BYTERANGE="720@0",URI="main.mp4"
                #EXT-X-KEY:METHOD=AES-128,URI="k2"
                #EXTINF:9,
                1.m4s
                #EXTINF:9,
                2.m4s
                #EXT-X-KEY:METHOD=NONE
                #EXTINF:9,
                3.m4s
                #EXT-X-DISCONTINUITY
                #EXT-X-MAP:URI="other.mp4",X-FOREIGN="a,b"
                #EXTINF:9,
                4.m4s
                """);
        InitializationSegment main = new InitializationSegment("main.mp4", Optional.of(new ByteRange(720, 0)), key());
        Optional<SegmentKey> second = Optional.of(new SegmentKey("k2", Optional.empty()));
        assertEquals(
                List.of(
                        new MediaSegment("none.ts", 810_000, false, Optional.empty(), Optional.empty()),
                        new MediaSegment("1.m4s", 810_000, false, Optional.empty(), second, Optional.of(main)),
                        new MediaSegment("2.m4s", 810_000, false, Optional.empty(), second, Optional.of(main)),
                        new MediaSegment("3.m4s", 810_000, false, Optional.empty(), Optional.empty(), Optional.of(main)),
                        new MediaSegment(
                                "4.m4s", 810_000, true, Optional.empty(), Optional.empty(),
                                Optional.of(new InitializationSegment("other.mp4")))),
                playlist.segments());
    }

    private static Optional<SegmentKey> key() {
        return Optional.of(new SegmentKey("k,1", Optional.of(Bytes.copyOf(HexFormat.of().parseHex("0".repeat(30) + "ff")))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            2026-01-01T00:00:00Z             | 2026-01-01T00:00:00Z
            2026-01-01T00:00:00.5Z           | 2026-01-01T00:00:00.500Z
            2026-01-01T00:00:00.123456789Z   | 2026-01-01T00:00:00.123Z
            2026-01-01T00:00:00.000-08:00    | 2026-01-01T08:00:00Z
            2026-01-01T00:00:00+01           | 2025-12-31T23:00:00Z
            """)
    void readsDates(String text, Instant time) throws Exception {
        MediaPlaylist playlist = MediaPlaylist.parse(head() + "#EXT-X-PROGRAM-DATE-TIME:" + text + "\n#EXTINF:1,\na.ts\n");
        assertEquals(Optional.of(time), playlist.segments().get(0).programDateTime());
    }

    // A backslash and n stand for a line feed; the head has two lines. A row must not begin with #: that makes it a comment.
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            3 | #EXT-X-TARGETDURATION:6                                | #EXT-X-TARGETDURATION twice, wanted once
            4 | #EXT-X-VERSION:3\\n#EXT-X-VERSION:3                    | #EXT-X-VERSION twice
            3 | #EXTM3U                                                | #EXTM3U twice
            4 | #EXT-X-ENDLIST\\n#EXT-X-ENDLIST                        | #EXT-X-ENDLIST twice
            4 | #EXT-X-MEDIA-SEQUENCE:1\\n#EXT-X-MEDIA-SEQUENCE:1      | #EXT-X-MEDIA-SEQUENCE twice
            3 | #EXT-X-MEDIA-SEQUENCE:                                 | wanted a decimal number of 1 to 16 digits
            3 | #EXT-X-MEDIA-SEQUENCE:-1                               | #EXT-X-MEDIA-SEQUENCE -1, wanted a decimal number
            3 | #EXT-X-MEDIA-SEQUENCE:9007199254740992                 | 9007199254740992 is not 0 to 9007199254740991
            3 | #EXT-X-MEDIA-SEQUENCE:99999999999999999999             | wanted a decimal number of 1 to 16 digits
            5 | #EXTINF:1,\\na.ts\\n#EXT-X-MEDIA-SEQUENCE:1            | after a segment or a discontinuity
            4 | #EXT-X-DISCONTINUITY\\n#EXT-X-DISCONTINUITY-SEQUENCE:1 | after a segment or a discontinuity
            3 | #EXT-X-PLAYLIST-TYPE: EVENT                            | #EXT-X-PLAYLIST-TYPE  EVENT, wanted EVENT or VOD
            3 | #EXT-X-PLAYLIST-TYPE:VOD                               | type VOD of a playlist that has not ended
            3 | #EXTINF:x,\\na.ts                                      | EXTINF x, wanted a decimal number
            3 | #EXTINF:1.x,\\na.ts                                    | EXTINF 1.x, wanted digits after the point
            3 | #EXTINF:-1,\\na.ts                                     | EXTINF -1, wanted a decimal number
            4 | #EXTINF:0,\\na.ts                                      | durationTicks 0 is not 1 to 8589934591
            3 | #EXTINF:95444,\\na.ts                                  | EXTINF 95444 is not 0 to 95443
            4 | #EXTINF:6.5,\\na.ts                                    | 585000 ticks of a.ts is more than targetDurationSeconds 6
            4 | #EXTINF:1,\\n#EXTINF:1,\\na.ts                         | EXTINF twice before a URI
            3 | #EXTINF:1,                                             | ends after EXTINF, wanted a URI
            3 | a.ts                                                   | URI a.ts without EXTINF
            4 | #EXTINF:1,\\na b.ts                                    | URI a b.ts has a character that is not allowed
            3 | #EXT-X-KEY:URI="k"                                     | no attribute METHOD, wanted one
            3 | #EXT-X-KEY:METHOD=AES-128                              | no attribute URI, wanted one
            3 | #EXT-X-KEY:METHOD=AES-128,URI=k                        | URI k, wanted a value in quotes
            3 | #EXT-X-KEY:METHOD="NONE"                               | METHOD "NONE", wanted a value without quotes
            3 | #EXT-X-KEY:METHOD=SAMPLE-AES,URI="k"                   | METHOD SAMPLE-AES with KEYFORMAT identity, wanted NONE, or AES-128
            3 | #EXT-X-KEY:METHOD=AES-128,URI="k",KEYFORMAT="x"        | METHOD AES-128 with KEYFORMAT x, wanted NONE, or AES-128
            3 | #EXT-X-KEY:METHOD=AES-128,URI="k",IV=0x                | IV 0x, wanted 0x and 1 to 32 hexadecimal digits
            3 | #EXT-X-KEY:METHOD=AES-128,URI="k",IV=0xg               | IV 0xg, wanted 0x
            3 | #EXT-X-KEY:METHOD=AES-128,URI="k",IV=1234              | IV 1234, wanted 0x
            3 | #EXT-X-KEY:METHOD=AES-128,URI="k",IV=0x000000000000000000000000000000001 | wanted 0x and 1 to 32
            3 | #EXT-X-KEY:METHOD                                      | attribute METHOD, wanted a name of A to Z, 0 to 9 and -, and =
            3 | #EXT-X-KEY:METHOD=NONE, URI="k"                        | attribute  URI, wanted a name
            3 | #EXT-X-KEY:METHOD=NONE,METHOD=NONE                     | attribute METHOD twice
            3 | #EXT-X-KEY:METHOD=                                     | attribute without value
            3 | #EXT-X-KEY:METHOD=NONE,                                | comma at the end of the attributes
            3 | #EXT-X-KEY:METHOD=AES-128,URI="k                       | value "k, wanted a quote at its end
            3 | #EXT-X-KEY:METHOD=AES-128,URI="k"x                     | value "k"x, wanted a comma after the quote
            3 | #EXT-X-PROGRAM-DATE-TIME:2026-01-01T00:00:00           | 2026-01-01T00:00:00, wanted YYYY-MM-DDThh:mm:ss.SSSZ
            3 | #EXT-X-PROGRAM-DATE-TIME:2026-02-30T00:00:00Z          | wanted YYYY-MM-DDThh:mm:ss.SSSZ
            3 | #EXT-X-BYTERANGE:1@2                                   | #EXT-X-BYTERANGE is not supported
            3 | #EXT-X-MAP:BYTERANGE="1@2"                             | no attribute URI, wanted one
            3 | #EXT-X-MAP:URI=a                                       | URI a, wanted a value in quotes
            3 | #EXT-X-MAP:URI="a b"                                   | URI a b has a character that is not allowed
            3 | #EXT-X-MAP:URI="a",BYTERANGE=1@2                       | BYTERANGE 1@2, wanted a value in quotes
            3 | #EXT-X-MAP:URI="a",BYTERANGE="1"                       | BYTERANGE 1, wanted length, @ and offset
            3 | #EXT-X-MAP:URI="a",BYTERANGE="0@2"                     | BYTERANGE length 0 is not 1 to
            3 | #EXT-X-MAP:URI="a",BYTERANGE="1@-2"                    | BYTERANGE -2, wanted a decimal number
            4 | #EXT-X-KEY:METHOD=AES-128,URI="k"\\n#EXT-X-MAP:URI="a" | key k of the initialization segment a has no IV, wanted one
            3 | #EXT-X-SKIP:SKIPPED-SEGMENTS=3                         | #EXT-X-SKIP is not supported
            3 | #EXT-X-GAP                                             | #EXT-X-GAP is not supported
            3 | #EXT-X-I-FRAMES-ONLY                                   | #EXT-X-I-FRAMES-ONLY is not supported
            3 | #EXT-X-DEFINE:NAME="a",VALUE="b"                       | #EXT-X-DEFINE is not supported
            3 | #EXT-X-STREAM-INF:BANDWIDTH=1                          | #EXT-X-STREAM-INF of a multivariant playlist
            """)
    void refuses(int line, String text, String reason) {
        String all = head() + text.replace("\\n", "\n") + "\n";
        PlaylistFormatException e = assertThrows(PlaylistFormatException.class, () -> MediaPlaylist.parse(all));
        assertTrue(e.getMessage().startsWith("line " + line + ": ") && e.getMessage().contains(reason), e.getMessage());
        assertEquals(line, e.line());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', value = {
        "''|line 1: starts with , wanted #EXTM3U",
        "\uFEFF#EXTM3U|line 1: starts with ?#EXTM3U, wanted #EXTM3U",
        "#EXTM3U8|line 1: starts with #EXTM3U8, wanted #EXTM3U",
        "#EXTM3U|line 1: no #EXT-X-TARGETDURATION, wanted one"
    })
    void refusesWhatIsNoPlaylist(String text, String reason) {
        assertEquals(reason, assertThrows(PlaylistFormatException.class, () -> MediaPlaylist.parse(text)).getMessage());
    }

    @Test
    void refusesControlCharactersAndDoesNotRepeatThem() {
        String text = head() + "# a \u001b[31m comment\n";
        PlaylistFormatException e = assertThrows(PlaylistFormatException.class, () -> MediaPlaylist.parse(text));
        assertEquals("line 3: control character in # a ?[31m comment, wanted none", e.getMessage());
    }

    @Test
    void boundsWhatItReads() throws Exception {
        String longest = "#" + "x".repeat(16_383);
        assertEquals(6, MediaPlaylist.parse(head() + longest + "\n").targetDurationSeconds());
        assertRefused("line of 16385 characters", head() + longest + "x\n");
        assertRefused("line of 16777208 characters", "#EXTM3U\n" + "x".repeat(16_777_208));
        assertRefused("playlist of 16777217 characters", "#EXTM3U\n" + "\n".repeat(16_777_209));
        assertRefused("number of segments 65537", head() + "#EXTINF:1,\na.ts\n".repeat(65_537));
        StringBuilder attributes = new StringBuilder("METHOD=NONE");
        for (int i = 0; i < 64; i++) {
            attributes.append(",A").append(i).append("=1");
        }
        assertRefused("number of attributes 65", head() + "#EXT-X-KEY:" + attributes + "\n");
    }

    @Test
    void readsAsManySegmentsAsItWrites() throws Exception {
        Optional<SegmentKey> key = Optional.of(new SegmentKey("abcdefabcdef-1.key", Optional.of(Bytes.copyOf(new byte[16]))));
        MediaSegment segment = new MediaSegment("abcdefabcdef-1767225600.ts", 180_000, true, Optional.of(Instant.EPOCH), key);
        MediaPlaylist full = new MediaPlaylist(2, 0, 0, Optional.empty(), true, Collections.nCopies(65_536, segment), true);
        // A difference would be some megabytes of text.
        assertTrue(full.equals(MediaPlaylist.parse(full.render())));
    }

    private static void assertRefused(String reason, String text) {
        PlaylistFormatException e = assertThrows(PlaylistFormatException.class, () -> MediaPlaylist.parse(text));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertTrue(e.getMessage().length() < 330, e.getMessage());
    }

    private static String head() {
        return "#EXTM3U\n#EXT-X-TARGETDURATION:6\n";
    }
}
