package dev.millrace.hls.playlist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class PlaylistPropertyTest {

    @Property(edgeCases = EdgeCasesMode.NONE)
    void invariant2_readsTheMediaPlaylistItWrote(@ForAll("mediaPlaylists") MediaPlaylist playlist) throws Exception {
        assertEquals(playlist, MediaPlaylist.parse(playlist.render()));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void invariant2_readsTheMultivariantPlaylistItWrote(@ForAll("multivariantPlaylists") MultivariantPlaylist playlist) throws Exception {
        assertEquals(playlist, MultivariantPlaylist.parse(playlist.render()));
    }

    @Property
    void invariant2_aDurationComesBackToTheTick(@ForAll @LongRange(min = 1, max = (1L << 33) - 1) long ticks) {
        StringBuilder out = new StringBuilder();
        Decimals.writeSeconds(ticks, out);
        assertEquals(ticks, Decimals.ticks("EXTINF", out.toString()), out.toString());
        double off = Math.abs(Double.parseDouble(out.toString()) - ticks / 90_000.0);
        assertTrue(off < 0.000_006, out + " is " + off + " off");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void invariants1_4_5_16_20_21_holdInEachText(@ForAll("mediaPlaylists") MediaPlaylist playlist) {
        PlaylistSyntax.check(playlist.render());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void invariant21_whatWasRemovedFromTheProtocolIsReadAndNeverWritten(
            @ForAll("mediaPlaylists") MediaPlaylist media,
            @ForAll("multivariantPlaylists") MultivariantPlaylist multivariant) throws Exception {
        String olderMedia = media.render().replaceFirst("\n", "\n#EXT-X-ALLOW-CACHE:YES\n");
        assertEquals(media.render(), MediaPlaylist.parse(olderMedia).render());
        String older = multivariant.render().replace("#EXT-X-STREAM-INF:", "#EXT-X-STREAM-INF:PROGRAM-ID=1,")
                .replaceFirst("\n", "\n#EXT-X-ALLOW-CACHE:NO\n");
        String read = MultivariantPlaylist.parse(older).render();
        assertEquals(multivariant.render(), read);
        List<String> attributes = List.of("BANDWIDTH", "AVERAGE-BANDWIDTH", "CODECS", "RESOLUTION", "FRAME-RATE");
        read.lines().filter(line -> line.startsWith("#")).forEach(line -> {
            assertTrue(line.matches("#EXTM3U|#EXT-X-INDEPENDENT-SEGMENTS|#EXT-X-STREAM-INF:.*"), "21: " + line);
            Matcher names = Pattern.compile("[:,]([A-Z-]+)=").matcher(line.replaceAll("\"[^\"]*\"", ""));
            names.results().forEach(name -> assertTrue(attributes.contains(name.group(1)), "21: " + line));
        });
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void invariant19_theKeyOfEachSegmentIsSaidBeforeIt(@ForAll("mediaPlaylists") MediaPlaylist playlist) {
        List<String> keys = PlaylistSyntax.keys(playlist.render());
        assertEquals(playlist.segments().size(), keys.size());
        for (int i = 0; i < keys.size(); i++) {
            Optional<SegmentKey> wanted = playlist.segments().get(i).key();
            String got = keys.get(i);
            assertEquals(wanted.isPresent(), got.contains("METHOD=AES-128"), got);
            assertTrue(wanted.isEmpty() || got.contains("URI=\"" + wanted.get().uri() + "\""), got);
            assertEquals(wanted.flatMap(SegmentKey::iv).isPresent(), got.contains(",IV=0x"), got);
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theInitializationSegmentOfEachSegmentIsSaidBeforeIt(@ForAll("mediaPlaylists") MediaPlaylist playlist) {
        List<String> initializations = PlaylistSyntax.initializations(playlist.render());
        for (int i = 0; i < initializations.size(); i++) {
            Optional<InitializationSegment> wanted = playlist.segments().get(i).initialization();
            String got = initializations.get(i);
            assertEquals(wanted.isPresent(), !got.isEmpty(), got);
            if (wanted.isPresent()) {
                InitializationSegment one = wanted.get();
                String range = one.range().map(some -> ",BYTERANGE=\"" + some.length() + "@" + some.offset() + "\"").orElse("");
                assertTrue(got.endsWith("#EXT-X-MAP:URI=\"" + one.uri() + "\"" + range), got);
                String key = got.substring(0, got.indexOf("#EXT-X-MAP"));
                assertEquals(one.key().isPresent(), key.contains("METHOD=AES-128"), got);
                assertTrue(one.key().isEmpty() || key.contains("URI=\"" + one.key().get().uri() + "\",IV=0x"), got);
            }
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anInitializationSegmentIsSaidAgainOnlyWhereItChanges(@ForAll("mediaPlaylists") MediaPlaylist playlist) {
        long changes = 0;
        Optional<InitializationSegment> before = Optional.empty();
        for (MediaSegment segment : playlist.segments()) {
            changes += segment.initialization().equals(before) ? 0 : 1;
            before = segment.initialization();
        }
        assertEquals(changes, playlist.render().lines().filter(line -> line.startsWith("#EXT-X-MAP")).count());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void invariants3_6_7_8_9_15_16_holdOverChanges(
            @ForAll("steps") List<Step> steps, @ForAll @LongRange(max = 1L << 40) long first, @ForAll boolean event) throws Exception {
        Optional<PlaylistType> type = event ? Optional.of(PlaylistType.EVENT) : Optional.empty();
        MediaPlaylist playlist = new MediaPlaylist(6, first, 7, type, false, List.of(), false);
        PlaylistHistory history = new PlaylistHistory(90_000);
        int appended = 0;
        for (Step step : steps) {
            if (playlist.ended()) {
                break;
            }
            boolean isDiscontinuity = appended > 0 && step.discontinuity();
            playlist = playlist.append(new MediaSegment(appended++ + ".ts", 540_000, isDiscontinuity, Optional.empty(), Optional.empty()));
            if (!event && playlist.segments().size() > 3) {
                playlist = playlist.removeFirst(Math.min(step.removed(), playlist.segments().size() - 3));
            }
            playlist = step.last() ? playlist.end() : playlist;
            history.check(MediaPlaylist.parse(playlist.render()));
        }
        assertEquals(appended, history.uris().size());
        assertEquals(first + appended, playlist.nextMediaSequence());
    }

    record Step(boolean discontinuity, int removed, boolean last) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Boolean> seldom = Arbitraries.integers().between(0, 19).map(n -> n == 0);
        return Combinators.combine(Arbitraries.of(true, false), Arbitraries.integers().between(0, 3), seldom).as(Step::new)
                .list().ofMinSize(1).ofMaxSize(30);
    }

    @Property
    void anyTextIsAPlaylistOrIsRefused(@ForAll String text) {
        checkMedia(text);
        checkMedia("#EXTM3U\n" + text);
        checkMultivariant("#EXTM3U\n" + text);
    }

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void anyLinesAreAPlaylistOrAreRefused(@ForAll("lines") List<String> lines) {
        String text = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n" + String.join("\n", lines);
        checkMedia(text);
        checkMultivariant("#EXTM3U\n" + String.join("\n", lines));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aChangedPlaylistIsOneOrIsRefused(
            @ForAll("mediaPlaylists") MediaPlaylist media, @ForAll("multivariantPlaylists") MultivariantPlaylist multivariant,
            @ForAll @IntRange(max = 100_000) int at, @ForAll("characters") char changed) {
        checkMedia(changed(media.render(), at, changed));
        checkMultivariant(changed(multivariant.render(), at, changed));
    }

    private static String changed(String text, int at, char changed) {
        StringBuilder out = new StringBuilder(text);
        out.setCharAt(at % text.length(), changed);
        return out.toString();
    }

    private static void checkMedia(String text) {
        try {
            MediaPlaylist read = MediaPlaylist.parse(text);
            PlaylistSyntax.check(read.render());
            assertEquals(read, MediaPlaylist.parse(read.render()));
        } catch (PlaylistFormatException refused) {
            checkReason(refused);
        }
    }

    private static void checkMultivariant(String text) {
        try {
            MultivariantPlaylist read = MultivariantPlaylist.parse(text);
            assertEquals(read, MultivariantPlaylist.parse(read.render()));
        } catch (PlaylistFormatException refused) {
            checkReason(refused);
        }
    }

    private static void checkReason(PlaylistFormatException refused) {
        assertTrue(refused.line() >= 1);
        assertTrue(refused.getMessage().matches("line [0-9]+: [ -~]{10,}"), refused.getMessage());
        assertTrue(refused.getMessage().length() < 330, refused.getMessage());
    }

    @Provide
    Arbitrary<Character> characters() {
        return Arbitraries.oneOf(Arbitraries.of('\n', '\r', '"', ',', ':', '#', '=', '0', '.', '-', '\0', '\uFEFF'), Arbitraries.chars());
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> tags = Arbitraries.of(
                "#EXTM3U", "#EXTINF", "#EXT-X-VERSION", "#EXT-X-TARGETDURATION", "#EXT-X-MEDIA-SEQUENCE", "#EXT-X-DISCONTINUITY-SEQUENCE",
                "#EXT-X-DISCONTINUITY", "#EXT-X-KEY", "#EXT-X-PROGRAM-DATE-TIME", "#EXT-X-PLAYLIST-TYPE", "#EXT-X-ENDLIST",
                "#EXT-X-UNKNOWN", "#EXT-X-STREAM-INF", "#EXT-X-INDEPENDENT-SEGMENTS", "# comment");
        Arbitrary<String> values = Arbitraries.of(
                "", ":", ":0", ":1", ":5.99999,", ":6.49999999,title", ":6.5,", ":9007199254740991", ":99999999999999999999", ":-1",
                ":EVENT", ":VOD",
                ":METHOD=NONE", ":METHOD=AES-128,URI=\"k\"", ":METHOD=AES-128,URI=\"k\",IV=0X1", ":METHOD=AES-128", ":METHOD=\"", ":=,=",
                ":2026-01-01T00:00:00+0100", ":2026-13-01T00:00:00Z",
                ":BANDWIDTH=1", ":BANDWIDTH=1,RESOLUTION=1x1,FRAME-RATE=0.0009", ":1.");
        Arbitrary<String> uris = Arbitraries.oneOf(Arbitraries.of("a.ts", "b c.ts"), PlaylistSamples.uris());
        Arbitrary<String> segments = uris.map(uri -> "#EXTINF:4.2,\n" + uri);
        return Arbitraries.oneOf(Combinators.combine(tags, values).as(String::concat), segments, uris).list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<MediaPlaylist> mediaPlaylists() {
        return PlaylistSamples.mediaPlaylists();
    }

    @Provide
    Arbitrary<MultivariantPlaylist> multivariantPlaylists() {
        return PlaylistSamples.multivariantPlaylists();
    }
}
