package dev.millrace.hls.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The objects of one stream in the heap. Each call is complete when it returns; changes are guarded by the store's monitor. */
final class MemorySegmentStore implements SegmentStore {

    private final ByteBudget budget;
    private final Consumer<MemorySegmentStore> onDiscarded;

    /** Read without the monitor: there may be thousands of readers. */
    private final Map<ObjectName, SegmentContent.InMemory> committed = new ConcurrentHashMap<>();
    private final Map<ObjectName, Writer> writing = new HashMap<>();
    private Optional<StoreState> state = Optional.empty();
    private boolean discarded;

    MemorySegmentStore(ByteBudget budget, Consumer<MemorySegmentStore> onDiscarded) {
        this.budget = budget;
        this.onDiscarded = onDiscarded;
    }

    @Override
    public synchronized CompletionStage<Optional<StoreState>> state() {
        return CompletableFuture.completedStage(state);
    }

    @Override
    public synchronized CompletionStage<SegmentWriter> open(ObjectName name) {
        Objects.requireNonNull(name, "name");
        if (discarded) {
            return failedAsDiscarded();
        }
        if (committed.containsKey(name) || writing.containsKey(name)) {
            return CompletableFuture.failedStage(new IOException(name.fileName() + " is there already, want a new segment"));
        }
        Writer writer = new Writer(name);
        writing.put(name, writer);
        return CompletableFuture.completedStage(writer);
    }

    @Override
    public synchronized CompletionStage<Void> delete(ObjectName name) {
        SegmentContent.InMemory content = committed.remove(Objects.requireNonNull(name, "name"));
        if (content != null) {
            budget.giveBack(content.size());
        }
        return done();
    }

    @Override
    public CompletionStage<Optional<SegmentContent>> read(ObjectName name) {
        return CompletableFuture.completedStage(Optional.ofNullable(committed.get(Objects.requireNonNull(name, "name"))));
    }

    @Override
    public synchronized CompletionStage<Void> saveState(StoreState newState) {
        Objects.requireNonNull(newState, "state");
        if (discarded) {
            return failedAsDiscarded();
        }
        state = Optional.of(newState);
        return done();
    }

    @Override
    public synchronized CompletionStage<Void> discard() {
        discarded = true;
        state = Optional.empty();
        List.copyOf(writing.values()).forEach(writer -> writer.fail(discardedFailure()));
        List.copyOf(committed.keySet()).forEach(this::delete);
        onDiscarded.accept(this);
        return done();
    }

    private static IOException discardedFailure() {
        return new IOException("the stream was discarded");
    }

    private static <T> CompletionStage<T> failedAsDiscarded() {
        return CompletableFuture.failedStage(discardedFailure());
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedStage(null);
    }

    /** An object being written; guarded by the store's monitor. */
    private final class Writer implements SegmentWriter {

        private final ObjectName name;
        private final List<ByteBuffer> chunks = new ArrayList<>();
        private long size;
        private boolean ended;
        private Optional<IOException> failure = Optional.empty();

        Writer(ObjectName name) {
            this.name = name;
        }

        @Override
        public CompletionStage<Void> append(List<ByteBuffer> bytes) {
            List<ByteBuffer> taken = List.copyOf(bytes);
            synchronized (MemorySegmentStore.this) {
                if (ended) {
                    return failedAsEnded();
                }
                if (failure.isEmpty()) {
                    keep(taken);
                }
                return failure.isPresent() ? CompletableFuture.failedStage(failure.get()) : done();
            }
        }

        private void keep(List<ByteBuffer> taken) {
            long more = ByteBudget.sizeOf(taken);
            try {
                budget.take(more);
                size += more;
                chunks.addAll(taken);
            } catch (IOException full) {
                fail(full);
            }
        }

        @Override
        public CompletionStage<Void> commit(StoreState newState) {
            Objects.requireNonNull(newState, "state");
            synchronized (MemorySegmentStore.this) {
                if (ended) {
                    return failedAsEnded();
                }
                ended = true;
                writing.remove(name, this);
                if (failure.isPresent()) {
                    return CompletableFuture.failedStage(new IOException(name.fileName() + " was not kept whole", failure.get()));
                }
                committed.put(name, new SegmentContent.InMemory(chunks));
                state = Optional.of(newState);
                return done();
            }
        }

        @Override
        public CompletionStage<Void> abandon() {
            synchronized (MemorySegmentStore.this) {
                if (!ended) {
                    ended = true;
                    writing.remove(name, this);
                    release();
                }
                return done();
            }
        }

        private void fail(IOException cause) {
            failure = Optional.of(cause);
            release();
        }

        private void release() {
            budget.giveBack(size);
            size = 0;
            chunks.clear();
        }

        private CompletionStage<Void> failedAsEnded() {
            return CompletableFuture.failedStage(new IllegalStateException(name.fileName() + " was committed or abandoned before"));
        }
    }
}
