package dev.millrace.testkit;

import static dev.millrace.testkit.SegmentProbe.CHUNK_BYTES;
import static dev.millrace.testkit.SegmentProbe.assertFails;
import static dev.millrace.testkit.SegmentProbe.assertHolds;
import static dev.millrace.testkit.SegmentProbe.assertNotThere;
import static dev.millrace.testkit.SegmentProbe.await;
import static dev.millrace.testkit.SegmentProbe.bytes;
import static dev.millrace.testkit.SegmentProbe.chunks;
import static dev.millrace.testkit.SegmentProbe.commit;
import static dev.millrace.testkit.SegmentProbe.stateOf;
import static dev.millrace.testkit.SegmentProbe.toBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentContent;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.hls.store.SegmentWriter;
import dev.millrace.hls.store.StoreState;
import dev.millrace.media.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link SegmentStore}: commits that are whole or absent, states, deletion, restarts. A host tests its own
 * stores with one subclass:
 *
 * <pre>{@code
 * class BucketStoresTest extends SegmentStoreContract {
 *     protected SegmentStores createStores() {
 *         return new BucketStores(emptyBucket());
 *     }
 * }
 * }</pre>
 *
 * <p>Stages may complete on any thread; a test fails if one takes more than 30 seconds. Segments have up to 600,000 bytes.
 * Tests run in the order and on the threads that JUnit chooses; each gets stores of its own.
 */
public abstract class SegmentStoreContract {

    private static final String STREAM = "rtmp/live/contract";
    private static final ObjectName FIRST = ObjectName.segment("0123456789ab", 0, "ts");
    private static final ObjectName SECOND = ObjectName.segment("0123456789ab", 1, "ts");
    private static final ObjectName OTHER_FORMAT = ObjectName.segment("0123456789ab", 0, "m4s");
    private static final ObjectName INITIALIZATION = ObjectName.initialization("0123456789ab", 0, "m4s");

    private SegmentStores stores;
    private SegmentStore store;

    /** Creates the tests; JUnit creates an instance for each of them. */
    protected SegmentStoreContract() {}

    /**
     * Creates the stores that a test uses. Called once for each test.
     *
     * @return stores over empty storage
     * @throws Exception if the storage is not available; the test fails
     */
    protected abstract SegmentStores createStores() throws Exception;

    /**
     * Creates stores as a restarted process does. To be overridden if the storage outlives the process.
     *
     * @param before the stores of {@link #createStores}; no call on them is pending, and none follows
     * @return stores over the same storage; {@code before} itself by default
     * @throws Exception if the storage is not available; the test fails
     */
    protected SegmentStores restart(SegmentStores before) throws Exception {
        return before;
    }

    @BeforeEach
    final void create() throws Exception {
        stores = createStores();
        store = stores.forStream(STREAM);
    }

    private Optional<StoreState> state() throws Exception {
        return await(store.state());
    }

    @Test
    void isEmptyAtFirst() throws Exception {
        assertEquals(Optional.empty(), state());
        assertNotThere(store, FIRST);
        await(store.delete(FIRST));
        assertEquals(Optional.empty(), state());
    }

    @Test
    void returnsCommittedSegments() throws Exception {
        byte[] wanted = bytes(1, 3 * CHUNK_BYTES + 188);
        List<ByteBuffer> chunks = chunks(wanted, CHUNK_BYTES);
        SegmentWriter writer = await(store.open(FIRST));
        // No call waits for the one before: calls take effect in their order.
        CompletionStage<Void> head = writer.append(chunks.subList(0, 1));
        CompletionStage<Void> nothing = writer.append(List.of());
        CompletionStage<Void> tail = writer.append(chunks.subList(1, chunks.size()));
        CompletionStage<Void> commit = writer.commit(stateOf(FIRST));
        await(head);
        await(nothing);
        await(tail);
        await(commit);

        assertHolds(wanted, store, FIRST);
        assertEquals(Optional.of(stateOf(FIRST)), state());
    }

    @Test
    void takesBuffersFromTheirPositionToTheirLimit() throws Exception {
        byte[] around = bytes(2, 1_000);
        SegmentWriter writer = await(store.open(FIRST));
        await(writer.append(List.of(ByteBuffer.wrap(around, 188, 376), ByteBuffer.allocate(0), ByteBuffer.allocateDirect(188))));
        await(writer.commit(stateOf(FIRST)));
        assertHolds(Arrays.copyOf(Arrays.copyOfRange(around, 188, 564), 564), store, FIRST);
    }

    @Test
    void keepsAnEmptySegment() throws Exception {
        commit(store, FIRST, new byte[0], stateOf(FIRST));
        assertHolds(new byte[0], store, FIRST);
    }

    @Test
    void hidesASegmentUntilItIsCommitted() throws Exception {
        await(store.saveState(stateOf("before")));
        SegmentWriter writer = await(store.open(FIRST));
        assertNotThere(store, FIRST);
        await(writer.append(chunks(bytes(3, CHUNK_BYTES), CHUNK_BYTES)));
        assertNotThere(store, FIRST);
        assertEquals(Optional.of(stateOf("before")), state());
        await(writer.commit(stateOf(FIRST)));
        assertHolds(bytes(3, CHUNK_BYTES), store, FIRST);
    }

    @Test
    void deletesAnAbandonedSegment() throws Exception {
        SegmentWriter writer = await(store.open(FIRST));
        await(writer.append(chunks(bytes(4, 188), CHUNK_BYTES)));
        await(writer.abandon());
        assertNotThere(store, FIRST);
        assertEquals(Optional.empty(), state());

        commit(store, FIRST, bytes(5, 376), stateOf(FIRST));
        assertHolds(bytes(5, 376), store, FIRST);
    }

    @Test
    void closesAWriterAtItsCommit() throws Exception {
        SegmentWriter writer = await(store.open(FIRST));
        await(writer.commit(stateOf(FIRST)));
        assertFails(IllegalStateException.class, writer.append(chunks(bytes(6, 188), CHUNK_BYTES)));
        assertFails(IllegalStateException.class, writer.commit(stateOf("again")));
        await(writer.abandon());
        assertHolds(new byte[0], store, FIRST);
        assertEquals(Optional.of(stateOf(FIRST)), state());
    }

    @Test
    void closesAnAbandonedWriter() throws Exception {
        SegmentWriter writer = await(store.open(FIRST));
        await(writer.abandon());
        assertFails(IllegalStateException.class, writer.append(chunks(bytes(7, 188), CHUNK_BYTES)));
        assertFails(IllegalStateException.class, writer.commit(stateOf(FIRST)));
        await(writer.abandon());
        assertNotThere(store, FIRST);
        assertEquals(Optional.empty(), state());
    }

    @Test
    void neverOverwritesASegment() throws Exception {
        commit(store, FIRST, bytes(8, 188), stateOf(FIRST));
        assertFails(Exception.class, store.open(FIRST));
        assertHolds(bytes(8, 188), store, FIRST);

        SegmentWriter writer = await(store.open(SECOND));
        assertFails(Exception.class, store.open(SECOND));
        await(writer.append(chunks(bytes(9, 188), CHUNK_BYTES)));
        await(writer.commit(stateOf(FIRST, SECOND)));
        assertHolds(bytes(9, 188), store, SECOND);
    }

    @Test
    void writesTwoSegmentsAtOnce() throws Exception {
        SegmentWriter first = await(store.open(FIRST));
        SegmentWriter second = await(store.open(SECOND));
        await(second.append(chunks(bytes(11, 376), CHUNK_BYTES)));
        await(first.append(chunks(bytes(10, 188), CHUNK_BYTES)));
        await(second.commit(stateOf(SECOND)));
        assertNotThere(store, FIRST);
        await(first.commit(stateOf(SECOND, FIRST)));
        assertHolds(bytes(10, 188), store, FIRST);
        assertHolds(bytes(11, 376), store, SECOND);
        assertEquals(Optional.of(stateOf(SECOND, FIRST)), state());
    }

    @Test
    void deletesOneSegmentOnly() throws Exception {
        commit(store, FIRST, bytes(12, 188), stateOf(FIRST));
        commit(store, SECOND, bytes(13, 188), stateOf(FIRST, SECOND));
        await(store.saveState(stateOf(SECOND)));
        await(store.delete(FIRST));
        await(store.delete(FIRST));
        assertNotThere(store, FIRST);
        assertHolds(bytes(13, 188), store, SECOND);
        assertEquals(Optional.of(stateOf(SECOND)), state());
    }

    @Test
    void returnsTheNewestStateUnchanged() throws Exception {
        byte[] everyByte = bytes(1, 256);
        byte[] longest = bytes(2, StoreState.MAX_BYTES);
        byte[] asIfRetained = SECOND.fileName().getBytes(StandardCharsets.US_ASCII);
        for (byte[] bytes : List.of(new byte[0], everyByte, "one\r\n\n\n".getBytes(StandardCharsets.US_ASCII), asIfRetained, longest)) {
            for (Set<ObjectName> retained : List.of(Set.<ObjectName>of(), Set.of(FIRST), Set.of(FIRST, INITIALIZATION, OTHER_FORMAT))) {
                StoreState state = new StoreState(Bytes.takeOver(bytes), retained);
                await(store.saveState(state));
                assertEquals(Optional.of(state), state());
            }
        }
    }

    @Test
    void keepsInitializationSegmentsAndMediaSegments() throws Exception {
        commit(store, INITIALIZATION, bytes(21, 700), stateOf(INITIALIZATION));
        assertHolds(bytes(21, 700), store, INITIALIZATION);
        assertNotThere(store, FIRST);
        commit(store, FIRST, bytes(22, 188), stateOf(INITIALIZATION, FIRST));

        SegmentStore next = restart(stores).forStream(STREAM);
        assertHolds(bytes(21, 700), next, INITIALIZATION);
        assertHolds(bytes(22, 188), next, FIRST);
        assertFails(Exception.class, next.open(INITIALIZATION));
        await(next.saveState(stateOf(FIRST)));
        await(next.delete(INITIALIZATION));
        assertNotThere(next, INITIALIZATION);
        assertHolds(bytes(22, 188), next, FIRST);
    }

    @Test
    void distinguishesObjectsByKindAndExtension() throws Exception {
        commit(store, FIRST, bytes(23, 188), stateOf(FIRST));
        commit(store, OTHER_FORMAT, bytes(24, 189), stateOf(FIRST, OTHER_FORMAT));
        commit(store, INITIALIZATION, bytes(25, 190), stateOf(FIRST, OTHER_FORMAT, INITIALIZATION));
        assertHolds(bytes(23, 188), store, FIRST);
        assertHolds(bytes(24, 189), store, OTHER_FORMAT);
        assertHolds(bytes(25, 190), store, INITIALIZATION);
        await(store.delete(OTHER_FORMAT));
        assertNotThere(store, OTHER_FORMAT);
        assertHolds(bytes(23, 188), store, FIRST);
        assertHolds(bytes(25, 190), store, INITIALIZATION);
    }

    @Test
    void separatesStreamsWithSimilarNames() throws Exception {
        List<String> names = List.of("", "a/b", "a_b", "a b", "A/B", "a//b", "..", "../x", "/", "\u0000", "Aa", "BB",
                "\ud800", "\udbff", "?", "x".repeat(1_000), "x".repeat(1_001));
        for (int i = 0; i < names.size(); i++) {
            commit(stores.forStream(names.get(i)), FIRST, bytes(i, 188 + i), stateOf("stream " + i, FIRST));
        }
        await(stores.forStream(names.get(0)).discard());
        assertNotThere(stores.forStream(names.get(0)), FIRST);
        for (int i = 1; i < names.size(); i++) {
            assertHolds(bytes(i, 188 + i), stores.forStream(names.get(i)), FIRST);
            assertEquals(Optional.of(stateOf("stream " + i, FIRST)), await(stores.forStream(names.get(i)).state()));
        }
    }

    @Test
    void readersHavePositionsOfTheirOwn() throws Exception {
        commit(store, FIRST, bytes(14, 376), stateOf(FIRST));
        SegmentContent content = await(store.read(FIRST)).orElseThrow();
        toBytes(content);
        assertArrayEquals(bytes(14, 376), toBytes(content));
        assertHolds(bytes(14, 376), store, FIRST);
    }

    @Test
    void deletesADiscardedStream() throws Exception {
        commit(store, FIRST, bytes(15, 188), stateOf(FIRST));
        SegmentWriter writer = await(store.open(SECOND));
        await(store.discard());
        assertNotThere(store, FIRST);
        assertFails(IOException.class, writer.append(chunks(bytes(16, 188), CHUNK_BYTES)));
        assertFails(IOException.class, store.open(SECOND));
        assertFails(IOException.class, store.saveState(stateOf(SECOND)));

        SegmentStore next = stores.forStream(STREAM);
        assertEquals(Optional.empty(), await(next.state()));
        assertNotThere(next, FIRST);
        SegmentWriter successor = await(next.open(SECOND));
        await(successor.append(chunks(bytes(17, 188), CHUNK_BYTES)));
        assertFails(IOException.class, writer.commit(stateOf(SECOND)));
        await(successor.commit(stateOf(SECOND)));
        await(store.delete(SECOND));
        await(store.discard());
        assertHolds(bytes(17, 188), next, SECOND);
        assertHolds(bytes(17, 188), stores.forStream(STREAM), SECOND);
        assertEquals(Optional.of(stateOf(SECOND)), await(next.state()));
    }

    @Test
    void returnsCommittedSegmentsAfterARestart() throws Exception {
        commit(store, FIRST, bytes(18, CHUNK_BYTES), stateOf(FIRST));
        commit(store, SECOND, bytes(19, 188), stateOf(FIRST, SECOND));

        SegmentStore next = restart(stores).forStream(STREAM);
        assertHolds(bytes(18, CHUNK_BYTES), next, FIRST);
        assertHolds(bytes(19, 188), next, SECOND);
        assertEquals(Optional.of(stateOf(FIRST, SECOND)), await(next.state()));
        assertFails(Exception.class, next.open(FIRST));

        ObjectName third = ObjectName.segment("ba9876543210", 0, "ts");
        commit(next, third, bytes(20, 188), stateOf(SECOND, third));
        await(next.delete(FIRST));
        SegmentStore last = restart(stores).forStream(STREAM);
        assertNotThere(last, FIRST);
        assertHolds(bytes(19, 188), last, SECOND);
        assertHolds(bytes(20, 188), last, third);
    }

    /** Players must be able to fetch every listed segment in full. */
    @Test
    void readersSeeWholeSegmentsOnly() throws Exception {
        SegmentRace.run(store);
    }
}
