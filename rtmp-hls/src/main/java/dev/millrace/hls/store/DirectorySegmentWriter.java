package dev.millrace.hls.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes one object to a temporary file. */
final class DirectorySegmentWriter implements SegmentWriter {

    private final DirectorySegmentStore store;
    private final ObjectName name;
    private final FileChannel out;
    private final Disk disk;
    private final ByteBudget pending;

    /** Changed by the caller; guarded by this, as is the next field. */
    private long handedOver;
    private boolean ended;

    /** Confined to the queue, as are the next fields. */
    private long written;
    private boolean cleared;
    private Optional<IOException> failure = Optional.empty();

    DirectorySegmentWriter(DirectorySegmentStore store, ObjectName name, FileChannel out, Disk disk, ByteBudget pending) {
        this.store = store;
        this.name = name;
        this.out = out;
        this.disk = disk;
        this.pending = pending;
    }

    @Override
    public synchronized CompletionStage<Void> append(List<ByteBuffer> bytes) {
        List<ByteBuffer> taken = List.copyOf(bytes);
        if (ended) {
            return failedAsEnded();
        }
        long size = ByteBudget.sizeOf(taken);
        // Counted before anything can fail, so that a commit notices missing bytes.
        handedOver += size;
        try {
            pending.take(size);
        } catch (IOException full) {
            return CompletableFuture.failedStage(full);
        }
        return store.<Void>submit(() -> {
            write(taken, size);
            return null;
        }).whenComplete((done, error) -> pending.giveBack(size));
    }

    private void write(List<ByteBuffer> bytes, long size) throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        try {
            disk.write(out, bytes);
            written += size;
        } catch (IOException e) {
            fail(e);
            throw e;
        }
    }

    @Override
    public synchronized CompletionStage<Void> commit(StoreState state) {
        Objects.requireNonNull(state, "state");
        if (ended) {
            return failedAsEnded();
        }
        ended = true;
        long wanted = handedOver;
        return store.submit(() -> {
            try {
                checkWhole(wanted);
                out.close();
                store.publish(name, written, state);
            } catch (IOException e) {
                clear();
                throw e;
            } finally {
                store.ended(name);
            }
            return null;
        });
    }

    private void checkWhole(long wanted) throws IOException {
        if (failure.isPresent()) {
            throw new IOException(name.fileName() + " was not kept whole", failure.get());
        }
        if (written != wanted) {
            throw new IOException(name.fileName() + " has " + written + " bytes, want " + wanted);
        }
    }

    @Override
    public synchronized CompletionStage<Void> abandon() {
        if (ended) {
            return CompletableFuture.completedStage(null);
        }
        ended = true;
        return store.submit(() -> {
            store.ended(name);
            clear();
            return null;
        });
    }

    /** Stops writing and deletes the file. On the queue. */
    void fail(IOException cause) {
        failure = Optional.of(cause);
        try {
            clear();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void clear() throws IOException {
        if (cleared) {
            // After a discard, the file may be that of another writer.
            return;
        }
        cleared = true;
        try (out) {
            disk.delete(store.temporaryFile(name));
        }
    }

    private CompletionStage<Void> failedAsEnded() {
        return CompletableFuture.failedStage(new IllegalStateException(name.fileName() + " was committed or abandoned before"));
    }
}
