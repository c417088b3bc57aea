package dev.millrace.hls.playlist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultivariantPlaylistTest {

    private static final Variant AUDIO = new Variant(
            "audio/media.m3u8", 140_800, 128_000, List.of("mp4a.40.2"), Optional.empty(), OptionalDouble.empty());

    // Each text is written by hand from RFC 8216, section 4.3.4.2.
    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("video and audio, and audio alone", """
                        #EXTM3U
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-STREAM-INF:BANDWIDTH=6600000,AVERAGE-BANDWIDTH=5500000,CODECS="avc1.64002a,mp4a.40.2",\
                        RESOLUTION=1920x1080,FRAME-RATE=29.970
                        media.m3u8
                        #EXT-X-STREAM-INF:BANDWIDTH=140800,AVERAGE-BANDWIDTH=128000,CODECS="mp4a.40.2"
                        audio/media.m3u8
                        """,
                        new MultivariantPlaylist(true, List.of(
                                new Variant("media.m3u8", 6_600_000, 5_500_000, List.of("avc1.64002a", "mp4a.40.2"),
                                        Optional.of(new Resolution(1920, 1080)), OptionalDouble.of(29.97)),
                                AUDIO))),
                Arguments.of("nothing known but the rates", """
                        #EXTM3U
                        #EXT-X-STREAM-INF:BANDWIDTH=1,AVERAGE-BANDWIDTH=1
                        a
                        """,
                        new MultivariantPlaylist(false, List.of(
                                new Variant("a", 1, 1, List.of(), Optional.empty(), OptionalDouble.empty())))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void renders(String name, String text, MultivariantPlaylist playlist) {
        assertEquals(text, playlist.render());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void parses(String name, String text, MultivariantPlaylist playlist) throws Exception {
        assertEquals(playlist, MultivariantPlaylist.parse(text));
    }

    @Test
    void readsWhatOthersWrite() throws Exception {
        MultivariantPlaylist playlist = MultivariantPlaylist.parse("""
                #EXTM3U
                #EXT-X-VERSION:6
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="b, c",URI="d"
                #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI="e"
                #EXT-X-STREAM-INF:AUDIO="a",CODECS="avc1.64002a, mp4a.40.2",BANDWIDTH=300,FRAME-RATE=25

                a.m3u8
                """);
        assertEquals(new MultivariantPlaylist(false, List.of(new Variant(
                "a.m3u8", 300, 300, List.of("avc1.64002a", "mp4a.40.2"), Optional.empty(), OptionalDouble.of(25)))), playlist);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            3 | #EXT-X-STREAM-INF:CODECS="a"                           | no attribute BANDWIDTH, wanted one
            3 | #EXT-X-STREAM-INF:BANDWIDTH=0                          | BANDWIDTH 0 is not 1 to
            3 | #EXT-X-STREAM-INF:BANDWIDTH=1.5                        | BANDWIDTH 1.5, wanted a decimal number
            3 | #EXT-X-STREAM-INF:BANDWIDTH=1,AVERAGE-BANDWIDTH=0      | AVERAGE-BANDWIDTH 0 is not 1 to
            3 | #EXT-X-STREAM-INF:BANDWIDTH=1,CODECS=""                | length of a name in CODECS 0
            3 | #EXT-X-STREAM-INF:BANDWIDTH=1,CODECS="a b"             | name a b in CODECS has characters that no token has
            3 | #EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=1920          | RESOLUTION 1920, wanted width, x and height
            3 | #EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=0x1           | RESOLUTION width 0 is not 1 to 65535
            3 | #EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=1x65536       | RESOLUTION height 65536 is not 1 to 65535
            3 | #EXT-X-STREAM-INF:BANDWIDTH=1,FRAME-RATE=0.0004        | FRAME-RATE 4.0E-4 is not 0.001 to 1000
            3 | #EXT-X-STREAM-INF:BANDWIDTH=1,FRAME-RATE=1000.1        | FRAME-RATE 1000.1 is not 0.001 to 1000
            3 | #EXT-X-STREAM-INF:BANDWIDTH=1\\n#EXT-X-VERSION:1       | URI #EXT-X-VERSION:1 has a character that is not allowed
            2 | b.m3u8                                                 | URI b.m3u8 without #EXT-X-STREAM-INF
            2 | #EXT-X-TARGETDURATION:6                                | #EXT-X-TARGETDURATION of a media playlist
            2 | #EXTINF:1,                                             | #EXTINF of a media playlist
            2 | #EXT-X-DEFINE:NAME="a"                                 | #EXT-X-DEFINE is not supported
            3 | #EXT-X-VERSION:1\\n#EXT-X-VERSION:1                    | #EXT-X-VERSION twice
            """)
    void refuses(int line, String text, String reason) {
        String all = "#EXTM3U\n" + text.replace("\\n", "\n") + "\na.m3u8\n";
        PlaylistFormatException e = assertThrows(PlaylistFormatException.class, () -> MultivariantPlaylist.parse(all));
        assertTrue(e.getMessage().startsWith("line " + line + ": ") && e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void refusesNoVariantsTooManyAndHalfOfOne() {
        assertRefused("number of variants 0 is not 1 to 256", "#EXTM3U\n");
        assertRefused("number of variants 257", "#EXTM3U\n" + "#EXT-X-STREAM-INF:BANDWIDTH=1\na\n".repeat(257));
        assertRefused("ends after #EXT-X-STREAM-INF, wanted a URI", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n");
        assertThrows(IllegalArgumentException.class, () -> new MultivariantPlaylist(false, Collections.nCopies(257, AUDIO)));
    }

    private static void assertRefused(String reason, String text) {
        PlaylistFormatException e = assertThrows(PlaylistFormatException.class, () -> MultivariantPlaylist.parse(text));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"29.97002997, 29.970", "23.976023976, 23.976", "59.9996, 60.000", "0.001, 0.001", "1000, 1000.000"})
    void rendersFrameRatesWithThreeDecimals(double rate, String text) {
        Variant variant = new Variant("a", 1, 1, List.of(), Optional.empty(), OptionalDouble.of(rate));
        String rendered = new MultivariantPlaylist(false, List.of(variant)).render();
        assertTrue(rendered.contains(",FRAME-RATE=" + text + "\n"), rendered);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 0.0004, 1000.001, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesFrameRates(double rate) {
        OptionalDouble frameRate = OptionalDouble.of(rate);
        assertThrows(IllegalArgumentException.class, () -> new Variant("a", 1, 1, List.of(), Optional.empty(), frameRate));
    }

    @Test
    void refusesCodecsThatWouldBreakTheLine() {
        List<List<String>> bad = List.of(
                List.of("a\"b"), List.of("a,b"), List.of("a\n"), List.of("\u0660"), Collections.nCopies(17, "a"));
        for (List<String> codecs : bad) {
            assertThrows(IllegalArgumentException.class, () -> new Variant("a", 1, 1, codecs, Optional.empty(), OptionalDouble.empty()));
        }
    }
}
