package dev.millrace.hls.store;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executor;

/** Storage for the segments of all streams. Thread-safe. */
@FunctionalInterface
public interface SegmentStores {

    /**
     * The store of one stream. Only for streams that are packaged: it may take memory for each name, until {@link SegmentStore#discard}.
     *
     * @param streamName any text; two names never share anything, however alike they are
     * @return the store; asked for again, one that sees the same segments and state
     */
    SegmentStore forStream(String streamName);

    /**
     * Keeps segments in the heap, at most a quarter of it. They end with the process.
     *
     * @return new stores without streams
     */
    static SegmentStores inMemory() {
        return inMemory(ByteBudget.quarterOfHeap());
    }

    /**
     * Keeps segments in the heap. They end with the process.
     *
     * @param maxBytes for the segments of all streams together, those being written too; what would go beyond is refused. At least 1
     * @return new stores without streams
     * @throws IllegalArgumentException if {@code maxBytes} is not positive
     */
    static SegmentStores inMemory(long maxBytes) {
        return new MemorySegmentStores(new ByteBudget("segments in memory", maxBytes));
    }

    /**
     * Keeps segments in files, as {@link #directory(Path, Executor, long)} with at most a quarter of the heap waiting for the disk.
     *
     * @param root made when the first segment is written, with its parents
     * @param executor for blocking work on files
     * @return stores of what is in {@code root}
     */
    static SegmentStores directory(Path root, Executor executor) {
        return directory(root, executor, ByteBudget.quarterOfHeap());
    }

    /**
     * Keeps segments in files, a folder a stream. They survive the process, whenever it ends; after a loss of power the last of them may be
     * missing or cut short. Nothing but files that it made itself is ever changed or deleted.
     *
     * <p>One process at a time writes to a root.
     *
     * @param root made when the first segment is written, with its parents
     * @param executor for blocking work on files; gets one task a stream at a time
     * @param maxPendingBytes for what waits for the disk, of all streams together; what would go beyond is refused. At least 1
     * @return stores of what is in {@code root}
     * @throws IllegalArgumentException if {@code maxPendingBytes} is not positive
     */
    static SegmentStores directory(Path root, Executor executor, long maxPendingBytes) {
        Objects.requireNonNull(executor, "executor");
        ByteBudget pending = new ByteBudget("segments waiting for the disk", maxPendingBytes);
        return new DirectorySegmentStores(root.toAbsolutePath(), executor, pending, Disk.REAL);
    }
}
