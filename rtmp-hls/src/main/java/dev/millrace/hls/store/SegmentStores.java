package dev.millrace.hls.store;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executor;

/** Storage for the objects of all streams. Thread-safe. */
@FunctionalInterface
public interface SegmentStores {

    /**
     * Returns the store of one stream. To be called only for streams that are packaged: it may take memory for each name, until
     * {@link SegmentStore#discard}.
     *
     * @param streamName any text; two different names never share anything
     * @return the store; a later call returns one that sees the same objects and state
     */
    SegmentStore forStream(String streamName);

    /**
     * Creates stores in the heap, of at most a quarter of it. Their content ends with the process.
     *
     * @return stores without streams
     */
    static SegmentStores inMemory() {
        return inMemory(ByteBudget.quarterOfHeap());
    }

    /**
     * Creates stores in the heap. Their content ends with the process.
     *
     * @param maxBytes of the objects of all streams together, including those being written; more is refused. At least 1
     * @return stores without streams
     * @throws IllegalArgumentException if {@code maxBytes} is not positive
     */
    static SegmentStores inMemory(long maxBytes) {
        return new MemorySegmentStores(new ByteBudget("segments in memory", maxBytes));
    }

    /**
     * Creates stores in files, as {@link #directory(Path, Executor, long)} with at most a quarter of the heap waiting for the disk.
     *
     * @param root the folder, created with its parents when the first object is written
     * @param executor for blocking work on files
     * @return stores over {@code root}
     */
    static SegmentStores directory(Path root, Executor executor) {
        return directory(root, executor, ByteBudget.quarterOfHeap());
    }

    /**
     * Creates stores in files, one folder for each stream. Their content survives the process, whenever it ends; after a loss of power the
     * last objects may be missing or cut short. Only files that the stores created are changed or deleted.
     *
     * <p>Folders of earlier versions are read. One process at a time may write to a root.
     *
     * @param root the folder, created with its parents when the first object is written
     * @param executor for blocking work on files; gets one task for each stream at a time
     * @param maxPendingBytes of all streams together that may wait for the disk; more is refused. At least 1
     * @return stores over {@code root}
     * @throws IllegalArgumentException if {@code maxPendingBytes} is not positive
     */
    static SegmentStores directory(Path root, Executor executor, long maxPendingBytes) {
        Objects.requireNonNull(executor, "executor");
        ByteBudget pending = new ByteBudget("segments waiting for the disk", maxPendingBytes);
        return new DirectorySegmentStores(root.toAbsolutePath(), executor, pending, Disk.REAL);
    }
}
