package dev.millrace.hls.packager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.playlist.MultivariantPlaylist;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.hls.testkit.TsReader;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Many read while one publishes. */
class SnapshotRaceTest {

    private static final int READERS = 4;
    private static final int VERSIONS = 30;

    private final Station station = new Station(HlsOptions.DEFAULT, SegmentStores.inMemory().forStream("live/cam"));
    private volatile boolean over;

    /** Reads over and over; says how many versions it saw. */
    private int read(Semaphore turns) throws Exception {
        Set<Long> versions = new HashSet<>();
        long last = -1;
        while (!over) {
            HlsSnapshot snapshot = station.packager.snapshot().orElseThrow();
            assertTrue(snapshot.version() >= last, "invariant 22: version " + snapshot.version() + " after " + last);
            last = snapshot.version();
            versions.add(last);
            checkComplete(snapshot);
            turns.release();
        }
        return versions.size();
    }

    private void checkComplete(HlsSnapshot snapshot) throws Exception {
        String media = text(snapshot.mediaText().bytes());
        assertEquals(snapshot.media(), MediaPlaylist.parse(media), "invariant 22: media playlist");
        byte[] gzip = TsReader.bytes(List.of(snapshot.mediaText().gzip()));
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
        assertEquals(media, new String(plain, StandardCharsets.UTF_8), "invariant 22: compressed");
        String variants = text(snapshot.multivariantText().bytes());
        assertEquals(snapshot.multivariant(), MultivariantPlaylist.parse(variants), "invariant 22: multivariant playlist");
        for (MediaSegment segment : snapshot.media().segments()) {
            assertTrue(station.isThere(segment.uri()), "invariant 22: " + segment.uri());
        }
    }

    private static String text(List<ByteBuffer> buffers) {
        return new String(TsReader.bytes(buffers), StandardCharsets.UTF_8);
    }

    @Test
    void invariant22_readersSeeCompleteVersionsOnly() throws Exception {
        station.connect();
        station.send(6);
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try {
            List<Semaphore> turns = new ArrayList<>();
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Semaphore own = new Semaphore(0);
                turns.add(own);
                readers.add(threads.submit(() -> read(own)));
            }
            for (int i = 0; i < VERSIONS && readers.stream().noneMatch(Future::isDone); i++) {
                station.send(2);
                awaitTurns(turns, readers);
            }
            for (Future<Integer> reader : readers) {
                if (reader.isDone()) {
                    reader.get(); // has found something
                }
            }
            over = true;
            for (Future<Integer> reader : readers) {
                int versions = reader.get(30, TimeUnit.SECONDS);
                assertTrue(versions >= VERSIONS, versions + " versions seen");
            }
        } finally {
            over = true;
            threads.shutdown();
        }
        station.assertAllGood();
    }

    /** The second turn from now on began after now. */
    private static void awaitTurns(List<Semaphore> turns, List<Future<Integer>> readers) throws InterruptedException {
        for (int i = 0; i < turns.size(); i++) {
            turns.get(i).drainPermits();
            boolean done = false;
            for (int waits = 0; waits < 300 && !done; waits++) {
                done = readers.get(i).isDone() || turns.get(i).tryAcquire(2, 100, TimeUnit.MILLISECONDS);
            }
            assertTrue(done, "reader " + i + " does not get on");
        }
    }
}
