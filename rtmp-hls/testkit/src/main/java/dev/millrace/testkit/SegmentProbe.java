package dev.millrace.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentContent;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentWriter;
import dev.millrace.hls.store.StoreState;
import dev.millrace.media.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Creates segments and states, and checks what a store returns. */
final class SegmentProbe {

    static final int CHUNK_BYTES = 188 * 1024;

    private SegmentProbe() {}

    static <T> T await(CompletionStage<T> stage) throws ExecutionException, InterruptedException, TimeoutException {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    static <T extends Exception> void assertFails(Class<T> kind, CompletionStage<?> stage) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> await(stage));
        assertInstanceOf(kind, e.getCause());
    }

    static byte[] bytes(int seed, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (seed * 31 + i * 7 + (i >> 8));
        }
        return bytes;
    }

    /** Splits bytes into read-only heap buffers, as a segmenter does. */
    static List<ByteBuffer> chunks(byte[] bytes, int chunkBytes) {
        List<ByteBuffer> chunks = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += chunkBytes) {
            chunks.add(ByteBuffer.wrap(bytes, at, Math.min(chunkBytes, bytes.length - at)).slice().asReadOnlyBuffer());
        }
        return chunks;
    }

    static StoreState stateOf(ObjectName... ids) {
        return stateOf("", ids);
    }

    static StoreState stateOf(String text, ObjectName... ids) {
        return new StoreState(Bytes.takeOver(text.getBytes(StandardCharsets.UTF_8)), Set.of(ids));
    }

    static void commit(SegmentStore to, ObjectName id, byte[] bytes, StoreState state) throws Exception {
        SegmentWriter writer = await(to.open(id));
        await(writer.append(chunks(bytes, CHUNK_BYTES)));
        await(writer.commit(state));
    }

    static byte[] toBytes(SegmentContent content) throws IOException {
        if (content instanceof SegmentContent.InFile inFile) {
            return Files.readAllBytes(inFile.file());
        }
        List<ByteBuffer> chunks = ((SegmentContent.InMemory) content).chunks();
        ByteBuffer all = ByteBuffer.allocate(chunks.stream().mapToInt(ByteBuffer::remaining).sum());
        chunks.forEach(all::put);
        return all.array();
    }

    static void assertHolds(byte[] wanted, SegmentStore in, ObjectName id) throws Exception {
        SegmentContent content = await(in.read(id)).orElseThrow(() -> new AssertionError(id + " is not there"));
        assertEquals(wanted.length, content.size());
        assertArrayEquals(wanted, toBytes(content));
    }

    static void assertNotThere(SegmentStore in, ObjectName id) throws Exception {
        assertEquals(Optional.empty(), await(in.read(id)));
    }
}
