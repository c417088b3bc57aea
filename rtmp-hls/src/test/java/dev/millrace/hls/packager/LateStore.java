package dev.millrace.hls.packager;

import dev.millrace.hls.store.SegmentContent;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentWriter;
import dev.millrace.hls.store.StoreState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A store that does what changes its state when it is told to, and not before: the network is slow, and nothing is ever lost on it. */
final class LateStore implements SegmentStore {

    private final SegmentStore store;
    private final List<Runnable> held = new ArrayList<>();
    boolean holdingCommits;
    boolean holdingStates;
    private Optional<ObjectName> newest = Optional.empty();
    private int changes;
    private int mostChangesAtOnce;

    LateStore(SegmentStore store) {
        this.store = store;
    }

    /** Does the oldest of what is held. */
    void letGo() {
        held.remove(0).run();
    }

    int held() {
        return held.size();
    }

    /** The segment that was committed last, or is to be. */
    ObjectName newest() {
        return newest.orElseThrow();
    }

    int mostChangesAtOnce() {
        return mostChangesAtOnce;
    }

    private CompletionStage<Void> change(boolean holding, Supplier<CompletionStage<Void>> call) {
        mostChangesAtOnce = Math.max(mostChangesAtOnce, ++changes);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        Runnable change = () -> call.get().whenComplete((done, failure) -> {
            changes--;
            if (failure == null) {
                answer.complete(null);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        if (holding) {
            held.add(change);
        } else {
            change.run();
        }
        return answer;
    }

    @Override
    public CompletionStage<Optional<StoreState>> state() {
        return store.state();
    }

    @Override
    public CompletionStage<SegmentWriter> open(ObjectName id) {
        return store.open(id).thenApply(writer -> new Writer(id, writer));
    }

    @Override
    public CompletionStage<Void> delete(ObjectName id) {
        return store.delete(id);
    }

    @Override
    public CompletionStage<Optional<SegmentContent>> read(ObjectName id) {
        return store.read(id);
    }

    @Override
    public CompletionStage<Void> saveState(StoreState state) {
        return change(holdingStates, () -> store.saveState(state));
    }

    @Override
    public CompletionStage<Void> discard() {
        return store.discard();
    }

    /** A commit that is on its way cannot be called back. */
    private final class Writer implements SegmentWriter {

        private final ObjectName id;
        private final SegmentWriter writer;
        private boolean committing;

        private Writer(ObjectName id, SegmentWriter writer) {
            this.id = id;
            this.writer = writer;
        }

        @Override
        public CompletionStage<Void> append(List<ByteBuffer> bytes) {
            return writer.append(bytes);
        }

        @Override
        public CompletionStage<Void> commit(StoreState state) {
            committing = true;
            newest = Optional.of(id);
            return change(holdingCommits, () -> writer.commit(state));
        }

        @Override
        public CompletionStage<Void> abandon() {
            return committing ? CompletableFuture.completedStage(null) : writer.abandon();
        }
    }
}
