package dev.millrace.hls.packager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.hls.testkit.TsCheck;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** One URL over publishers that stall and come back, stores that fail, and processes that die. {@link Station} looks at each playlist. */
class HlsPackagerPropertyTest {

    /** What happens. */
    enum Kind {
        SEND,
        BURST,
        RECONNECT,
        STORE_FAILS,
        STORE_IS_SILENT,
        RESTART
    }

    record Step(Kind kind, int seconds) {}

    /** The shortest window or the usual one; whether the store works from the beginning; and what follows. */
    record Life(boolean shortWindow, boolean failsAtFirst, List<Step> steps) {}

    /** One URL, and the processes that serve it one after the other. */
    private static final class Channel {
        final FaultyStore store = new FaultyStore(SegmentStores.inMemory().forStream("live/cam"));
        final Station.Memory memory = new Station.Memory();
        final HlsOptions options;
        Station station;
        int breaks;
        long lost;

        Channel(boolean shortWindow) {
            options = HlsOptions.DEFAULT.withWindowSegments(shortWindow ? 3 : 6);
            station = new Station(options, store, memory, Instant.parse("2026-01-01T00:00:00Z"));
        }

        Channel run(Life life) {
            store.failing = life.failsAtFirst;
            station.connect();
            station.send(5);
            store.failing = false;
            station.send(8);
            life.steps.forEach(this::run);
            store.failing = false;
            store.silent = false;
            station.send(40); // what no store has answered is given up meanwhile
            lost += station.packager.statistics().lostSegments();
            return this;
        }

        private void run(Step step) {
            store.failing = step.kind == Kind.STORE_FAILS;
            store.silent = step.kind == Kind.STORE_IS_SILENT;
            switch (step.kind) {
                case BURST -> station.burst(step.seconds);
                case RECONNECT -> {
                    breaks++;
                    station.hangUp();
                    station.pass(step.seconds * 500L);
                    station.connect();
                    station.send(step.seconds);
                }
                case RESTART -> {
                    breaks++;
                    station.assertAllGood();
                    // What waits for the store goes with the packager.
                    lost += station.packager.statistics().lostSegments() + station.packager.statistics().pendingSegments();
                    station = new Station(options, store, memory, station.instant().plusSeconds(step.seconds));
                    station.connect();
                    station.send(step.seconds);
                }
                default -> station.send(step.seconds);
            }
        }

        /** The listed segments between two discontinuities. */
        List<List<byte[]>> timelines() {
            List<List<byte[]>> timelines = new ArrayList<>(List.of(new ArrayList<>()));
            for (MediaSegment segment : station.list().segments()) {
                if (segment.discontinuity()) {
                    timelines.add(new ArrayList<>());
                }
                timelines.get(timelines.size() - 1).add(station.fetch(segment.uri()));
            }
            timelines.removeIf(List::isEmpty);
            return timelines;
        }
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void invariants3_4_5_6_7_8_9_10_12_13_14_15_16_17_20_24_26_holdWhateverHappensToAStream(@ForAll("lives") Life life) {
        Channel channel = new Channel(life.shortWindow).run(life);
        Station station = channel.station;
        MediaPlaylist before = station.list();
        assertFalse(before.ended());
        station.packager.end().toCompletableFuture().join();
        MediaPlaylist last = station.list();
        assertTrue(last.ended());
        assertTrue(last.nextMediaSequence() - before.nextMediaSequence() <= 1, "15: what was under way, and the end");
        station.send(6);
        station.pass(600_000);
        assertEquals(last, station.list(), "15: nothing follows");
        station.assertAllGood();
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void invariants11_52_aStoreThatFailsCostsSegmentsThatAreCountedAndMarked(@ForAll("lives") Life life) {
        Channel channel = new Channel(life.shortWindow).run(life);
        Station station = channel.station;
        station.assertAllGood();
        boolean failed = life.failsAtFirst || life.steps.stream().anyMatch(step -> step.kind == Kind.STORE_FAILS && step.seconds > 3);
        assertTrue(!failed || channel.lost > 0, "52: a lost segment is not counted");
        assertTrue(station.discontinuities() <= channel.breaks + channel.lost, "11: marked " + station.discontinuities() + " times");
        // A segment that is lost before any other was listed leaves no gap that a player could see.
        boolean marked = channel.breaks + channel.lost > (life.failsAtFirst ? 2 : 0);
        assertTrue(!marked || station.discontinuities() > 0, "11, 52: not marked");
        assertEquals(0, station.packager.statistics().pendingSegments(), "52: the stream goes on");
        assertTrue(station.list().nextMediaSequence() - station.snapshots.get(0).media().mediaSequence() >= 4);
        for (List<byte[]> timeline : channel.timelines()) {
            new TsCheck().audioGaps().lateVideo().check(timeline);
        }
    }

    @Provide
    Arbitrary<Life> lives() {
        Arbitrary<List<Step>> steps = Combinators.combine(Arbitraries.of(Kind.values()), Arbitraries.integers().between(1, 18))
                .as(Step::new).list().ofMaxSize(8);
        return Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(false, false, true), steps).as(Life::new);
    }
}
