package dev.millrace.hls.packager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.FlvFrames;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentContent;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.hls.store.SegmentWriter;
import dev.millrace.hls.store.StoreState;
import dev.millrace.hls.testkit.ManualTime;
import dev.millrace.media.Cancellable;
import dev.millrace.media.EndReason;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaSource;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HlsPackagersTest {

    private static final String NAME = "rtmp/live/radio";

    /** AAC-LC, 48 kHz, stereo. */
    private static final byte[] AAC_HEADER = HexFormat.of().parseHex("af001190");

    private static final byte[] AAC_FRAME = HexFormat.of().parseHex("af0121100504a01b80");

    /** Two segments and a bit. */
    private static final int FRAMES = 200;

    private final ManualTime time = new ManualTime();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> events = new ArrayList<>();
    private final SegmentStores memory = SegmentStores.inMemory();
    private final Map<String, Store> stores = new HashMap<>();
    private final HlsPackagers packagers =
            new HlsPackagers(HlsOptions.DEFAULT, this::store, tasks::add, this::listener, time, time);

    private boolean statesFail;
    private boolean discardsFail;
    private boolean listenersThrow;
    private Optional<CompletableFuture<Void>> heldDiscard = Optional.empty();

    private SegmentStore store(String name) {
        return stores.computeIfAbsent(name, one -> new Store(one, memory.forStream(one)));
    }

    private HlsListener listener(String name) {
        return new HlsListener() {
            private void event(String text) {
                events.add(text + " " + name);
                if (listenersThrow) {
                    throw new IllegalStateException("a host's mistake");
                }
            }

            @Override
            public void onEnded() {
                event("ended");
            }

            @Override
            public void onExpired() {
                event("expired");
            }

            @Override
            public void onOpenFailed(Throwable failure) {
                event(failure.getMessage());
            }

            @Override
            public void onDiscardFailed(Throwable failure) {
                event(failure.getMessage());
            }
        };
    }

    private void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void pass(long millis) {
        time.advance(millis);
        runAll();
    }

    /** Lets the grace of a stream that has ended pass, and then the time for which its playlist is still served. */
    private void expire() {
        pass(HlsOptions.DEFAULT.grace().toMillis());
        pass(600_000);
    }

    private Optional<HlsStream> find() {
        return packagers.find(NAME).toCompletableFuture().join();
    }

    private List<MediaSegment> listed() {
        return find().orElseThrow().snapshot().orElseThrow().media().segments();
    }

    /** A store whose calls fail on demand, and whose discard can be held. */
    private final class Store implements SegmentStore {
        private final String name;
        private final SegmentStore store;
        private int discards;

        private Store(String name, SegmentStore store) {
            this.name = name;
            this.store = store;
        }

        @Override
        public CompletionStage<Optional<StoreState>> state() {
            return statesFail ? CompletableFuture.failedStage(new IOException("no state")) : store.state();
        }

        @Override
        public CompletionStage<SegmentWriter> open(ObjectName object) {
            return store.open(object);
        }

        @Override
        public CompletionStage<Void> delete(ObjectName object) {
            return store.delete(object);
        }

        @Override
        public CompletionStage<Optional<SegmentContent>> read(ObjectName object) {
            return store.read(object);
        }

        @Override
        public CompletionStage<Void> saveState(StoreState state) {
            return store.saveState(state);
        }

        @Override
        public CompletionStage<Void> discard() {
            discards++;
            if (discardsFail) {
                return CompletableFuture.failedStage(new IOException("no discard"));
            }
            CompletionStage<Void> held = heldDiscard.<CompletionStage<Void>>map(one -> one).orElse(CompletableFuture.completedStage(null));
            return held.thenCompose(released -> store.discard()).thenRun(() -> stores.remove(name, this));
        }
    }

    /** A source that keeps all its frames. */
    private static final class Source implements MediaSource {
        private final List<Consumer<MediaSubscriber>> calls = new ArrayList<>(List.of(to -> to.onStart(StreamHeaders.EMPTY)));
        private final CompletableFuture<EndReason> end = new CompletableFuture<>();
        private int subscriptions;
        private int cancelled;

        private static Source of(int frames) {
            Source source = new Source();
            try {
                source.add(FlvFrames.audio(0, AAC_HEADER));
                for (int i = 0; i < frames; i++) {
                    source.add(FlvFrames.audio(i * 1_024_000L / 48_000, AAC_FRAME));
                }
            } catch (MalformedException e) {
                throw new AssertionError(e);
            }
            return source;
        }

        private static Source ended(int frames) {
            Source source = of(frames);
            source.calls.add(to -> to.onEnd(EndReason.CONNECTION_LOST));
            source.end.complete(EndReason.CONNECTION_LOST);
            return source;
        }

        private void add(MediaFrame frame) {
            calls.add(to -> to.onFrame(frame));
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Cancellable subscribe(MediaSubscriber subscriber, Executor executor) {
            subscriptions++;
            calls.forEach(call -> executor.execute(() -> call.accept(subscriber)));
            return () -> cancelled++;
        }

        @Override
        public CompletionStage<EndReason> end() {
            return end;
        }
    }

    @Test
    void oneNameHasOnePlaylistOverItsPublications() {
        packagers.follow(Source.ended(FRAMES));
        runAll();
        HlsStream stream = find().orElseThrow();
        int before = listed().size();
        assertTrue(before >= 2);
        packagers.follow(Source.ended(FRAMES));
        runAll();
        assertSame(stream, find().orElseThrow());
        assertEquals(2 * before, listed().size());
        assertEquals(1, listed().stream().filter(MediaSegment::discontinuity).count());
        assertEquals(Set.of(NAME), packagers.statistics().keySet());
        assertEquals(2L * before, packagers.statistics().get(NAME).listedSegments());
        assertEquals(Optional.empty(), packagers.find("rtmp/live/other").toCompletableFuture().join());
    }

    @Test
    void aStreamIsFoundWhileItsPackagerIsBeingOpened() {
        packagers.follow(Source.of(FRAMES));
        CompletableFuture<Optional<HlsStream>> found = packagers.find(NAME).toCompletableFuture();
        assertFalse(found.isDone());
        assertEquals(Map.of(), packagers.statistics());
        runAll();
        assertTrue(found.join().isPresent());
    }

    @Test
    void aStoreThatFailsIsTriedAgainWhileTheSourceLives() {
        statesFail = true;
        Source source = Source.of(FRAMES);
        packagers.follow(source);
        runAll();
        assertEquals(List.of("no state " + NAME), events);
        assertEquals(Optional.empty(), find());
        pass(5_000);
        assertEquals(2, events.size());
        statesFail = false;
        pass(4_999);
        assertEquals(Optional.empty(), find());
        pass(1);
        assertFalse(listed().isEmpty());
        assertEquals(1, source.subscriptions);
        assertEquals(2, events.size());
    }

    @Test
    void aSourceThatHasEndedIsNotTriedAgain() {
        statesFail = true;
        Source source = Source.of(FRAMES);
        packagers.follow(source);
        runAll();
        source.end.complete(EndReason.CONNECTION_LOST);
        assertEquals(0, time.waiting());
        pass(60_000);
        assertEquals(1, events.size());
        assertEquals(0, source.subscriptions);
    }

    @Test
    void anExpiredNameIsForgottenAndStartsAnew() {
        packagers.follow(Source.ended(FRAMES));
        runAll();
        HlsStream first = find().orElseThrow();
        expire();
        assertEquals(List.of("ended " + NAME, "expired " + NAME), events);
        assertEquals(Optional.empty(), find());
        assertEquals(Map.of(), packagers.statistics());
        assertEquals(Map.of(), stores, "discarded");
        packagers.follow(Source.of(FRAMES));
        runAll();
        assertNotSame(first, find().orElseThrow());
        assertEquals(0, listed().stream().filter(MediaSegment::discontinuity).count());
    }

    @Test
    void aNameThatComesBackWaitsForItsDiscard() {
        packagers.follow(Source.ended(FRAMES));
        runAll();
        CompletableFuture<Void> discard = new CompletableFuture<>();
        heldDiscard = Optional.of(discard);
        expire();
        Source next = Source.of(FRAMES);
        packagers.follow(next);
        CompletableFuture<Optional<HlsStream>> found = packagers.find(NAME).toCompletableFuture();
        runAll();
        assertFalse(found.isDone(), "the old store is still being discarded");
        assertEquals(0, next.subscriptions);
        discard.complete(null);
        runAll();
        assertTrue(found.isDone());
        assertFalse(listed().isEmpty());
        assertEquals(1, next.subscriptions);
    }

    @Test
    void aDiscardThatFailedIsTriedAgainBeforeTheNameIsPackagedAgain() {
        packagers.follow(Source.ended(FRAMES));
        runAll();
        Store old = stores.get(NAME);
        discardsFail = true;
        expire();
        assertEquals("no discard " + NAME, events.get(2));
        Source next = Source.of(FRAMES);
        packagers.follow(next);
        runAll();
        assertEquals(2, old.discards);
        assertEquals(List.of("no discard " + NAME, "no discard " + NAME), events.subList(3, 5), "neither discarded nor opened");
        discardsFail = false;
        pass(5_000);
        assertEquals(3, old.discards);
        assertFalse(listed().isEmpty());
    }

    @Test
    void aPublicationThatMeetsTheExpiryIsPackagedAnew() {
        packagers.follow(Source.ended(FRAMES));
        runAll();
        pass(HlsOptions.DEFAULT.grace().toMillis());
        time.advance(600_000);
        assertEquals(1, tasks.size(), "the expiry is on its way");
        Source next = Source.of(FRAMES);
        packagers.follow(next);
        runAll();
        assertEquals(2, next.subscriptions);
        assertEquals(1, next.cancelled);
        assertEquals(0, listed().stream().filter(MediaSegment::discontinuity).count());
        assertEquals(Set.of(NAME), stores.keySet());
    }

    @Test
    void endEndsAllPlaylistsAndFollowsNoMore() {
        packagers.follow(Source.of(FRAMES));
        runAll();
        CompletableFuture<Void> end = packagers.end().toCompletableFuture();
        runAll();
        assertTrue(end.isDone());
        assertTrue(find().orElseThrow().snapshot().orElseThrow().media().ended());
        Source late = Source.of(FRAMES);
        packagers.follow(late);
        runAll();
        assertEquals(0, late.subscriptions);
        assertTrue(find().orElseThrow().snapshot().orElseThrow().media().ended());
    }

    @Test
    void whatIsStoredAtTheEndIsContinuedByTheNextLife() {
        packagers.follow(Source.of(FRAMES));
        runAll();
        packagers.end();
        runAll();
        int before = listed().size();
        HlsPackagers next = new HlsPackagers(HlsOptions.DEFAULT, this::store, tasks::add, this::listener, time, time);
        next.follow(Source.of(FRAMES));
        runAll();
        pass(600_000);
        assertEquals("expired " + NAME, events.get(1), "of the life before");
        HlsStream stream = next.find(NAME).toCompletableFuture().join().orElseThrow();
        List<MediaSegment> segments = stream.snapshot().orElseThrow().media().segments();
        assertTrue(segments.size() > before);
        for (MediaSegment segment : segments) {
            ObjectName name = ObjectName.ofFileName(segment.uri()).orElseThrow();
            assertTrue(stream.store().read(name).toCompletableFuture().join().isPresent(), segment.uri());
        }
    }

    @Test
    void endDoesNotFailWhereAPackagerCouldNotBeOpened() {
        CompletableFuture<Void> discard = new CompletableFuture<>();
        packagers.follow(Source.ended(FRAMES));
        runAll();
        heldDiscard = Optional.of(discard);
        expire();
        packagers.follow(Source.of(FRAMES));
        CompletableFuture<Void> end = packagers.end().toCompletableFuture();
        runAll();
        assertFalse(end.isDone());
        discard.completeExceptionally(new IOException("no discard"));
        runAll();
        assertFalse(end.isCompletedExceptionally());
        assertTrue(end.isDone());
    }

    @Test
    void aListenerThatThrowsChangesNothing() {
        listenersThrow = true;
        packagers.follow(Source.ended(FRAMES));
        runAll();
        expire();
        assertEquals(List.of("ended " + NAME, "expired " + NAME), events);
        assertEquals(Optional.empty(), find());
        assertEquals(Map.of(), stores);
    }
}
