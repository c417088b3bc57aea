package dev.millrace.hls.packager;

import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentWriter;
import dev.millrace.hls.store.StoreState;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/** Brings one object into the store: its bytes, and with them a state that retains it. */
final class SegmentUpload {

    private final SegmentStore store;
    private final ObjectName name;
    private final AtomicReference<Optional<SegmentWriter>> writer = new AtomicReference<>(Optional.empty());
    private volatile boolean givenUp;

    SegmentUpload(SegmentStore store, ObjectName name) {
        this.store = store;
        this.name = name;
    }

    /**
     * Writes the object.
     *
     * @param bytes handed over
     * @param state retains the object
     * @return completes when it is committed
     */
    CompletionStage<Void> run(List<ByteBuffer> bytes, StoreState state) {
        return store.open(name).thenCompose(opened -> {
            writer.set(Optional.of(opened));
            if (givenUp) {
                return opened.abandon();
            }
            CompletionStage<Void> appended = opened.append(bytes);
            return appended.thenCompose(done -> givenUp ? opened.abandon() : opened.commit(state));
        });
    }

    /** Stops waiting: the object is deleted should it still be committed. */
    void giveUp() {
        givenUp = true;
        writer.get().ifPresent(SegmentWriter::abandon);
        CompletableFuture.completedStage(name).thenCompose(store::delete);
    }
}
