package dev.millrace.hls.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class MemorySegmentStoreTest {

    private static final ObjectName ID = ObjectName.segment("0123456789ab", 0, "ts");
    private static final ObjectName OTHER = ObjectName.segment("0123456789ab", 1, "ts");
    private static final StoreState STATE = new StoreState(Bytes.EMPTY, Set.of(ID));

    private final ByteBudget budget = new ByteBudget("segments in memory", 1_000);
    private final SegmentStores small = new MemorySegmentStores(budget);

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static String failure(CompletionStage<?> stage) {
        Throwable cause = assertThrows(CompletionException.class, () -> now(stage)).getCause();
        assertInstanceOf(IOException.class, cause);
        return cause.getMessage();
    }

    private static List<ByteBuffer> bytes(int length) {
        return List.of(ByteBuffer.allocate(length));
    }

    @Test
    void invariant51_refusesWhatGoesBeyondTheLimitOfAllStreams() {
        SegmentWriter first = now(small.forStream("a").open(ID));
        now(first.append(bytes(400)));
        now(first.commit(STATE));

        SegmentWriter second = now(small.forStream("b").open(ID));
        now(second.append(bytes(600)));
        String refusal = failure(second.append(bytes(1)));
        assertEquals("segments in memory take 1000 bytes, no room for 1 more, want at most 1000", refusal);
        assertEquals(400, budget.used(), "a segment with a hole is of no use, so its bytes are free at once");
        assertEquals(refusal, failure(second.append(bytes(1))));
        assertTrue(failure(second.commit(STATE)).contains("not kept whole"));
        assertEquals(Optional.empty(), now(small.forStream("b").read(ID)));
        assertEquals(Optional.empty(), now(small.forStream("b").state()));

        SegmentWriter third = now(small.forStream("b").open(ID));
        now(third.append(bytes(600)));
        now(third.commit(STATE));
        assertEquals(600, now(small.forStream("b").read(ID)).orElseThrow().size());
    }

    @Test
    void givesBackWhatIsDeletedAbandonedOrDiscarded() {
        SegmentStore store = small.forStream("a");
        SegmentWriter writer = now(store.open(ID));
        now(writer.append(bytes(100)));
        now(writer.commit(STATE));
        assertEquals(100, budget.used());
        now(store.delete(ID));
        now(store.delete(ID));
        assertEquals(0, budget.used());

        SegmentWriter abandoned = now(store.open(ID));
        now(abandoned.append(bytes(200)));
        now(abandoned.abandon());
        now(abandoned.abandon());
        assertEquals(0, budget.used());

        SegmentWriter committed = now(store.open(ID));
        now(committed.append(bytes(300)));
        now(committed.commit(STATE));
        now(now(store.open(OTHER)).append(bytes(300)));
        now(store.discard());
        now(store.discard());
        assertEquals(0, budget.used());
    }

    @Test
    void aReaderKeepsASegmentThatIsDeleted() {
        SegmentStore store = small.forStream("a");
        SegmentWriter writer = now(store.open(ID));
        now(writer.append(List.of(ByteBuffer.wrap(new byte[] {1, 2, 3}))));
        now(writer.commit(STATE));
        SegmentContent.InMemory content = (SegmentContent.InMemory) now(store.read(ID)).orElseThrow();
        now(store.delete(ID));
        assertEquals(List.of(ByteBuffer.wrap(new byte[] {1, 2, 3})), content.chunks());
        assertTrue(content.chunks().get(0).isReadOnly());
    }

    @Test
    void refusesALimitOfNothing() {
        assertThrows(IllegalArgumentException.class, () -> SegmentStores.inMemory(0));
        assertThrows(IllegalArgumentException.class, () -> SegmentStores.directory(Path.of("x"), Runnable::run, 0));
    }

    @Test
    void aBudgetDoesNotOverflow() throws Exception {
        ByteBudget huge = new ByteBudget("test", Long.MAX_VALUE);
        huge.take(Long.MAX_VALUE);
        assertThrows(IOException.class, () -> huge.take(1));
        assertThrows(IOException.class, () -> huge.take(Long.MAX_VALUE));
        assertEquals(Long.MAX_VALUE, huge.used());
    }
}
