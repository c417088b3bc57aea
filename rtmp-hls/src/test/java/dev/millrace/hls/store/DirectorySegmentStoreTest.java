package dev.millrace.hls.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySegmentStoreTest {

    private static final ObjectName ID = ObjectName.segment("0123456789ab", 0, "ts");
    private static final ObjectName OTHER = ObjectName.segment("0123456789ab", 1, "ts");
    private static final StoreState STATE = new StoreState(Bytes.EMPTY, Set.of(ID));
    private static final String STREAM = "rtmp/live/test123";
    // The checksum by other means: SHA-256 of the name as UTF-16, big-endian.
    private static final String FOLDER = "rtmp_live_test123-0d9a8f4ca252176cd5369470d22a88d4";

    @TempDir
    private Path root;

    private SegmentStore direct() {
        return SegmentStores.directory(root, Runnable::run).forStream(STREAM);
    }

    private Path folder() {
        return root.resolve(FOLDER);
    }

    private static <T> T now(CompletionStage<T> stage) {
        assertTrue(stage.toCompletableFuture().isDone());
        return stage.toCompletableFuture().join();
    }

    private static Throwable failure(CompletionStage<?> stage) {
        return assertThrows(CompletionException.class, () -> now(stage)).getCause();
    }

    private static List<ByteBuffer> bytes(int length) {
        return List.of(ByteBuffer.allocate(length));
    }

    private static void commit(SegmentStore store, ObjectName id, StoreState state) {
        SegmentWriter writer = now(store.open(id));
        now(writer.append(bytes(188)));
        now(writer.commit(state));
    }

    @Test
    void makesNoFolderForThoseWhoOnlyAsk() throws IOException {
        SegmentStore store = direct();
        now(store.state());
        now(store.read(ID));
        now(store.delete(ID));
        try (var files = Files.list(root)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void putsAStreamIntoAFolderWithAHarmlessName() throws IOException {
        commit(direct(), ID, STATE);
        try (var files = Files.list(folder())) {
            assertEquals(List.of("0123456789ab-0.ts", "state"), files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        SegmentContent.InFile content = (SegmentContent.InFile) now(direct().read(ID)).orElseThrow();
        assertEquals(folder().resolve("0123456789ab-0.ts"), content.file());
        assertTrue(content.file().isAbsolute());
        for (String name : List.of("", "..", "/", "\u0000", "x".repeat(100_000), "\ud800")) {
            assertTrue(DirectorySegmentStores.folderName(name).matches("[A-Za-z0-9_-]{0,80}-[0-9a-f]{32}"), name);
        }
    }

    @Test
    void removesTheFolderOfADiscardedStreamUnlessOthersUseIt() throws IOException {
        SegmentStore store = direct();
        commit(store, ID, STATE);
        now(store.discard());
        assertFalse(Files.exists(folder()));

        SegmentStore next = direct();
        commit(next, ID, STATE);
        Path foreign = Files.writeString(folder().resolve("notes.txt"), "mine");
        now(next.discard());
        try (var files = Files.list(folder())) {
            assertEquals(List.of(foreign), files.toList());
        }
    }

    /** A loss of power may cut a file short that was renamed already. */
    @Test
    void keepsAllSegmentsWhereTheStateIsDamaged() throws IOException {
        SegmentStore before = direct();
        commit(before, ID, STATE);
        byte[] whole = Files.readAllBytes(folder().resolve("state"));
        for (int length = 0; length < whole.length; length++) {
            Files.write(folder().resolve("state"), Arrays.copyOf(whole, length));
            SegmentStore store = direct();
            assertEquals(Optional.empty(), now(store.state()), "cut to " + length);
            assertTrue(now(store.read(ID)).isPresent());
            assertTrue(Files.exists(folder().resolve("state.damaged")));
        }
        whole[whole.length - 1] ^= 1;
        Files.write(folder().resolve("state"), whole);
        assertEquals(Optional.empty(), now(direct().state()));

        SegmentStore last = direct();
        now(last.discard());
        assertFalse(Files.exists(folder()));
    }

    @Test
    void removesAtTheStartWhatTheStateDoesNotMention() throws IOException {
        SegmentStore store = direct();
        commit(store, ID, STATE);
        commit(store, OTHER, STATE);
        assertEquals(Optional.empty(), now(direct().read(OTHER)));
        assertFalse(Files.exists(folder().resolve(OTHER.fileName())));
        assertTrue(now(direct().read(ID)).isPresent());
    }

    /** The files as a version of Millrace that only had MPEG-TS segments left them. */
    @Test
    void loadsAFolderOfTheOldForm() throws IOException {
        Files.createDirectories(folder());
        Files.write(folder().resolve(ID.fileName()), new byte[188]);
        Files.write(folder().resolve(OTHER.fileName()), new byte[188]);
        // CRC-32 of the second line.
        Files.writeString(folder().resolve("state"), "millrace-hls-state 1 a5ad00bc\nlisted 0123456789ab-0.ts");
        SegmentStore store = direct();
        assertEquals(
                Optional.of(new StoreState(Bytes.takeOver("listed 0123456789ab-0.ts".getBytes(StandardCharsets.US_ASCII)), Set.of(ID))),
                now(store.state()));
        assertTrue(now(store.read(ID)).isPresent());
        assertFalse(Files.exists(folder().resolve(OTHER.fileName())));

        commit(store, OTHER, new StoreState(Bytes.EMPTY, Set.of(ID, OTHER)));
        assertTrue(now(direct().read(ID)).isPresent());
        assertTrue(now(direct().read(OTHER)).isPresent());
    }

    @Test
    void removesAtTheStartAnInitializationSegmentThatIsNotRetained() throws IOException {
        ObjectName initialization = ObjectName.initialization("0123456789ab", 0, "mp4");
        commit(direct(), initialization, new StoreState(Bytes.EMPTY, Set.of(initialization)));
        SegmentStore store = direct();
        assertTrue(now(store.read(initialization)).isPresent());
        // The state of a packager may speak of an object that it does not retain.
        now(store.saveState(new StoreState(Bytes.takeOver(initialization.fileName().getBytes(StandardCharsets.US_ASCII)), Set.of())));
        assertEquals(Optional.empty(), now(direct().read(initialization)));
        assertFalse(Files.exists(folder().resolve("0123456789ab-init-0.mp4")));
    }

    @Test
    void failsAndRecoversWithTheStorage() throws IOException {
        // A file where the folder should be.
        Path blocker = Files.writeString(folder(), "");
        SegmentStore store = direct();
        assertInstanceOf(IOException.class, failure(store.open(ID)));
        assertInstanceOf(IOException.class, failure(store.saveState(STATE)));
        Files.delete(blocker);
        commit(store, ID, STATE);
        assertTrue(now(store.read(ID)).isPresent());
    }

    @Test
    void invariant51_refusesWhatTheDiskIsTooSlowFor() {
        Queue<Runnable> disk = new ArrayDeque<>();
        ByteBudget pending = new ByteBudget("waiting", 1_000);
        SegmentStore store = new DirectorySegmentStores(root, disk::add, pending, Disk.REAL).forStream(STREAM);
        CompletionStage<SegmentWriter> open = store.open(ID);
        drain(disk);
        SegmentWriter writer = now(open);
        CompletionStage<Void> first = writer.append(bytes(1_000));
        assertEquals(1_000, pending.used());
        assertEquals("waiting take 1000 bytes, no room for 1 more, want at most 1000", failure(writer.append(bytes(1))).getMessage());
        drain(disk);
        now(first);
        assertEquals(0, pending.used());

        CompletionStage<Void> later = writer.append(bytes(1));
        CompletionStage<Void> commit = writer.commit(STATE);
        drain(disk);
        now(later);
        assertEquals("0123456789ab-0.ts has 1001 bytes, want 1002", failure(commit).getMessage());
        assertEquals(0, pending.used());
        CompletionStage<Optional<SegmentContent>> read = store.read(ID);
        assertEquals(Optional.empty(), now(read));
        assertFalse(Files.exists(folder().resolve("0123456789ab-0.ts.tmp")));
    }

    private static void drain(Queue<Runnable> disk) {
        for (Runnable task = disk.poll(); task != null; task = disk.poll()) {
            task.run();
            assertTrue(disk.size() <= 1, "one task a stream at a time");
        }
    }

    @Test
    void neverCommitsASegmentOfWhichTheExecutorRefusedAPart() {
        boolean[] refuses = new boolean[1];
        ByteBudget pending = new ByteBudget("waiting", 1_000);
        SegmentStore store = new DirectorySegmentStores(root, task -> {
            if (refuses[0]) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        }, pending, Disk.REAL).forStream(STREAM);
        SegmentWriter writer = now(store.open(ID));
        now(writer.append(bytes(188)));
        refuses[0] = true;
        assertInstanceOf(RejectedExecutionException.class, failure(writer.append(bytes(188))));
        refuses[0] = false;
        assertEquals(0, pending.used());
        now(writer.append(bytes(188)));
        assertInstanceOf(IOException.class, failure(writer.commit(STATE)));
        assertEquals(Optional.empty(), now(store.read(ID)));
        commit(store, ID, STATE);
        assertTrue(now(store.read(ID)).isPresent());
    }
}
