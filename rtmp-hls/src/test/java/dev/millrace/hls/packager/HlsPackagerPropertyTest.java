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

    /** One URL, and the processes that serve it one after the other. */
    private static final class Channel {
        final FaultyStore store = new FaultyStore(SegmentStores.inMemory().forStream("live/cam"));
        final Station.Memory memory = new Station.Memory();
        Station station = new Station(HlsOptions.DEFAULT, store, memory, Instant.parse("2026-01-01T00:00:00Z"));
        int breaks;
        long lost;

        Channel run(List<Step> steps) {
            station.connect();
            station.send(8);
            steps.forEach(this::run);
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
                    lost += station.packager.statistics().lostSegments();
                    station = new Station(HlsOptions.DEFAULT, store, memory, station.instant().plusSeconds(step.seconds));
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
    void invariants3_4_5_6_7_8_9_10_12_13_14_15_16_17_20_24_26_holdWhateverHappensToAStream(@ForAll("steps") List<Step> steps) {
        Channel channel = new Channel().run(steps);
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
    void invariants11_52_aStoreThatFailsCostsSegmentsThatAreCountedAndMarked(@ForAll("steps") List<Step> steps) {
        Channel channel = new Channel().run(steps);
        Station station = channel.station;
        station.assertAllGood();
        boolean failed = steps.stream().anyMatch(step -> step.kind == Kind.STORE_FAILS && step.seconds > 3);
        assertTrue(!failed || channel.lost > 0, "52: a lost segment is not counted");
        assertTrue(station.discontinuities() <= channel.breaks + channel.lost, "11: marked " + station.discontinuities() + " times");
        assertTrue(channel.breaks + channel.lost == 0 || station.discontinuities() > 0, "11, 52: not marked");
        assertEquals(0, station.packager.statistics().pendingSegments(), "52: the stream goes on");
        assertTrue(station.list().nextMediaSequence() - station.snapshots.get(0).media().mediaSequence() >= 4);
        for (List<byte[]> timeline : channel.timelines()) {
            new TsCheck().audioGaps().lateVideo().check(timeline);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.of(Kind.values()), Arbitraries.integers().between(1, 18)).as(Step::new)
                .list().ofMaxSize(8);
    }
}
