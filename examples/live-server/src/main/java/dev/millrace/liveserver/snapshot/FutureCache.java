package dev.millrace.liveserver.snapshot;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * A cache of results and failures by key; concurrent callers share one computation. Evicts the least recently used results
 * when they exceed the limit of bytes. Thread-safe.
 *
 * @param <K> the type of keys
 * @param <V> the type of results
 */
final class FutureCache<K, V> {

    /** The result, its future and its place in the map. A failure weighs this too, so that their number is bounded. */
    private static final long ENTRY_BYTES = 1024;

    private static final class Entry<V> {
        private final CompletableFuture<V> future = new CompletableFuture<>();
        private long bytes; // 0 until it is complete
    }

    private final long maxBytes;
    private final ToLongFunction<K> bytesOfKey;
    private final ToLongFunction<V> bytesOfValue;
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);
    private long bytes;

    /** Bounds the sum of what the functions say. */
    FutureCache(long maxBytes, ToLongFunction<K> bytesOfKey, ToLongFunction<V> bytesOfValue) {
        this.maxBytes = maxBytes;
        this.bytesOfKey = bytesOfKey;
        this.bytesOfValue = bytesOfValue;
    }

    /**
     * Gives what is there, or has it made.
     *
     * @param load completes the future it is given, now or later; a {@link RejectedExecutionException} is not kept, since it says nothing of the key
     * @return shared by all who ask: not to be completed by them
     */
    CompletableFuture<V> get(K key, Consumer<CompletableFuture<V>> load) {
        Entry<V> entry;
        synchronized (entries) {
            Entry<V> present = entries.get(key);
            if (present != null) {
                return present.future;
            }
            entry = new Entry<>();
            entries.put(key, entry);
        }
        entry.future.whenComplete((value, failure) -> {
            if (failure instanceof RejectedExecutionException) {
                forget(key);
            } else {
                settle(entry, bytesOfKey.applyAsLong(key) + (failure == null ? bytesOfValue.applyAsLong(value) : 0));
            }
        });
        try {
            load.accept(entry.future);
        } catch (RuntimeException e) {
            entry.future.completeExceptionally(e);
        }
        return entry.future;
    }

    private void forget(K key) {
        synchronized (entries) {
            entries.remove(key);
        }
    }

    private void settle(Entry<V> entry, long entryBytes) {
        synchronized (entries) {
            entry.bytes = ENTRY_BYTES + entryBytes;
            bytes += entry.bytes;
            Iterator<Entry<V>> eldestFirst = entries.values().iterator();
            while (bytes > maxBytes && eldestFirst.hasNext()) {
                Entry<V> eldest = eldestFirst.next();
                if (eldest.bytes > 0) {
                    bytes -= eldest.bytes;
                    eldestFirst.remove();
                }
            }
        }
    }

    /** How many bytes are kept. */
    long bytes() {
        synchronized (entries) {
            return bytes;
        }
    }
}
