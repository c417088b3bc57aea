package dev.millrace.hls.playlist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MediaPlaylistTest {

    private static final SegmentKey FIRST_KEY = new SegmentKey("1.key", Optional.empty());
    private static final SegmentKey SECOND_KEY = new SegmentKey(
            "https://keys.example/2?a=b", Optional.of(Bytes.copyOf(HexFormat.of().parseHex("000102030405060708090a0b0c0d0eff"))));

    // Each text is written by hand from RFC 8216, sections 4.3.2 and 4.3.3.
    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("two segments of a live stream", """
                        #EXTM3U
                        #EXT-X-VERSION:3
                        #EXT-X-TARGETDURATION:6
                        #EXT-X-MEDIA-SEQUENCE:2680
                        #EXT-X-DISCONTINUITY-SEQUENCE:3
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-PROGRAM-DATE-TIME:2026-01-31T09:05:07.040Z
                        #EXTINF:5.00000,
                        8f2c-1.ts
                        #EXT-X-DISCONTINUITY
                        #EXT-X-PROGRAM-DATE-TIME:2026-01-31T23:59:59.999Z
                        #EXTINF:2.00001,
                        8f2c-2.ts
                        """,
                        new MediaPlaylist(6, 2680, 3, Optional.empty(), true, List.of(
                                dated("8f2c-1.ts", 450_000, false, "2026-01-31T09:05:07.040Z"),
                                dated("8f2c-2.ts", 180_001, true, "2026-01-31T23:59:59.999Z")), false)),
                Arguments.of("keys come, change, go and come back", """
                        #EXTM3U
                        #EXT-X-VERSION:3
                        #EXT-X-TARGETDURATION:2
                        #EXT-X-MEDIA-SEQUENCE:0
                        #EXT-X-DISCONTINUITY-SEQUENCE:0
                        #EXT-X-KEY:METHOD=AES-128,URI="1.key"
                        #EXTINF:2.00000,
                        0.ts
                        #EXTINF:2.00000,
                        1.ts
                        #EXT-X-KEY:METHOD=AES-128,URI="https://keys.example/2?a=b",IV=0x000102030405060708090A0B0C0D0EFF
                        #EXTINF:2.00000,
                        2.ts
                        #EXT-X-KEY:METHOD=NONE
                        #EXTINF:2.00000,
                        3.ts
                        #EXT-X-DISCONTINUITY
                        #EXT-X-KEY:METHOD=AES-128,URI="1.key"
                        #EXT-X-PROGRAM-DATE-TIME:1999-12-31T00:00:00.000Z
                        #EXTINF:2.00000,
                        4.ts
                        """,
                        live(2, keyed("0.ts", FIRST_KEY), keyed("1.ts", FIRST_KEY), keyed("2.ts", SECOND_KEY), plain("3.ts", 180_000),
                                new MediaSegment(
                                        "4.ts", 180_000, true, Optional.of(Instant.parse("1999-12-31T00:00:00Z")),
                                        Optional.of(FIRST_KEY)))),
                Arguments.of("an event that has ended", """
                        #EXTM3U
                        #EXT-X-VERSION:3
                        #EXT-X-TARGETDURATION:1
                        #EXT-X-PLAYLIST-TYPE:EVENT
                        #EXT-X-MEDIA-SEQUENCE:0
                        #EXT-X-DISCONTINUITY-SEQUENCE:0
                        #EXTINF:0.00001,
                        0.ts
                        #EXT-X-ENDLIST
                        """,
                        new MediaPlaylist(1, 0, 0, Optional.of(PlaylistType.EVENT), false, List.of(plain("0.ts", 1)), true)),
                Arguments.of("nothing listed yet", """
                        #EXTM3U
                        #EXT-X-VERSION:3
                        #EXT-X-TARGETDURATION:95443
                        #EXT-X-MEDIA-SEQUENCE:9007199254740991
                        #EXT-X-DISCONTINUITY-SEQUENCE:9007199254740991
                        """,
                        new MediaPlaylist(95_443, (1L << 53) - 1, (1L << 53) - 1, Optional.empty(), false, List.of(), false)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void renders(String name, String text, MediaPlaylist playlist) {
        assertEquals(text, playlist.render());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void parses(String name, String text, MediaPlaylist playlist) throws Exception {
        assertEquals(playlist, MediaPlaylist.parse(text));
        assertEquals(playlist, MediaPlaylist.parse(text.replace("\n", "\r\n")));
        assertEquals(playlist, MediaPlaylist.parse(text.stripTrailing()));
    }

    @Test
    void rendersInitializationSegments() throws Exception {
        InitializationSegment first = new InitializationSegment("init-0.mp4");
        InitializationSegment keyed = new InitializationSegment("all.mp4", Optional.of(new ByteRange(720, 5)), Optional.of(SECOND_KEY));
        MediaPlaylist playlist = live(
                2,
                mapped("0.m4s", false, Optional.of(FIRST_KEY), first),
                mapped("1.m4s", false, Optional.of(FIRST_KEY), first),
                mapped("2.m4s", true, Optional.of(FIRST_KEY), new InitializationSegment("init-1.mp4")),
                mapped("3.m4s", true, Optional.of(SECOND_KEY), keyed),
                mapped("4.m4s", false, Optional.empty(), keyed));
        String text = """
                #EXTM3U
                #EXT-X-VERSION:6
                #EXT-X-TARGETDURATION:2
                #EXT-X-MEDIA-SEQUENCE:0
                #EXT-X-DISCONTINUITY-SEQUENCE:0
                #EXT-X-MAP:URI="init-0.mp4"
                #EXT-X-KEY:METHOD=AES-128,URI="1.key"
                #EXTINF:2.00000,
                0.m4s
                #EXTINF:2.00000,
                1.m4s
                #EXT-X-DISCONTINUITY
                #EXT-X-KEY:METHOD=NONE
                #EXT-X-MAP:URI="init-1.mp4"
                #EXT-X-KEY:METHOD=AES-128,URI="1.key"
                #EXTINF:2.00000,
                2.m4s
                #EXT-X-DISCONTINUITY
                #EXT-X-KEY:METHOD=AES-128,URI="https://keys.example/2?a=b",IV=0x000102030405060708090A0B0C0D0EFF
                #EXT-X-MAP:URI="all.mp4",BYTERANGE="720@5"
                #EXTINF:2.00000,
                3.m4s
                #EXT-X-KEY:METHOD=NONE
                #EXTINF:2.00000,
                4.m4s
                """;
        assertEquals(text, playlist.render());
        assertEquals(playlist, MediaPlaylist.parse(text));
        assertTrue(playlist.removeFirst(1).render().contains("#EXT-X-MAP:URI=\"init-0.mp4\"\n#EXT-X-KEY"), "each refresh begins with it");
    }

    @Test
    void refusesASegmentWithoutInitializationBehindOneThatHasIt() {
        MediaPlaylist playlist = live(2, plain("0.ts", 90_000), mapped("1.m4s", true, Optional.empty(), new InitializationSegment("i.mp4")));
        assertEquals(6, playlist.version());
        String reason = assertThrows(IllegalArgumentException.class, () -> playlist.append(plain("2.ts", 90_000))).getMessage();
        assertEquals("segment 2.ts has no initialization segment, wanted one as before it: EXT-X-MAP cannot be revoked", reason);
    }

    @Test
    void refusesAnInitializationSegment() {
        assertThrows(IllegalArgumentException.class, () -> new InitializationSegment("a\"b"));
        String reason = assertThrows(
                        IllegalArgumentException.class,
                        () -> new InitializationSegment("i.mp4", Optional.empty(), Optional.of(FIRST_KEY)))
                .getMessage();
        assertEquals("key 1.key of the initialization segment i.mp4 has no IV, wanted one", reason);
        assertThrows(IllegalArgumentException.class, () -> new ByteRange(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new ByteRange(1, -1));
    }

    // Ticks times 100,000, divided by 90,000, by hand.
    @ParameterizedTest
    @CsvSource({
        "1,          0.00001", "2,         0.00002", "4,         0.00004", "5,         0.00006", "8,         0.00009", "9,         0.00010",
        "89999,      0.99999", "90000,     1.00000", "90090,     1.00100", "180001,    2.00001", "184499,    2.04999", "3003,      0.03337",
        "8589934591, 95443.71768"
    })
    void rendersSeconds(long ticks, String seconds) {
        StringBuilder out = new StringBuilder();
        Decimals.writeSeconds(ticks, out);
        assertEquals(seconds, out.toString());
        assertEquals(ticks, Decimals.ticks("EXTINF", seconds));
    }

    @ParameterizedTest(name = "a longest segment of {0} ticks needs version {1}")
    @CsvSource({"1, 3", "180000, 3", "180001, 6", "224999, 6"})
    void invariant20_saysTheVersionThatItsDurationsNeed(long ticks, int version) {
        MediaPlaylist playlist = live(2, plain("0.ts", 90_000), plain("1.ts", ticks));
        assertEquals(version, playlist.version());
        assertTrue(playlist.render().contains("#EXT-X-VERSION:" + version + "\n"), playlist.render());
    }

    @Test
    void invariant4_refusesASegmentThatRoundsToMoreThanTheTarget() {
        MediaSegment tooLong = plain("0.ts", 225_000);
        String reason = assertThrows(IllegalArgumentException.class, () -> live(2, tooLong)).getMessage();
        assertTrue(reason.contains("225000 ticks of 0.ts is more than targetDurationSeconds 2"), reason);
        MediaPlaylist empty = live(2);
        assertThrows(IllegalArgumentException.class, () -> empty.append(tooLong));
    }

    @Test
    void cutsTheDateToMilliseconds() {
        MediaSegment segment = dated("0.ts", 1, false, "2026-01-01T00:00:00.123999999Z");
        assertEquals(Optional.of(Instant.parse("2026-01-01T00:00:00.123Z")), segment.programDateTime());
        assertThrows(IllegalArgumentException.class, () -> dated("0.ts", 1, false, "+10000-01-01T00:00:00Z"));
    }

    @ParameterizedTest(name = "{0}, {1} ticks")
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "|1", "#a|1", "a b|1", "a\"b|1", "a\\b|1", "a\u0085b|1", "\u00e4.ts|1", "{$a}.ts|1", "a.ts|0", "a.ts|-1", "a.ts|8589934592"
    })
    void invariant5_refusesASegment(String uri, long ticks) {
        assertThrows(IllegalArgumentException.class, () -> plain(uri == null ? "" : uri, ticks));
    }

    @Test
    void refusesAKey() {
        Optional<Bytes> fifteen = Optional.of(Bytes.copyOf(new byte[15]));
        String reason = assertThrows(IllegalArgumentException.class, () -> new SegmentKey("k", fifteen)).getMessage();
        assertEquals("length of the IV in bytes 15 is not 16 to 16", reason);
        assertThrows(IllegalArgumentException.class, () -> new SegmentKey("k\"", Optional.empty()));
        assertThrows(IllegalArgumentException.class, () -> new SegmentKey("a".repeat(4_097), Optional.empty()));
    }

    @Test
    void refusesNumbersThatPlayersCannotCount() {
        List<MediaSegment> one = List.of(plain("0.ts", 1));
        assertThrows(IllegalArgumentException.class, () -> new MediaPlaylist(1, (1L << 53) - 1, 0, Optional.empty(), false, one, false));
        assertThrows(IllegalArgumentException.class, () -> new MediaPlaylist(1, -1, 0, Optional.empty(), false, one, false));
        assertThrows(IllegalArgumentException.class, () -> new MediaPlaylist(1, 0, 1L << 53, Optional.empty(), false, one, false));
        assertThrows(IllegalArgumentException.class, () -> new MediaPlaylist(0, 0, 0, Optional.empty(), false, List.of(), false));
        List<MediaSegment> tooMany = Collections.nCopies(65_537, one.get(0));
        assertThrows(IllegalArgumentException.class, () -> new MediaPlaylist(1, 0, 0, Optional.empty(), false, tooMany, false));
    }

    @Test
    void invariants8_9_removalCountsSegmentsAndTheirDiscontinuities() {
        MediaPlaylist playlist = new MediaPlaylist(6, 10, 4, Optional.empty(), false, List.of(
                plain("0.ts", 90_000),
                dated("1.ts", 90_000, true, "2026-01-01T00:00:00Z"),
                dated("2.ts", 90_000, true, "2026-01-01T00:00:01Z")), false);

        MediaPlaylist afterOne = playlist.removeFirst(1);
        assertEquals(11, afterOne.mediaSequence());
        assertEquals(4, afterOne.discontinuitySequence());
        MediaPlaylist afterTwo = playlist.removeFirst(2);
        assertEquals(12, afterTwo.mediaSequence());
        assertEquals(5, afterTwo.discontinuitySequence());
        assertEquals(List.of("2.ts"), afterTwo.segments().stream().map(MediaSegment::uri).toList());
        assertEquals(13, afterTwo.nextMediaSequence());
        assertEquals(90_000, afterTwo.durationTicks());
        assertEquals(playlist, playlist.removeFirst(0));
        assertThrows(IndexOutOfBoundsException.class, () -> playlist.removeFirst(4));
    }

    @Test
    void invariant15_nothingChangesAfterTheEnd() {
        MediaPlaylist ended = live(6, plain("0.ts", 90_000)).end();
        assertTrue(ended.render().endsWith("0.ts\n#EXT-X-ENDLIST\n"));
        assertSame(ended, ended.end());
        assertThrows(IllegalStateException.class, () -> ended.append(plain("1.ts", 90_000)));
        assertThrows(IllegalStateException.class, () -> ended.removeFirst(1));
    }

    @Test
    void invariant16_anEventOnlyAppends() {
        MediaPlaylist event = new MediaPlaylist(6, 0, 0, Optional.of(PlaylistType.EVENT), false, List.of(plain("0.ts", 90_000)), false);
        assertEquals(2, event.append(plain("1.ts", 90_000)).segments().size());
        assertThrows(IllegalStateException.class, () -> event.removeFirst(1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new MediaPlaylist(6, 0, 0, Optional.of(PlaylistType.VOD), false, List.of(), false));
    }

    @Test
    void keepsItsSegmentsWhateverHappensToTheList() {
        List<MediaSegment> segments = new ArrayList<>(List.of(plain("0.ts", 1)));
        MediaPlaylist playlist = new MediaPlaylist(6, 0, 0, Optional.empty(), false, segments, false);
        segments.clear();
        assertEquals(1, playlist.segments().size());
    }

    static MediaPlaylist live(int targetDurationSeconds, MediaSegment... segments) {
        return new MediaPlaylist(targetDurationSeconds, 0, 0, Optional.empty(), false, List.of(segments), false);
    }

    static MediaSegment plain(String uri, long durationTicks) {
        return new MediaSegment(uri, durationTicks, false, Optional.empty(), Optional.empty());
    }

    private static MediaSegment keyed(String uri, SegmentKey key) {
        return new MediaSegment(uri, 180_000, false, Optional.empty(), Optional.of(key));
    }

    private static MediaSegment mapped(String uri, boolean discontinuity, Optional<SegmentKey> key, InitializationSegment map) {
        return new MediaSegment(uri, 180_000, discontinuity, Optional.empty(), key, Optional.of(map));
    }

    private static MediaSegment dated(String uri, long durationTicks, boolean discontinuity, String time) {
        return new MediaSegment(uri, durationTicks, discontinuity, Optional.of(Instant.parse(time)), Optional.empty());
    }
}
