package dev.millrace.hls.packager;

import dev.millrace.hls.crypto.ContentKey;
import dev.millrace.hls.crypto.SegmentCipher;
import dev.millrace.hls.segment.TsSegment;
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
import java.util.function.Function;

/** Brings one segment into the store: its key, its bytes, and the state that lists it, one after the other. */
final class SegmentUpload {

    private final SegmentStore store;
    private final ObjectName id;
    private final TsSegment segment;
    private final AtomicReference<Optional<SegmentWriter>> writer = new AtomicReference<>(Optional.empty());
    private volatile boolean givenUp;

    SegmentUpload(SegmentStore store, ObjectName id, TsSegment segment) {
        this.store = store;
        this.id = id;
        this.segment = segment;
    }

    /**
     * Writes the segment.
     *
     * @param key what it is encrypted with
     * @param stateWith makes the state that lists it
     * @return completes when it is committed
     */
    CompletionStage<Void> run(Optional<ContentKey> key, Function<ObjectName, StoreState> stateWith) {
        List<ByteBuffer> bytes = key.map(with -> new SegmentCipher().encrypt(segment.chunks(), with, SegmentCipher.ivOf(id.serial())))
                .orElse(segment.chunks());
        return store.open(id).thenCompose(opened -> {
            writer.set(Optional.of(opened));
            if (givenUp) {
                return opened.abandon();
            }
            CompletionStage<Void> appended = opened.append(bytes);
            return appended.thenCompose(done -> givenUp ? opened.abandon() : opened.commit(stateWith.apply(id)));
        });
    }

    /** Nobody waits any longer: what may still become of it is deleted. */
    void giveUp() {
        givenUp = true;
        writer.get().ifPresent(SegmentWriter::abandon);
        CompletableFuture.completedStage(id).thenCompose(store::delete);
    }
}
