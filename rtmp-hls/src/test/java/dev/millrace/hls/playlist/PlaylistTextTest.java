package dev.millrace.hls.playlist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaylistTextTest {

    private static final MediaPlaylist PLAYLIST = MediaPlaylistTest.live(
            2,
            new MediaSegment("0.ts", 180_000, false, Optional.empty(), Optional.of(new SegmentKey("1.key", Optional.empty()))),
            new MediaSegment(
                    "1.ts", 180_000, false, Optional.empty(), Optional.of(new SegmentKey("https://keys.example/2", Optional.empty()))));

    @Test
    void putsTheQueryBehindSegmentsAndKeysOfThisHost() {
        assertEquals("""
                #EXTM3U
                #EXT-X-VERSION:3
                #EXT-X-TARGETDURATION:2
                #EXT-X-MEDIA-SEQUENCE:0
                #EXT-X-DISCONTINUITY-SEQUENCE:0
                #EXT-X-KEY:METHOD=AES-128,URI="1.key?token=a&b"
                #EXTINF:2.00000,
                0.ts?token=a&b
                #EXT-X-KEY:METHOD=AES-128,URI="https://keys.example/2"
                #EXTINF:2.00000,
                1.ts?token=a&b
                """, text(PlaylistText.of(PLAYLIST).bytesWithQuery("token=a&b")));
    }

    @Test
    void putsTheQueryBehindInitializationSegmentsOfThisHost() {
        MediaPlaylist playlist = MediaPlaylistTest.live(
                2,
                new MediaSegment(
                        "0.m4s", 180_000, false, Optional.empty(), Optional.empty(), Optional.of(new InitializationSegment("init-0.mp4"))),
                new MediaSegment(
                        "1.m4s", 180_000, true, Optional.empty(), Optional.empty(),
                        Optional.of(new InitializationSegment("https://cdn.example/init-1.mp4"))));
        assertEquals(
                playlist.render()
                        .replace("init-0.mp4", "init-0.mp4?token=a")
                        .replace(".m4s", ".m4s?token=a"),
                text(PlaylistText.of(playlist).bytesWithQuery("token=a")));
    }

    @Test
    void putsTheQueryBehindVariants() {
        PlaylistText text = PlaylistText.of(new MultivariantPlaylist(false, List.of(
                new Variant("media.m3u8", 2, 1, List.of(), Optional.empty(), OptionalDouble.empty()))));
        assertEquals("""
                #EXTM3U
                #EXT-X-STREAM-INF:BANDWIDTH=2,AVERAGE-BANDWIDTH=1
                media.m3u8?token=a
                """, text(text.bytesWithQuery("token=a")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a.ts,           a.ts?q=1",
        "a.ts?b,         a.ts?b&q=1",
        "a.ts?,          a.ts?&q=1",
        "a.ts#b,         a.ts?q=1#b",
        "a.ts#b?c,       a.ts?q=1#b?c",
        "a.ts?b#c,       a.ts?b&q=1#c",
        "/a/b.ts,        /a/b.ts?q=1",
        "a/b:c.ts,       a/b:c.ts?q=1",
        "../a.ts,        ../a.ts?q=1",
        "?a:b,           ?a:b&q=1",
        "//host/a.ts,    //host/a.ts",
        "///host/a.ts,   ///host/a.ts",
        "http://h/a.ts,  http://h/a.ts",
        "s3:a.ts,        s3:a.ts"
    })
    void findsThePlaceOfTheQuery(String uri, String expected) {
        PlaylistText text = PlaylistText.of(MediaPlaylistTest.live(1, MediaPlaylistTest.plain(uri, 1)));
        assertEquals(expected, text(text.bytesWithQuery("q=1")).lines().reduce("", (before, line) -> line));
    }

    // A backslash and n stand for a line feed.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "_HLS_msn=3|", "_HLS_msn=3&a=1|?a=1", "a=1&_HLS_part=0&b=2|?a=1&b=2", "a_HLS_=1|?a_HLS_=1", "a=_HLS_|?a=_HLS_",
        "a=\"b\"|?a=%22b%22", "a=\\n#EXT-X-ENDLIST|?a=%0A%23EXT-X-ENDLIST", "a=\u00e4|?a=%C3%A4",
        "a=%2F|?a=%2F", "{$a}|?%7B$a%7D", "a[]=~|?a[]=~",
        "a=\\|?a=%5C", "a=\ud800|?a=?"
    })
    void takesFromTheQueryWhatMayStandInAPlaylist(String query, String expected) {
        PlaylistText text = PlaylistText.of(MediaPlaylistTest.live(1, MediaPlaylistTest.plain("a.ts", 1)));
        String last = text(text.bytesWithQuery(query.replace("\\n", "\n"))).lines().reduce("", (before, line) -> line);
        assertEquals("a.ts" + (expected == null ? "" : expected), last);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void invariant2_noQueryBreaksAPlaylist(
            @ForAll("mediaPlaylists") MediaPlaylist playlist, @ForAll @StringLength(max = 50) String query) throws Exception {
        String with = text(PlaylistText.of(playlist).bytesWithQuery(query));
        PlaylistSyntax.check(with);
        assertEquals(playlist.render().lines().count(), with.lines().count());
        assertEquals(playlist.segments().size(), MediaPlaylist.parse(with).segments().size());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void bytesAndGzipAreWhatIsRendered(@ForAll("mediaPlaylists") MediaPlaylist playlist) throws Exception {
        PlaylistText text = PlaylistText.of(playlist);
        assertEquals(playlist.render(), text(text.bytes()));
        assertEquals(playlist.render(), text(text.bytesWithQuery("")));
        assertEquals(playlist.render().length(), text.size());
        byte[] compressed = new byte[text.gzip().remaining()];
        text.gzip().get(compressed);
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes();
        assertEquals(playlist.render(), new String(plain, StandardCharsets.US_ASCII));
    }

    @Test
    void invariant49_compressesOnceWhateverTheNumberOfReaders() throws Exception {
        AtomicInteger compressions = new AtomicInteger();
        List<Thread> readers = new CopyOnWriteArrayList<>();
        CountDownLatch started = new CountDownLatch(8);
        // Who compresses does not get done before all others are there too.
        PlaylistText text = CountedText.of(PLAYLIST, compressions, () -> awaitOthers(readers, started, compressions));
        Queue<ByteBuffer> answers = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 8; i++) {
            readers.add(new Thread(() -> {
                started.countDown();
                answers.add(text.gzip());
            }));
        }
        assertEquals(0, compressions.get(), "nobody has asked");
        readers.forEach(Thread::start);
        for (Thread reader : readers) {
            reader.join(30_000);
        }
        assertEquals(1, compressions.get());
        assertEquals(Collections.nCopies(8, text.gzip()), List.copyOf(answers));
        assertEquals(1, compressions.get());
    }

    private static void awaitOthers(List<Thread> readers, CountDownLatch started, AtomicInteger compressions) {
        try {
            assertTrue(started.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        while (compressions.get() == 1 && readers.stream().anyMatch(PlaylistTextTest::isOnItsWay)) {
            Thread.yield();
        }
    }

    private static boolean isOnItsWay(Thread reader) {
        return reader != Thread.currentThread() && reader.getState() == Thread.State.RUNNABLE;
    }

    @Test
    void refusesAQueryThatIsTooLong() {
        PlaylistText text = PlaylistText.of(PLAYLIST);
        assertTrue(text(text.bytesWithQuery("a".repeat(4_096))).contains("0.ts?" + "a".repeat(4_096) + "\n"));
        assertThrows(IllegalArgumentException.class, () -> text.bytesWithQuery("a".repeat(4_097)));
    }

    @Test
    void readersDoNotMoveEachOthersBuffers() {
        PlaylistText text = PlaylistText.of(PLAYLIST);
        for (int i = 0; i < 2; i++) {
            assertEquals(PLAYLIST.render(), text(text.bytes()));
            assertTrue(text(text.bytesWithQuery("q")).contains("1.ts?q\n"));
            ByteBuffer gzip = text.gzip();
            assertTrue(gzip.hasRemaining());
            gzip.position(gzip.limit());
        }
        assertTrue(text.bytes().get(0).isReadOnly() && text.bytesWithQuery("q").stream().allMatch(ByteBuffer::isReadOnly));
        assertTrue(text.gzip().isReadOnly());
        assertNotSame(text.gzip(), text.gzip());
    }

    /** Reads the buffers to their ends. */
    private static String text(List<ByteBuffer> buffers) {
        StringBuilder out = new StringBuilder();
        buffers.forEach(buffer -> out.append(StandardCharsets.US_ASCII.decode(buffer)));
        return out.toString();
    }

    @Provide
    Arbitrary<MediaPlaylist> mediaPlaylists() {
        return PlaylistSamples.mediaPlaylists();
    }
}
