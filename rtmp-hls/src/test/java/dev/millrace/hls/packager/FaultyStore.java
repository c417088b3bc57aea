package dev.millrace.hls.packager;

import dev.millrace.hls.store.SegmentContent;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentWriter;
import dev.millrace.hls.store.StoreState;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store that fails or says nothing when it is told to. */
final class FaultyStore implements SegmentStore {

    private final SegmentStore store;
    private final Set<ObjectName> opened = new HashSet<>();
    boolean failing;
    boolean failingSegments;
    boolean silent;

    FaultyStore(SegmentStore store) {
        this.store = store;
    }

    /** How many segments it has. */
    long held() {
        return opened.stream().filter(name -> store.read(name).toCompletableFuture().join().isPresent()).count();
    }

    @Override
    public CompletionStage<Optional<StoreState>> state() {
        return store.state();
    }

    @Override
    public CompletionStage<SegmentWriter> open(ObjectName name) {
        opened.add(name);
        if (failing || failingSegments && name.kind() == ObjectName.Kind.SEGMENT) {
            return CompletableFuture.failedStage(new IOException("no space"));
        }
        return silent ? new CompletableFuture<>() : store.open(name);
    }

    @Override
    public CompletionStage<Void> delete(ObjectName name) {
        return store.delete(name);
    }

    @Override
    public CompletionStage<Optional<SegmentContent>> read(ObjectName name) {
        return store.read(name);
    }

    @Override
    public CompletionStage<Void> saveState(StoreState state) {
        return store.saveState(state);
    }

    @Override
    public CompletionStage<Void> discard() {
        return store.discard();
    }
}
