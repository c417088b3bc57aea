package dev.millrace.hls.packager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentContent;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.hls.store.SegmentWriter;
import dev.millrace.hls.store.StoreState;
import dev.millrace.hls.testkit.ManualTime;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class HlsPackagersTest {

    private static final String NAME = "rtmp/live/radio";

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

    private static AudioSource live() {
        return new AudioSource(NAME).header(AudioSource.STEREO).frames(FRAMES);
    }

    private static AudioSource over() {
        return live().ended();
    }

    @Test
    void oneNameHasOnePlaylistOverItsPublications() {
        packagers.follow(over());
        runAll();
        HlsStream stream = find().orElseThrow();
        int before = listed().size();
        assertTrue(before >= 2);
        packagers.follow(over());
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
        packagers.follow(live());
        CompletableFuture<Optional<HlsStream>> found = packagers.find(NAME).toCompletableFuture();
        assertFalse(found.isDone());
        assertEquals(Map.of(), packagers.statistics());
        runAll();
        assertTrue(found.join().isPresent());
    }

    @Test
    void aStoreThatFailsIsTriedAgainWhileTheSourceLives() {
        statesFail = true;
        AudioSource source = live();
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
        AudioSource source = live();
        packagers.follow(source);
        runAll();
        source.ended();
        assertEquals(0, time.waiting());
        pass(60_000);
        assertEquals(1, events.size());
        assertEquals(0, source.subscriptions);

        AudioSource other = live();
        packagers.follow(other);
        runAll();
        time.advance(5_000);
        other.ended();
        runAll();
        assertEquals(2, events.size(), "it ended while the retry was on its way");
    }

    @Test
    void anExpiredNameIsForgottenAndStartsAnew() {
        packagers.follow(over());
        runAll();
        HlsStream first = find().orElseThrow();
        expire();
        assertEquals(List.of("ended " + NAME, "expired " + NAME), events);
        assertEquals(Optional.empty(), find());
        assertEquals(Map.of(), packagers.statistics());
        assertEquals(Map.of(), stores, "discarded");
        packagers.follow(live());
        runAll();
        assertNotSame(first, find().orElseThrow());
        assertEquals(0, listed().stream().filter(MediaSegment::discontinuity).count());
    }

    @Test
    void aNameThatComesBackWaitsForItsDiscard() {
        packagers.follow(over());
        runAll();
        CompletableFuture<Void> discard = new CompletableFuture<>();
        heldDiscard = Optional.of(discard);
        expire();
        AudioSource next = live();
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
        packagers.follow(over());
        runAll();
        Store old = stores.get(NAME);
        discardsFail = true;
        expire();
        assertEquals("no discard " + NAME, events.get(2));
        AudioSource next = live();
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
        packagers.follow(over());
        runAll();
        pass(HlsOptions.DEFAULT.grace().toMillis());
        time.advance(600_000);
        assertEquals(1, tasks.size(), "the expiry is on its way");
        AudioSource next = live();
        packagers.follow(next);
        runAll();
        assertEquals(2, next.subscriptions);
        assertEquals(1, next.cancelled);
        assertEquals(0, listed().stream().filter(MediaSegment::discontinuity).count());
        assertEquals(Set.of(NAME), stores.keySet());
    }

    @Test
    void endEndsAllPlaylistsAndFollowsNoMore() {
        packagers.follow(live());
        runAll();
        CompletableFuture<Void> end = packagers.end().toCompletableFuture();
        runAll();
        assertTrue(end.isDone());
        assertTrue(find().orElseThrow().snapshot().orElseThrow().media().ended());
        AudioSource late = live();
        packagers.follow(late);
        runAll();
        assertEquals(0, late.subscriptions);
        assertTrue(find().orElseThrow().snapshot().orElseThrow().media().ended());
    }

    @Test
    void aSourceWhosePackagerOpensAfterTheEndIsNotFollowed() {
        AudioSource source = live();
        packagers.follow(source);
        CompletableFuture<Void> end = packagers.end().toCompletableFuture();
        runAll();
        assertTrue(end.isDone());
        assertEquals(0, source.subscriptions);
    }

    @Test
    void whatIsStoredAtTheEndIsContinuedByTheNextLife() {
        packagers.follow(live());
        runAll();
        packagers.end();
        runAll();
        int before = listed().size();
        HlsPackagers next = new HlsPackagers(HlsOptions.DEFAULT, this::store, tasks::add, this::listener, time, time);
        next.follow(live());
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
        packagers.follow(over());
        runAll();
        heldDiscard = Optional.of(discard);
        expire();
        packagers.follow(live());
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
        packagers.follow(over());
        runAll();
        expire();
        assertEquals(List.of("ended " + NAME, "expired " + NAME), events);
        assertEquals(Optional.empty(), find());
        assertEquals(Map.of(), stores);
    }
}
