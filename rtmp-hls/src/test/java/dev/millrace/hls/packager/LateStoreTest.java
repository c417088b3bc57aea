package dev.millrace.hls.packager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.hls.store.StoreState;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a store does long after it was given up must not undo what was done since. */
class LateStoreTest {

    private static final int DEADLINE_SECONDS = 20;

    private final LateStore store = new LateStore(SegmentStores.inMemory().forStream("live/cam"));
    private final Station station = new Station(HlsOptions.DEFAULT, store);

    private StoreState state() {
        return store.state().toCompletableFuture().join().orElseThrow();
    }

    private boolean has(ObjectName id) {
        return store.read(id).toCompletableFuture().join().isPresent();
    }

    /** Sends until long after a segment did not arrive in time. */
    private ObjectName loseASegment() {
        station.connect();
        station.send(8);
        store.holdingCommits = true;
        station.send(4);
        assertEquals(1, store.held());
        ObjectName late = store.newest();
        store.holdingCommits = false;
        station.send(DEADLINE_SECONDS);
        assertTrue(station.packager.statistics().lostSegments() > 0);
        assertFalse(has(late));
        return late;
    }

    private void endPlaylist() {
        station.hangUp();
        station.pass(HlsOptions.DEFAULT.grace().toMillis() + 1_000);
        assertTrue(station.list().ended());
    }

    private void endWithTheStateOnItsWay() {
        station.connect();
        station.send(8);
        store.holdingStates = true;
        endPlaylist();
        assertEquals(1, store.held());
    }

    @Test
    void aCommitThatComesLateBringsNoOldStateBackAndLeavesNoSegment() {
        ObjectName late = loseASegment();
        StoreState held = state();
        store.letGo();
        assertEquals(held, state());
        assertFalse(has(late));
        station.send(4);
        station.list().segments().forEach(segment -> assertTrue(station.isThere(segment.uri()), segment.uri()));
        station.assertAllGood();
    }

    @Test
    void aPlaylistThatHasEndedStaysSo() {
        loseASegment();
        endPlaylist();
        StoreState ended = state();
        store.letGo();
        assertEquals(ended, state());
        station.assertAllGood();
    }

    @Test
    void theStateOfTheEndIsNotOvertakenByASegment() {
        endWithTheStateOnItsWay();
        station.connect();
        station.send(6);
        assertEquals(1, store.held(), "segments wait for the state");
        store.holdingStates = false;
        store.letGo();
        station.send(6);
        assertEquals(1, store.mostChangesAtOnce());
        assertFalse(station.list().ended());
        Set<String> stored = state().retained().stream().map(ObjectName::fileName).collect(Collectors.toSet());
        station.list().segments().forEach(segment -> assertTrue(stored.contains(segment.uri()), segment.uri()));
    }

    @Test
    void aStateThatIsNeverSavedHoldsNothingUp() {
        endWithTheStateOnItsWay();
        store.holdingStates = false;
        station.connect();
        station.send(DEADLINE_SECONDS + 8);
        StoreState live = state();
        assertFalse(station.list().ended());
        store.letGo();
        assertEquals(live, state(), "the end that came late");
    }
}
