package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients split one URL into application and stream name in different ways. */
class StreamAddressTest {

    @ParameterizedTest(name = "{0}: {1} | {2}")
    @CsvSource(delimiter = '|', textBlock = """
            FFmpeg     /a              | a          |             | a           |
            all        /a/b            | a          | b           | a/b         |
            all        /a/b/c          | a/b        | c           | a/b/c       |
            FFmpeg     /a/b/c/d        | a/b        | c/d         | a/b/c/d     |
            rtmpdump   /a/b/c/d        | a/b/c      | d           | a/b/c/d     |
            all        //a/b           | /a         | b           | a/b         |
            FFmpeg     /a/b?t=xy       | a          | b?t=xy      | a/b         | t=xy
            FFmpeg     /a/b/c?t=x/y    | a/b        | c?t=x/y     | a/b/c       | t=x/y
            all        /a?k=v/b        | a?k=v      | b           | a/b         | k=v
            FFmpeg     /a/mp4:d/f      | a          | mp4:d/f     | a/mp4:d/f   |
            rtmpdump   /a/mp4:d/f      | a/mp4:d    | f           | a/mp4:d/f   |
            FFmpeg     /a/b%20c        | a          | b%20c       | a/b c       |
            rtmpdump   /a/b%20c        | a          | b c         | a/b c       |
            FFmpeg     /a/b%2Fc        | a          | b%2Fc       | a/b/c       |
            rtmpdump   /a/b%2Fc        | a          | b/c         | a/b/c       |
            OBS        server /a/      | a/         | b?t=x       | a/b         | t=x
            OBS        multitrack      | a?t=x      | b?t=x       | a/b         | t=x
            OBS        server /        |            | a/b         | a/b         |
            OBS        key ?t=x        | a/b        | ?t=x        | a/b         | t=x
            FFmpeg     /a/_definst_/c/d | a/_definst_ | c/d       | a/c/d       |
            rtmpdump   /a/_definst_/c/d | a/_definst_/c | d       | a/c/d       |
            OBS        key _definst_/c | a          | _definst_/c | a/c         |
            """)
    void sameUrlSameName(String client, String app, String name, String path, String query) {
        assertAddress(path, orEmpty(query), orEmpty(app), orEmpty(name));
    }

    // Ways to split a URL that no rule can undo, or that are left to the host.
    @ParameterizedTest(name = "{0}: {1} | {2}")
    @CsvSource(delimiter = '|', textBlock = """
            slash in the query, all clients      /a/b?t=x/y   | a/b?t=x    | y          | a/b/y     | t=x
            slash in the query, not FFmpeg       /a/b/c?t=x/y | a/b/c?t=x  | y          | a/b/c/y   | t=x
            slash in the query of the app        /a?k=v/b/c   | a?k=v/b    | c          | a/c       | k=v/b
            file, FFmpeg                         /a/f.mp4     | a          | mp4:f.mp4  | a/mp4:f.mp4 |
            file, rtmpdump                       /a/f.mp4     | a          | mp4:f      | a/mp4:f   |
            file, GStreamer                      /a/f.mp4     | a          | f.mp4      | a/f.mp4   |
            file, FFmpeg and rtmpdump            /a/f.flv     | a          | f          | a/f       |
            file, GStreamer                      /a/f.flv     | a          | f.flv      | a/f.flv   |
            """)
    void staysApart(String row, String app, String name, String path, String query) {
        assertAddress(path, orEmpty(query), app, name);
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            live/_definst_   | a              | live/a         | -
            live/_definst_/  | a              | live/a         | -
            /live/_definst_  | a/             | live/a         | -
            live/_definst_   | ''             | live           | -
            _definst_        | a              | _definst_/a    | -
            live/_definst_x  | a              | live/_definst_x/a | -
            live             | a_definst_     | live/a_definst_ | -
            live/            | /a             | live/a         | -
            live             | a/?t=1         | live/a         | t=1
            live?            | a?             | live/a         | ''
            live?x=1         | a?             | live/a         | x=1
            live?x=1         | a?y=2?z=3      | live/a         | y=2?z=3
            live?x=1         | ?              | live           | x=1
            ''               | a              | a              | -
            live             | a%             | live/a%        | -
            live             | a%2            | live/a%2       | -
            live             | a%zz%4         | live/a%zz%4    | -
            live             | %61%e6%97%a5   | live/a日       | -
            live             | 日%20本        | live/日 本     | -
            live             | %252e%252e     | live/%2e%2e    | -
            live             | ..%252f        | live/..%2f     | -
            live             | a%253fb        | live/a%3fb     | -
            """)
    void joinsCutsAndDecodesOnce(String app, String name, String path, String query) {
        assertAddress(path, orEmpty(query), app, name);
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ''      | ''
            ''      | ?
            ?       | ?t=1
            /       | /
            ..      | a
            ../..   | a
            live    | ..
            live    | ../a
            live    | ..%2f
            live    | ..%2Fa
            live    | %2e%2e
            live    | %2e%2e%2fa
            live    | .%2e/a
            %2e.    | a
            live    | %2e
            live    | a%5cb
            live    | a\\b
            live    | a%00
            live    | a%0d%0ab
            live    | %1b%5b31m
            live    | a%7f
            live    | a%e2%80%ae
            live    | %c0%af
            live    | a%ff
            live    | %ed%a0%80
            live    | a//b
            live    | //a
            live    | a//
            live//  | a
            live    | a%2f%2fb
            live    | %2fa
            live    | a%2f
            """)
    void refuses(String app, String name) {
        assertThrows(IllegalArgumentException.class, () -> StreamAddress.parse(app, name));
    }

    @Test
    void refusesWhatIsNoUnicodeOrHasControls() {
        for (String name : new String[] {"a\0", "a\nb", "a\ud800", "a\ud800%41", "%41\udc00", "\udc00\ud800%20", "a\u202eb"}) {
            assertThrows(IllegalArgumentException.class, () -> StreamAddress.parse("live", name));
            assertThrows(IllegalArgumentException.class, () -> StreamAddress.parse(name, "live"));
        }
    }

    @Test
    void countsBytesAfterDecodingAndBytesOfTheQuery() {
        assertAddress("live/" + "a".repeat(507), "", "live", "%61".repeat(507));
        assertThrows(IllegalArgumentException.class, () -> StreamAddress.parse("live", "%61".repeat(508)));
        assertAddress("live/a", "日".repeat(1365) + "x", "live", "a?" + "日".repeat(1365) + "x");
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> StreamAddress.parse("live", "a?" + "日".repeat(1365) + "xx"));
        assertEquals("query longer than 4096 bytes", e.getMessage());
    }

    @Test
    void neverShowsTheQuery() {
        String shown = StreamAddress.parse("live?secret=1", "a?secret=2").toString();
        assertEquals("live/a", shown);
        assertFalse(shown.contains("secret"));
    }

    private static void assertAddress(String path, String query, String app, String name) {
        StreamAddress address = StreamAddress.parse(app, name);
        assertEquals(path, address.name().path());
        assertEquals(query, address.query());
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
