package dev.millrace.examples;

import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentContent;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.hls.store.SegmentWriter;
import dev.millrace.hls.store.StoreState;
import dev.millrace.media.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Keeps segments in object storage, from which a content delivery network serves them. Its test extends the
 * contract of the test kit.
 *
 * <p>A segment is uploaded before the state that lists it. A segment that a crash leaves unlisted is deleted
 * at the next start. Thread-safe: changes are guarded by the store's monitor, which is never held during an
 * upload.
 */
public final class OwnSegmentStore implements SegmentStore {

    private final Bucket bucket;
    private final String publicUri;
    private final String prefix;
    private final Consumer<OwnSegmentStore> onDiscarded;

    // Guarded by this.
    private final Set<ObjectName> committed = new HashSet<>();
    private final Set<ObjectName> writing = new HashSet<>();
    private Optional<CompletableFuture<Void>> recovered = Optional.empty();
    private boolean discarded;
    private boolean gone;

    private OwnSegmentStore(Bucket bucket, String publicUri, String prefix, Consumer<OwnSegmentStore> onDiscarded) {
        this.bucket = bucket;
        this.publicUri = publicUri;
        this.prefix = prefix;
        this.onDiscarded = onDiscarded;
    }

    /** Creates a store over a bucket whose objects players fetch below a URI that ends with a slash. */
    static SegmentStores in(Bucket bucket, String publicUri) {
        Map<String, OwnSegmentStore> stores = new ConcurrentHashMap<>();
        return streamName -> stores.computeIfAbsent(prefixOf(streamName), prefix ->
                new OwnSegmentStore(bucket, publicUri, prefix, discarded -> stores.remove(prefix, discarded)));
    }

    /** Returns a checksum of a stream name as part of a key, because any text may be a stream name. */
    private static String prefixOf(String streamName) {
        ByteBuffer characters = ByteBuffer.allocate(2 * streamName.length());
        characters.asCharBuffer().put(streamName);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(characters.array())) + "/";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256, which each must have", e);
        }
    }

    private String keyOf(ObjectName name) {
        return prefix + name.fileName();
    }

    private String stateKey() {
        return prefix + "state";
    }

    /** Loads the objects that an earlier process left. If it fails, the next call tries again. */
    private synchronized CompletionStage<Void> recovered() {
        if (recovered.isEmpty() || recovered.get().isCompletedExceptionally()) {
            recovered = Optional.of(readState().thenCombine(bucket.keys(prefix), this::recover).toCompletableFuture());
        }
        return recovered.get();
    }

    private synchronized Void recover(Optional<StoreState> state, Set<String> keys) {
        Set<ObjectName> wanted = state.map(StoreState::retained).orElse(Set.of());
        for (String key : keys) {
            Optional<ObjectName> name = ObjectName.ofFileName(key.substring(prefix.length()));
            if (name.filter(wanted::contains).isPresent()) {
                committed.add(name.get());
            } else if (name.isPresent()) {
                bucket.delete(key);
            }
        }
        return null;
    }

    private CompletionStage<Optional<StoreState>> readState() {
        return bucket.get(stateKey()).thenApply(found -> found.flatMap(bytes -> StoreState.decode(Bytes.takeOver(bytes))));
    }

    private CompletionStage<Void> writeState(StoreState state) {
        return bucket.put(stateKey(), state.encode().toByteArray());
    }

    @Override
    public CompletionStage<Optional<StoreState>> state() {
        return recovered().thenCompose(done -> isDiscarded() ? CompletableFuture.completedStage(Optional.empty()) : readState());
    }

    @Override
    public CompletionStage<SegmentWriter> open(ObjectName name) {
        Objects.requireNonNull(name, "name");
        return recovered().thenCompose(done -> begin(name));
    }

    private synchronized CompletionStage<SegmentWriter> begin(ObjectName name) {
        if (discarded) {
            return failedAsDiscarded();
        }
        if (committed.contains(name) || !writing.add(name)) {
            return CompletableFuture.failedStage(new IOException(name.fileName() + " is there already, want a new segment"));
        }
        return CompletableFuture.completedStage(new Upload(name));
    }

    @Override
    public CompletionStage<Void> delete(ObjectName name) {
        Objects.requireNonNull(name, "name");
        return recovered().thenCompose(done -> remove(name) ? bucket.delete(keyOf(name)) : CompletableFuture.completedStage(null));
    }

    private synchronized boolean remove(ObjectName name) {
        writing.remove(name);
        return committed.remove(name) && !discarded;
    }

    /** Players fetch from the public URI instead. Objects that the state does not list do not exist here. */
    @Override
    public CompletionStage<Optional<SegmentContent>> read(ObjectName name) {
        Objects.requireNonNull(name, "name");
        return recovered().thenCompose(done -> isCommitted(name) ? bucket.get(keyOf(name)) : CompletableFuture.completedStage(Optional.empty()))
                .thenApply(found -> found.map(bytes -> new SegmentContent.InMemory(List.of(ByteBuffer.wrap(bytes)))));
    }

    private synchronized boolean isCommitted(ObjectName name) {
        return committed.contains(name) && !discarded;
    }

    @Override
    public CompletionStage<Void> saveState(StoreState state) {
        Objects.requireNonNull(state, "state");
        return recovered().thenCompose(done -> isDiscarded() ? failedAsDiscarded() : writeState(state));
    }

    private synchronized boolean isDiscarded() {
        return discarded;
    }

    private static <T> CompletionStage<T> failedAsDiscarded() {
        return CompletableFuture.failedStage(new IOException("the stream was discarded"));
    }

    /** Deletes the state first: the next start deletes objects that no state lists. */
    @Override
    public synchronized CompletionStage<Void> discard() {
        discarded = true;
        if (gone) {
            return CompletableFuture.completedStage(null);
        }
        return bucket.delete(stateKey())
                .thenCompose(done -> bucket.keys(prefix))
                .thenCompose(keys -> CompletableFuture.allOf(
                        keys.stream().map(key -> bucket.delete(key).toCompletableFuture()).toArray(CompletableFuture<?>[]::new)))
                .thenRun(this::forgotten);
    }

    private synchronized void forgotten() {
        gone = true;
        onDiscarded.accept(this);
    }

    @Override
    public Optional<String> publicUri(ObjectName name) {
        return Optional.of(publicUri + keyOf(name));
    }

    /** One segment, buffered and uploaded as a whole. A packager has one at a time for each stream. */
    private final class Upload implements SegmentWriter {

        private final ObjectName name;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private boolean ended;

        private Upload(ObjectName name) {
            this.name = name;
        }

        @Override
        public CompletionStage<Void> append(List<ByteBuffer> bytes) {
            if (ended || isDiscarded()) {
                return refused();
            }
            for (ByteBuffer buffer : bytes) {
                byte[] copy = new byte[buffer.remaining()];
                buffer.get(copy);
                content.writeBytes(copy);
            }
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> commit(StoreState state) {
            Objects.requireNonNull(state, "state");
            if (ended || isDiscarded()) {
                return refused();
            }
            ended = true;
            return bucket.put(keyOf(name), content.toByteArray())
                    .thenCompose(done -> isWanted() ? writeState(state) : CompletableFuture.failedStage(givenUp()))
                    .handle((done, failure) -> Optional.ofNullable(failure))
                    .thenCompose(failure -> failure.isEmpty() ? committed() : undone(failure.get()));
        }

        /** A packager that timed out continues without this segment; its state must not replace a newer one. */
        private boolean isWanted() {
            synchronized (OwnSegmentStore.this) {
                return writing.contains(name);
            }
        }

        private IOException givenUp() {
            return new IOException(name.fileName() + " was given up");
        }

        private CompletionStage<Void> committed() {
            synchronized (OwnSegmentStore.this) {
                committed.add(name);
                writing.remove(name);
            }
            return CompletableFuture.completedStage(null);
        }

        /** Deletes the uploaded object before the name can be used again. If that fails, the next start deletes it. */
        private CompletionStage<Void> undone(Throwable failure) {
            return bucket.delete(keyOf(name)).handle((done, ignored) -> done).thenCompose(done -> {
                synchronized (OwnSegmentStore.this) {
                    writing.remove(name);
                }
                return CompletableFuture.failedStage(failure);
            });
        }

        private <T> CompletionStage<T> refused() {
            return ended
                    ? CompletableFuture.failedStage(new IllegalStateException(name.fileName() + " was committed or abandoned before"))
                    : failedAsDiscarded();
        }

        @Override
        public CompletionStage<Void> abandon() {
            if (!ended) {
                ended = true;
                synchronized (OwnSegmentStore.this) {
                    writing.remove(name);
                }
            }
            return CompletableFuture.completedStage(null);
        }
    }
}
