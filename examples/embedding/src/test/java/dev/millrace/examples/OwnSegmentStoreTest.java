package dev.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.packager.HlsListener;
import dev.millrace.hls.packager.HlsOptions;
import dev.millrace.hls.packager.HlsPackager;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.hls.store.SegmentWriter;
import dev.millrace.hls.store.StoreState;
import dev.millrace.media.Bytes;
import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import dev.millrace.testkit.SegmentStoreContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Does what the library asks of every store, and what only this one can. */
class OwnSegmentStoreTest extends SegmentStoreContract {

    private static final String CDN = "https://cdn.example/live/";
    private static final ObjectName ID = ObjectName.segment("0123456789ab", 0, "ts");

    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final Bucket bucket = new Bucket.MemoryBucket(objects, ForkJoinPool.commonPool());

    @Override
    protected SegmentStores createStores() {
        return OwnSegmentStore.in(bucket, CDN);
    }

    @Override
    protected SegmentStores restart(SegmentStores before) {
        return OwnSegmentStore.in(bucket, CDN);
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void playersAreSentToTheBucket() throws Exception {
        SegmentStore store = createStores().forStream("rtmp/live/cam");
        HlsPackager packager = await(HlsPackager.open("rtmp/live/cam", HlsOptions.DEFAULT, store, Runnable::run, HlsListener.NONE));
        MediaSubscriber to = packager.attach();
        List<MediaFrame> frames = TestClient.media();
        packager.executor().execute(() -> {
            to.onStart(StreamHeaders.EMPTY);
            frames.forEach(to::onFrame);
            to.onEnd(EndReason.UNPUBLISHED);
        });
        await(packager.end());

        List<MediaSegment> segments = packager.snapshot().orElseThrow().media().segments();
        assertEquals(3, segments.size());
        for (MediaSegment segment : segments) {
            assertTrue(segment.uri().startsWith(CDN), segment.uri());
            byte[] content = objects.get(segment.uri().substring(CDN.length()));
            assertTrue(content.length > 188);
            assertEquals(0x47, content[188], "a packet of a transport stream");
        }
    }

    @Test
    void whatAnUploadLeftBehindIsRemovedAtTheNextStart() throws Exception {
        SegmentStore store = OwnSegmentStore.in(new Bucket.MemoryBucket(objects, Runnable::run), CDN).forStream("cam");
        String prefix = store.publicUri(ID).orElseThrow().substring(CDN.length()).replace(ID.fileName(), "");
        objects.put(prefix + ID.fileName(), new byte[188]);
        objects.put(prefix + "not-ours.txt", new byte[1]);
        assertEquals(Optional.empty(), await(store.read(ID)));
        assertEquals(Set.of(prefix + "not-ours.txt"), objects.keySet());
    }

    @Test
    void afterAFailedUploadTheNextOneWorks() throws Exception {
        UnreliableBucket failing = new UnreliableBucket(bucket);
        SegmentStore store = OwnSegmentStore.in(failing, CDN).forStream("cam");
        for (String part : List.of(".ts", "state")) {
            failing.refused = part;
            SegmentWriter writer = await(store.open(ID));
            await(writer.append(List.of(ByteBuffer.allocate(188))));
            CompletableFuture<Void> commit = writer.commit(new StoreState(Bytes.EMPTY, Set.of(ID))).toCompletableFuture();
            ExecutionException failure = assertThrows(ExecutionException.class, () -> commit.get(30, TimeUnit.SECONDS));
            assertInstanceOf(IOException.class, failure.getCause());
            failing.refused = "none";
            assertEquals(Optional.empty(), await(store.read(ID)));
            assertEquals(Optional.empty(), await(store.state()));
            assertTrue(objects.isEmpty());
        }
        SegmentWriter writer = await(store.open(ID));
        await(writer.commit(new StoreState(Bytes.EMPTY, Set.of(ID))));
        assertEquals(0, await(store.read(ID)).orElseThrow().size());
    }

    @Test
    void aSegmentIsNotThereBeforeTheStateThatMentionsIt() throws Exception {
        UnreliableBucket slow = new UnreliableBucket(new Bucket.MemoryBucket(objects, Runnable::run));
        slow.slow = "state";
        SegmentStore store = OwnSegmentStore.in(slow, CDN).forStream("cam");
        SegmentWriter writer = await(store.open(ID));
        CompletionStage<Void> commit = writer.commit(new StoreState(Bytes.EMPTY, Set.of(ID)));
        assertEquals(1, objects.size(), "the segment");
        assertEquals(Optional.empty(), await(store.read(ID)));
        slow.upload.complete(null);
        await(commit);
        assertTrue(await(store.read(ID)).isPresent());
    }

    @Test
    void anUploadThatWasGivenUpChangesNothingWhenItIsDone() throws Exception {
        UnreliableBucket slow = new UnreliableBucket(bucket);
        slow.slow = ".ts";
        SegmentStore store = OwnSegmentStore.in(slow, CDN).forStream("cam");
        SegmentWriter writer = await(store.open(ID));
        CompletableFuture<Void> commit = writer.commit(new StoreState(Bytes.EMPTY, Set.of(ID))).toCompletableFuture();
        await(store.delete(ID));
        await(store.saveState(new StoreState(Bytes.copyOf((byte) 1), Set.of())));
        slow.upload.complete(null);
        assertInstanceOf(IOException.class, assertThrows(ExecutionException.class, () -> await(commit)).getCause());
        assertEquals(Optional.of(new StoreState(Bytes.copyOf((byte) 1), Set.of())), await(store.state()));
        assertEquals(1, objects.size(), "the state");
    }

    @Test
    void aBucketThatIsAwayAtFirstIsAskedAgain() throws Exception {
        UnreliableBucket failing = new UnreliableBucket(bucket);
        failing.refused = "state";
        SegmentStore store = OwnSegmentStore.in(failing, CDN).forStream("cam");
        assertThrows(ExecutionException.class, () -> await(store.state()));
        failing.refused = "none";
        assertFalse(await(store.state()).isPresent());
    }

    /** Refuses objects whose keys end with a text, and takes its time for others. */
    private static final class UnreliableBucket implements Bucket {

        private final Bucket bucket;
        private volatile String refused = "none";
        private volatile String slow = "none";
        private final CompletableFuture<Void> upload = new CompletableFuture<>();

        private UnreliableBucket(Bucket bucket) {
            this.bucket = bucket;
        }

        private <T> CompletionStage<T> unlessRefused(String key, CompletionStage<T> otherwise) {
            return key.endsWith(refused) ? CompletableFuture.failedStage(new IOException("503 Slow Down")) : otherwise;
        }

        @Override
        public CompletionStage<Void> put(String key, byte[] content) {
            if (key.endsWith(refused)) {
                return CompletableFuture.failedStage(new IOException("503 Slow Down"));
            }
            return key.endsWith(slow) ? upload.thenCompose(done -> bucket.put(key, content)) : bucket.put(key, content);
        }

        @Override
        public CompletionStage<Optional<byte[]>> get(String key) {
            return unlessRefused(key, bucket.get(key));
        }

        @Override
        public CompletionStage<Void> delete(String key) {
            return bucket.delete(key);
        }

        @Override
        public CompletionStage<Set<String>> keys(String prefix) {
            return bucket.keys(prefix);
        }
    }
}
