package dev.millrace.hls.packager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.codec.aac.AdtsHeader;
import dev.millrace.flv.FlvFrames;
import dev.millrace.hls.crypto.KeyProvider;
import dev.millrace.hls.origin.HlsBody;
import dev.millrace.hls.origin.HlsOrigin;
import dev.millrace.hls.origin.HlsRequest;
import dev.millrace.hls.origin.HlsResponse;
import dev.millrace.hls.origin.OriginOptions;
import dev.millrace.hls.playlist.InitializationSegment;
import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.playlist.MultivariantPlaylist;
import dev.millrace.hls.playlist.PlaylistHistory;
import dev.millrace.hls.playlist.PlaylistSyntax;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.hls.testkit.AdtsContainer;
import dev.millrace.hls.testkit.ManualTime;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.EndReason;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A format with initialization segments, from the frames of a publisher over segmenter, packager, stores and restarts to the origin: nothing but
 * {@link AdtsContainer} knows it.
 */
class SecondContainerTest {

    private static final String NAME = "rtmp/live/radio";
    private static final Bytes STEREO = Bytes.copyOf(AudioSource.STEREO).slice(2, 2);
    private static final Bytes MONO = Bytes.copyOf(AudioSource.MONO).slice(2, 2);
    private static final HlsOptions OPTIONS = HlsOptions.DEFAULT.withContainer(new AdtsContainer());

    /** 94 frames of 1024 samples at 48 kHz are a bit more than 2 s. */
    private static final int FRAMES = 94;

    private final List<String> refused = new ArrayList<>();
    private final HlsListener listener = new HlsListener() {
        @Override
        public void onTrackRefused(Codec codec, String reason) {
            refused.add(reason);
        }
    };

    /** One life of a process: with its end, its timers are gone. */
    private final class Life {
        private final ManualTime time;
        private final HlsPackagers packagers;
        private final HlsOrigin origin;

        private Life(HlsOptions options, SegmentStores stores) {
            this(options, stores, new ManualTime());
        }

        private Life(HlsOptions options, SegmentStores stores, ManualTime time) {
            this.time = time;
            packagers = new HlsPackagers(options, stores, Runnable::run, name -> listener, time, time);
            origin = new HlsOrigin(packagers, OriginOptions.DEFAULT, time, time);
        }

        private HlsResponse get(String file) {
            return origin.handle(HlsRequest.get("/" + NAME + "/" + file)).toCompletableFuture().join();
        }

        private Bytes fetch(String file) throws IOException {
            HlsResponse response = get(file);
            assertEquals(200, response.status(), file);
            return Bytes.takeOver(content(response.body()));
        }

        private MediaPlaylist list() throws Exception {
            return MediaPlaylist.parse(new String(fetch("media.m3u8").toByteArray(), StandardCharsets.US_ASCII));
        }

        private Bytes initialization(MediaSegment segment) throws IOException {
            return fetch(segment.initialization().orElseThrow().uri());
        }
    }

    private static byte[] content(HlsBody body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        body.writeTo(Channels.newChannel(out));
        return out.toByteArray();
    }

    private static AudioSource source() {
        return new AudioSource(NAME);
    }

    /** The numbers of the frames of a segment, and their channels. */
    private static List<String> frames(Bytes segment) throws Exception {
        List<String> frames = new ArrayList<>();
        for (int at = 0; at < segment.size();) {
            AdtsHeader header = AdtsHeader.parse(segment.slice(at, segment.size() - at));
            assertEquals(AdtsHeader.BYTES + 4, header.frameBytes());
            int number = ByteBuffer.wrap(segment.slice(at + AdtsHeader.BYTES, 4).toByteArray()).getInt();
            frames.add(number + " of " + header.channelConfiguration());
            at += header.frameBytes();
        }
        return frames;
    }

    private static Stream<String> numbers(int from, int to, int channels) {
        return IntStream.range(from, to).mapToObj(number -> number + " of " + channels);
    }

    @Test
    void everyFrameComesOutBehindItsInitializationSegment() throws Exception {
        Life life = new Life(OPTIONS, SegmentStores.inMemory());
        life.packagers.follow(source().header(AudioSource.STEREO).frames(3 * FRAMES).header(AudioSource.MONO).frames(2 * FRAMES).ended());
        MediaPlaylist list = life.list();
        List<String> got = new ArrayList<>();
        for (MediaSegment segment : list.segments()) {
            assertTrue(segment.uri().endsWith(".adts"));
            assertEquals("audio/aac", life.get(segment.uri()).headers().get("Content-Type"));
            assertEquals("audio/aac", life.get(segment.initialization().orElseThrow().uri()).headers().get("Content-Type"));
            List<String> frames = frames(life.fetch(segment.uri()));
            boolean isStereo = frames.get(0).endsWith("of 2");
            assertEquals(AdtsContainer.initialization(isStereo ? STEREO : MONO), life.initialization(segment));
            got.addAll(frames);
        }
        assertEquals(Stream.concat(numbers(0, 3 * FRAMES, 2), numbers(3 * FRAMES, 5 * FRAMES, 1)).toList(), got);
        assertEquals(1, list.segments().stream().filter(MediaSegment::discontinuity).count());
        assertEquals(2, list.segments().stream().map(MediaSegment::initialization).distinct().count());
        assertEquals(6, list.version());
        assertEquals(2, list.render().lines().filter(line -> line.startsWith("#EXT-X-MAP:URI=")).count());
        PlaylistSyntax.check(list.render());
        String variants = new String(life.fetch("index.m3u8").toByteArray(), StandardCharsets.US_ASCII);
        assertEquals(List.of("mp4a.40.2"), MultivariantPlaylist.parse(variants).variants().get(0).codecs());
    }

    @Test
    void aTrackThatTheContainerCannotCarryIsRefused() throws Exception {
        Life life = new Life(OPTIONS, SegmentStores.inMemory());
        life.packagers.follow(source().header(AudioSource.STEREO).frames(10).ended());
        MediaSubscriber to = ((HlsPackager) life.packagers.find(NAME).toCompletableFuture().join().orElseThrow()).attach();
        to.onStart(StreamHeaders.EMPTY);
        to.onFrame(FlvFrames.audio(0, new byte[] {0x2F, 1, 2, 3}));
        to.onEnd(EndReason.UNPUBLISHED);
        assertEquals(1, refused.size());
        assertTrue(refused.get(0).contains("is not AAC"), refused.get(0));
    }

    @Test
    void segmentsAreEncryptedAndInitializationSegmentsAreNot() throws Exception {
        HlsOptions encrypted = OPTIONS.withEncryption(new HlsEncryption(KeyProvider.derived(new byte[32]), 1));
        Life life = new Life(encrypted, SegmentStores.inMemory());
        life.packagers.follow(source().header(AudioSource.STEREO).frames(2 * FRAMES).header(AudioSource.MONO).frames(FRAMES).ended());
        MediaPlaylist list = life.list();
        assertTrue(list.segments().size() >= 3);
        for (MediaSegment segment : list.segments()) {
            assertEquals(Optional.empty(), segment.initialization().flatMap(InitializationSegment::key));
            assertTrue(life.initialization(segment).equals(AdtsContainer.initialization(STEREO))
                    || life.initialization(segment).equals(AdtsContainer.initialization(MONO)));
            assertEquals(0, life.fetch(segment.uri()).size() % 16);
            assertNotEquals(0xFF, life.fetch(segment.uri()).unsignedByteAt(0));
            assertEquals(16, life.fetch(segment.key().orElseThrow().uri()).size());
        }
    }

    @Test
    void aRestartContinuesThePlaylist(@TempDir Path folder) throws Exception {
        Life before = new Life(OPTIONS, SegmentStores.directory(folder, Runnable::run));
        before.packagers.follow(source().header(AudioSource.STEREO).frames(3 * FRAMES).ended());
        MediaPlaylist first = before.list();

        ManualTime later = new ManualTime(before.time.instant().plusSeconds(5));
        Life after = new Life(OPTIONS, SegmentStores.directory(folder, Runnable::run), later);
        after.packagers.follow(source().header(AudioSource.STEREO).frames(2 * FRAMES).ended());
        MediaPlaylist list = after.list();
        int common = first.segments().size();
        assertEquals(first.segments(), list.segments().subList(0, common));
        assertTrue(list.segments().get(common).discontinuity());
        assertNotEquals(first.segments().get(0).initialization(), list.segments().get(common).initialization());
        for (MediaSegment segment : list.segments()) {
            assertEquals(AdtsContainer.initialization(STEREO), after.initialization(segment));
            assertTrue(frames(after.fetch(segment.uri())).size() > 0);
        }
        assertEquals("audio/aac", after.get(list.segments().get(0).uri()).headers().get("Content-Type"));
    }

    @Test
    void anInitializationSegmentIsDeletedWithTheLastSegmentThatNeedsIt(@TempDir Path folder) throws Exception {
        Life life = new Life(OPTIONS, SegmentStores.directory(folder, Runnable::run));
        life.packagers.follow(source().header(AudioSource.STEREO).frames(3 * FRAMES).ended());
        String first = life.list().segments().get(0).initialization().orElseThrow().uri();
        for (int i = 0; i < 10; i++) {
            life.time.advance(9_000);
            life.packagers.follow(source().header(AudioSource.MONO).frames(3 * FRAMES).ended());
        }
        assertEquals(404, life.get(first).status());
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> initializations = files.map(file -> file.getFileName().toString())
                    .filter(name -> ObjectName.ofFileName(name).filter(one -> one.kind() == ObjectName.Kind.INITIALIZATION).isPresent())
                    .toList();
            assertEquals(List.of(life.list().segments().get(0).initialization().orElseThrow().uri()), initializations);
        }
    }

    enum Kind {
        STEREO,
        MONO,
        RESTART
    }

    record Step(Kind kind, int segments, int seconds) {}

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void invariants6_13_14_holdInASecondContainer(@ForAll("steps") List<Step> steps) throws Exception {
        SegmentStores stores = SegmentStores.inMemory();
        PlaylistHistory history = new PlaylistHistory(3_600);
        history.datesMove();
        Availability availability = new Availability();
        Life life = new Life(OPTIONS, stores);
        for (Step step : steps) {
            if (step.kind == Kind.RESTART) {
                life = new Life(OPTIONS, stores, new ManualTime(life.time.instant()));
            }
            byte[] header = step.kind == Kind.MONO ? AudioSource.MONO : AudioSource.STEREO;
            life.packagers.follow(source().header(header).frames(step.segments * FRAMES).ended());
            MediaPlaylist list = life.list();
            history.check(list);
            availability.check(list, stores.forStream(NAME), life.time.instant());
            MediaSegment newest = list.segments().get(list.segments().size() - 1);
            assertEquals(AdtsContainer.initialization(Bytes.copyOf(Arrays.copyOfRange(header, 2, 4))), life.initialization(newest));
            // What was sent at once lasts a bit more than 2 s a segment: the dates of the next life must be later.
            life.time.advance(step.segments * 2_100L + step.seconds * 1_000L);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.of(Kind.values()), Arbitraries.integers().between(1, 5), Arbitraries.integers().between(1, 9))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }
}
