package dev.millrace.hls.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process ends, or the disk fails, at each thing that is done to the disk in turn. */
class DirectoryCrashTest {

    private static final String STREAM = "rtmp/live/test123";
    private static final List<String> FOREIGN = List.of(
            "0123456789AB-1.ts", "0123456789ab-1.ts.bak", "notes.txt", "state.tmp.txt", "x-0123456789ab-1.ts");
    private static final StoreState EARLIER = stateOf(0, 1);

    /** What each life does to the stream, step by step. */
    private static final List<Step> STEPS = List.of(
            (store, model) -> model.commit(store, 2, stateOf(0, 1, 2)),
            (store, model) -> model.save(store, stateOf(1, 2)),
            (store, model) -> now(store.delete(id(0))),
            (store, model) -> model.commit(store, 3, stateOf(1, 2, 3)),
            (store, model) -> {
                SegmentWriter writer = now(store.open(id(4)));
                now(writer.append(content(4)));
                now(writer.abandon());
            },
            (store, model) -> now(now(store.open(id(5))).append(content(5))));

    @TempDir
    private Path temporary;

    private Path root;
    private Path folder;

    @FunctionalInterface
    private interface Step {
        void run(SegmentStore store, Model model);
    }

    /** The states that may be found: the last that was acknowledged, or the one that was under way. */
    private static final class Model {
        private StoreState acknowledged = EARLIER;
        private StoreState underWay = EARLIER;

        void commit(SegmentStore store, long serial, StoreState state) {
            SegmentWriter writer = now(store.open(id(serial)));
            now(writer.append(content(serial).subList(0, 1)));
            now(writer.append(content(serial).subList(1, 2)));
            underWay = state;
            now(writer.commit(state));
            acknowledged = state;
        }

        void save(SegmentStore store, StoreState state) {
            underWay = state;
            now(store.saveState(state));
            acknowledged = state;
        }
    }

    private static ObjectName id(long serial) {
        return ObjectName.segment("0123456789ab", serial, "ts");
    }

    private static StoreState stateOf(int... serials) {
        return new StoreState(Bytes.EMPTY, Arrays.stream(serials).mapToObj(serial -> id(serial)).collect(Collectors.toSet()));
    }

    private static List<ByteBuffer> content(long serial) {
        byte[] half = new byte[188];
        Arrays.fill(half, (byte) serial);
        return List.of(ByteBuffer.wrap(half), ByteBuffer.wrap(half.clone()));
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private SegmentStore store(Disk disk) {
        return new DirectorySegmentStores(root, Runnable::run, new ByteBudget("test", 1 << 20), disk).forStream(STREAM);
    }

    /** An earlier life, and files of somebody else's. */
    @BeforeEach
    void begin() throws IOException {
        root = Files.createTempDirectory(temporary, "root");
        folder = root.resolve(DirectorySegmentStores.folderName(STREAM));
        SegmentStore store = store(Disk.REAL);
        Model model = new Model();
        model.commit(store, 0, stateOf(0));
        model.commit(store, 1, EARLIER);
        for (String name : FOREIGN) {
            Files.writeString(folder.resolve(name), name);
        }
        Files.createDirectory(folder.resolve("0123456789ab-99.ts"));
        Files.createSymbolicLink(folder.resolve("0123456789ab-98.ts"), folder.resolve("notes.txt"));
    }

    private void assertWhole(SegmentStore store, StoreState state) throws IOException {
        for (ObjectName id : state.retained()) {
            SegmentContent.InFile file =
                    (SegmentContent.InFile) now(store.read(id)).orElseThrow(() -> new AssertionError(id + " is lost"));
            byte[] wanted = new byte[376];
            Arrays.fill(wanted, (byte) id.serial());
            assertEquals(376, file.size());
            assertArrayEquals(wanted, Files.readAllBytes(file.file()));
        }
    }

    private void assertFolderHasOnly(Stream<String> ours) throws IOException {
        Set<String> wanted = new TreeSet<>(FOREIGN);
        wanted.addAll(List.of("0123456789ab-98.ts", "0123456789ab-99.ts"));
        wanted.addAll(ours.toList());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(wanted, files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)));
        }
        for (String name : FOREIGN) {
            assertEquals(name, Files.readString(folder.resolve(name)));
        }
    }

    private void assertNextLifeIsWhole(List<StoreState> allowed) throws IOException {
        SegmentStore store = store(Disk.REAL);
        StoreState state = now(store.state()).orElseThrow();
        assertTrue(allowed.contains(state), () -> state.retained() + " is none of " + allowed.stream().map(StoreState::retained).toList());
        assertWhole(store, state);
        assertFolderHasOnly(Stream.concat(Stream.of("state"), state.retained().stream().map(ObjectName::fileName)));
    }

    @Test
    void invariant25_survivesTheEndOfTheProcessAtAnyPoint() throws IOException {
        boolean ended = true;
        int point = 0;
        for (; ended; point++) {
            begin();
            FailingDisk disk = new FailingDisk(point, /* forGood= */ true);
            Model model = new Model();
            SegmentStore store = store(disk);
            try {
                STEPS.forEach(step -> step.run(store, model));
                ended = false;
            } catch (CompletionException end) {
                assertTrue(end.getCause() instanceof IOException, () -> "not the end: " + end);
            }
            assertNextLifeIsWhole(List.of(model.acknowledged, model.underWay));
        }
        assertTrue(point > 25, "only " + point + " points");
    }

    @Test
    void invariant52_survivesAFailureOfTheDiskAtAnyPoint() throws IOException {
        boolean failed = true;
        for (int point = 0; failed; point++) {
            begin();
            FailingDisk disk = new FailingDisk(point, /* forGood= */ false);
            Model model = new Model();
            SegmentStore store = store(disk);
            List<CompletionException> failures = new ArrayList<>();
            for (Step step : STEPS) {
                try {
                    step.run(store, model);
                } catch (CompletionException failure) {
                    failures.add(failure);
                }
                // What was not acknowledged has not happened; state() itself may be what fails.
                Optional<StoreState> state = stateOf(store, failures);
                assertTrue(state.isEmpty() || state.get().equals(model.acknowledged), () -> "after " + failures);
            }
            failed = disk.hasFailed();
            assertTrue(failures.size() <= 1, () -> "more than failed: " + failures);
            Set<ObjectName> missing = new TreeSet<>((a, b) -> Long.compare(a.serial(), b.serial()));
            missing.addAll(model.acknowledged.retained());
            missing.removeIf(id -> now(store.read(id)).isPresent());
            // The test's states mention segment 2 for good; a packager's would leave out one that failed.
            assertTrue(failures.size() >= missing.size(), () -> missing + " lost after " + failures);
            SegmentStore next = store(Disk.REAL);
            assertEquals(Optional.of(model.acknowledged), now(next.state()));
            assertFolderHasOnly(Stream.concat(Stream.of("state"),
                    model.acknowledged.retained().stream().filter(id -> !missing.contains(id)).map(ObjectName::fileName)));
        }
    }

    private static Optional<StoreState> stateOf(SegmentStore store, List<CompletionException> failures) {
        try {
            return now(store.state());
        } catch (CompletionException failure) {
            failures.add(failure);
            return Optional.empty();
        }
    }

    @Test
    void discardsAllOrNothingThatIsStillWanted() throws IOException {
        boolean ended = true;
        for (int point = 0; ended; point++) {
            begin();
            SegmentStore store = store(new FailingDisk(point, /* forGood= */ true));
            try {
                now(now(store.open(id(5))).append(content(5)));
                now(store.discard());
                ended = false;
            } catch (CompletionException end) {
                assertTrue(end.getCause() instanceof IOException, () -> "not the end: " + end);
            }
            SegmentStore next = store(Disk.REAL);
            if (now(next.state()).isPresent()) {
                assertNextLifeIsWhole(List.of(EARLIER));
            } else {
                assertFolderHasOnly(Stream.of());
            }
        }
    }

    @Test
    void discardCanBeCalledAgain() throws IOException {
        boolean failed = true;
        for (int point = 0; failed; point++) {
            begin();
            FailingDisk disk = new FailingDisk(point, /* forGood= */ false);
            SegmentStore store = store(disk);
            try {
                now(store.discard());
                failed = false;
            } catch (CompletionException failure) {
                now(store.discard());
            }
            assertFolderHasOnly(Stream.of());
        }
    }
}
