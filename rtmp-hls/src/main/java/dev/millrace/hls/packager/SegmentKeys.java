package dev.millrace.hls.packager;

import dev.millrace.hls.crypto.ContentKey;
import dev.millrace.hls.crypto.KeyProvider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The keys of one stream: the one in use, and those of segments that can still be fetched. Requested by one thread; found from any. */
final class SegmentKeys {

    private final String streamName;
    private final Optional<HlsEncryption> encryption;
    private final Map<String, ContentKey> known = new ConcurrentHashMap<>();
    private Optional<ContentKey> current = Optional.empty();
    private int segmentsLeft;
    private long used;

    SegmentKeys(String streamName, Optional<HlsEncryption> encryption, long used) {
        this.streamName = streamName;
        this.encryption = encryption;
        this.used = used;
    }

    /** Returns the key for one more segment; empty without encryption. */
    CompletionStage<Optional<ContentKey>> next() {
        if (encryption.isEmpty()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        if (segmentsLeft > 0) {
            segmentsLeft--;
            return CompletableFuture.completedStage(current);
        }
        KeyProvider provider = encryption.get().keys();
        return provider.next(streamName, used++).thenApply(Optional::of);
    }

    /** Uses a key that {@link #next} returned. */
    void use(ContentKey key) {
        if (current.isEmpty() || !current.get().equals(key)) {
            current = Optional.of(key);
            segmentsLeft = encryption.orElseThrow().segmentsPerKey() - 1;
            known.put(key.id(), key);
        }
    }

    /** Restores the keys of segments that an earlier life of the process listed. */
    CompletionStage<Void> restore(Set<String> ids) {
        CompletableFuture<?>[] found = ids.stream()
                .map(id -> encryption
                        .map(with -> with.keys().find(streamName, id))
                        .orElse(CompletableFuture.completedStage(Optional.empty()))
                        .thenAccept(key -> key.ifPresent(one -> known.put(id, one)))
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(found);
    }

    Optional<ContentKey> find(String id) {
        return Optional.ofNullable(known.get(id));
    }

    /** Removes keys that no segment is encrypted with any more. */
    void keepOnly(Set<String> ids) {
        current.map(ContentKey::id).ifPresent(ids::add);
        known.keySet().retainAll(ids);
    }

    long used() {
        return used;
    }
}
