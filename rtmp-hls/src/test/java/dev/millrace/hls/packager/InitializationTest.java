package dev.millrace.hls.packager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.crypto.KeyProvider;
import dev.millrace.hls.playlist.InitializationSegment;
import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.hls.ts.TsOptions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Initialization segments in store, state and playlist. {@link QueueStation} checks every playlist on the way. */
class InitializationTest {

    private static final Optional<String> A = Optional.of("A");
    private static final Optional<String> B = Optional.of("B");

    private final FaultyStore store = new FaultyStore(SegmentStores.inMemory().forStream("live/cam"));
    private final QueueStation station = new QueueStation(HlsOptions.DEFAULT, store);

    private static void cut(QueueStation station, Optional<String> initialization, int times) {
        for (int i = 0; i < times; i++) {
            station.cut(initialization);
        }
    }

    private Set<ObjectName> retained() {
        return store.state().toCompletableFuture().join().orElseThrow().retained();
    }

    @Test
    void isStoredOnceAndNamedByEachSegmentThatNeedsIt() {
        cut(station, A, 3);
        List<ObjectName> names = station.initializations();
        assertEquals(1, names.size());
        assertEquals(ObjectName.Kind.INITIALIZATION, names.get(0).kind());
        assertEquals("m4s", names.get(0).extension());
        assertEquals(Optional.of(QueueStation.content("A")), station.read(names.get(0)));
        assertTrue(retained().contains(names.get(0)));
        assertEquals(4, store.held(), "three segments and what they need");
        station.assertAllGood();
    }

    @Test
    void isReplacedAtADiscontinuity() {
        cut(station, A, 2);
        cut(station, B, 1);
        assertEquals(2, station.initializations().size());
        assertTrue(station.list().segments().get(2).discontinuity());
        assertEquals(Optional.of(QueueStation.content("B")), station.read(station.initializations().get(1)));
        station.assertAllGood();
    }

    @Test
    void isRemovedWhenNoListedOrRetainedSegmentNeedsIt() {
        cut(station, A, 1);
        ObjectName first = station.initializations().get(0);
        cut(station, B, 6);
        assertFalse(station.initializations().contains(first));
        assertTrue(station.read(first).isPresent(), "retained");
        cut(station, B, 20);
        assertEquals(Optional.empty(), station.read(first));
        assertFalse(retained().contains(first));
        assertEquals(retained().size(), store.held());
        station.assertAllGood();
    }

    @Test
    void isNotThereBeforeItsPlaylistWhereTheStoreFails() {
        store.failing = true;
        station.cut(A);
        assertEquals(1, station.lost.size());
        assertEquals(Optional.empty(), station.publisher.snapshot());
        store.failing = false;
        cut(station, A, 2);
        assertEquals(2, station.list().segments().size());
        station.assertAllGood();
    }

    /** A process that ends between the two commits leaves an initialization segment that the next state does not retain. */
    @Test
    void leavesNothingBehindWhereItsSegmentWasLost() {
        cut(station, A, 1);
        store.failing = true;
        station.cut(B);
        store.failing = false;
        store.failingSegments = true;
        station.cut(B);
        ObjectName unused = retained().stream()
                .filter(name -> name.kind() == ObjectName.Kind.INITIALIZATION && !station.initializations().contains(name))
                .findAny()
                .orElseThrow();
        assertTrue(station.read(unused).isPresent());
        store.failingSegments = false;
        station.cut(Optional.of("C"));
        assertEquals(Optional.empty(), station.read(unused));
        assertEquals(retained().size(), store.held());
        assertEquals(2, station.lost.size());
        station.assertAllGood();
    }

    @Test
    void isRetainedForTheNextSegmentWhereItsFirstWasLost() {
        cut(station, A, 1);
        store.failingSegments = true;
        station.cut(B);
        store.failingSegments = false;
        station.save();
        Set<ObjectName> saved = retained();
        cut(station, B, 1);
        assertTrue(saved.contains(station.initializations().get(1)));
        assertEquals(retained().size(), store.held());
    }

    @Test
    void isListedAgainAfterARestart() {
        QueueStation.Memory memory = new QueueStation.Memory();
        QueueStation before = new QueueStation(HlsOptions.DEFAULT, QueueStation.CONTAINER, store, memory, Instant.EPOCH);
        cut(before, A, 3);
        QueueStation after = new QueueStation(HlsOptions.DEFAULT, QueueStation.CONTAINER, store, memory, before.instant().plusSeconds(5));
        assertEquals(before.list(), after.list());
        cut(after, A, 2);
        assertEquals(2, after.initializations().size(), "the content of an earlier life is not known");
        assertEquals(1, after.list().segments().stream().filter(MediaSegment::discontinuity).count());
        assertEquals(Optional.of("video/mp4"), after.publisher.mediaType(after.initializations().get(0)));
        before.assertAllGood();
        after.assertAllGood();
    }

    @Test
    void aRestartListsNoSegmentWhoseInitializationSegmentIsGone() {
        cut(station, A, 2);
        cut(station, B, 2);
        store.delete(station.initializations().get(0)).toCompletableFuture().join();
        QueueStation after = new QueueStation(HlsOptions.DEFAULT, store);
        assertEquals(station.list().segments().subList(2, 4), after.list().segments());
    }

    /** EXT-X-MAP cannot be revoked: a playlist of segments that need it cannot go on with others. */
    @Test
    void anotherFormatBeginsAnotherPlaylist() {
        cut(station, A, 3);
        QueueStation after =
                new QueueStation(HlsOptions.DEFAULT, TsOptions.DEFAULT, store, new QueueStation.Memory(), station.instant());
        assertEquals(Optional.empty(), after.publisher.snapshot());
        cut(after, Optional.empty(), 3);
        assertEquals(3, after.list().segments().size());
        assertTrue(after.list().mediaSequence() >= station.list().mediaSequence());
        assertTrue(after.list().segments().get(0).uri().endsWith(".ts"));
        after.assertAllGood();
    }

    @Test
    void isNotEncryptedWhereSegmentsAre() {
        HlsOptions encrypted = HlsOptions.DEFAULT.withEncryption(new HlsEncryption(KeyProvider.derived(new byte[32]), 2));
        QueueStation one = new QueueStation(encrypted, store);
        cut(one, A, 2);
        cut(one, B, 1);
        for (MediaSegment segment : one.list().segments()) {
            assertTrue(segment.key().isPresent());
            assertEquals(Optional.empty(), segment.initialization().flatMap(InitializationSegment::key));
        }
        assertEquals(Optional.of(QueueStation.content("B")), one.read(one.initializations().get(1)));
        one.assertAllGood();
    }

    enum Kind {
        CUT,
        STORE_FAILS,
        SEGMENTS_FAIL,
        STORE_IS_SILENT,
        RESTART
    }

    record Step(Kind kind, String initialization, int segments) {}

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void invariants6_13_14_holdWhateverHappens(@ForAll("steps") List<Step> steps) {
        FaultyStore disk = new FaultyStore(SegmentStores.inMemory().forStream("live/cam"));
        QueueStation.Memory memory = new QueueStation.Memory();
        QueueStation one = new QueueStation(HlsOptions.DEFAULT, QueueStation.CONTAINER, disk, memory, Instant.EPOCH);
        Set<ObjectName> initializations = new HashSet<>();
        for (Step step : steps) {
            disk.failing = step.kind == Kind.STORE_FAILS;
            disk.failingSegments = step.kind == Kind.SEGMENTS_FAIL;
            disk.silent = step.kind == Kind.STORE_IS_SILENT;
            if (step.kind == Kind.RESTART) {
                one.assertAllGood();
                one = new QueueStation(HlsOptions.DEFAULT, QueueStation.CONTAINER, disk, memory, one.instant().plusSeconds(3));
            }
            cut(one, Optional.of(step.initialization), step.segments);
            one.publisher.snapshot().ifPresent(known -> initializations.addAll(names(known.media())));
        }
        disk.failing = false;
        disk.failingSegments = false;
        disk.silent = false;
        // What no store has answered is given up, and what was listed on the way has expired.
        cut(one, A, 60);
        one.assertAllGood();
        assertEquals(1, one.initializations().size());
        initializations.removeAll(one.initializations());
        for (ObjectName gone : initializations) {
            assertEquals(Optional.empty(), one.read(gone), gone.fileName());
        }
    }

    private static List<ObjectName> names(MediaPlaylist list) {
        return list.segments().stream()
                .map(segment -> ObjectName.ofFileName(segment.initialization().orElseThrow().uri()).orElseThrow())
                .distinct()
                .toList();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.of(Kind.values()), Arbitraries.of("A", "B", "C"), Arbitraries.integers().between(1, 8))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
    }
}
