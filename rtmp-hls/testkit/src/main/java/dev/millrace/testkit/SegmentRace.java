package dev.millrace.testkit;

import static dev.millrace.testkit.SegmentProbe.CHUNK_BYTES;
import static dev.millrace.testkit.SegmentProbe.await;
import static dev.millrace.testkit.SegmentProbe.bytes;
import static dev.millrace.testkit.SegmentProbe.stateOf;
import static dev.millrace.testkit.SegmentProbe.toBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentContent;
import dev.millrace.hls.store.SegmentStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Two threads that read segments while they are written and deleted. */
final class SegmentRace {

    private static final int SEGMENTS = 100;
    private static final int KEPT = 10;

    private final SegmentStore store;
    private final AtomicBoolean written = new AtomicBoolean();

    private SegmentRace(SegmentStore store) {
        this.store = store;
    }

    static void run(SegmentStore store) throws Exception {
        SegmentRace race = new SegmentRace(store);
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> reads = List.of(readers.submit(race::read), readers.submit(race::read));
            race.write();
            for (Future<Integer> read : reads) {
                assertTrue(read.get(30, TimeUnit.SECONDS) > 0, "a reader that found nothing proves nothing");
            }
        } finally {
            readers.shutdownNow();
        }
    }

    private static ObjectName id(int serial) {
        return ObjectName.segment("0123456789ab", serial, "ts");
    }

    private void write() throws Exception {
        try {
            for (int i = 0; i < SEGMENTS; i++) {
                SegmentProbe.commit(store, id(i), bytes(i, CHUNK_BYTES), stateOf(id(i)));
                if (i >= KEPT) {
                    await(store.delete(id(i - KEPT)));
                }
            }
        } finally {
            written.set(true);
        }
    }

    /** Reads until all segments are written, and once more. */
    private int read() throws Exception {
        int found = 0;
        boolean last = false;
        while (!last) {
            last = written.get();
            for (int i = 0; i < SEGMENTS; i++) {
                Optional<SegmentContent> content = await(store.read(id(i)));
                found += content.isPresent() && isWhole(content.get(), bytes(i, CHUNK_BYTES)) ? 1 : 0;
            }
        }
        return found;
    }

    private static boolean isWhole(SegmentContent content, byte[] wanted) throws IOException {
        try {
            assertEquals(wanted.length, content.size());
            assertArrayEquals(wanted, toBytes(content));
            return true;
        } catch (NoSuchFileException deleted) {
            return false;
        }
    }
}
