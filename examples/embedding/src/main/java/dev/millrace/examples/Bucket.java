package dev.millrace.examples;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Object storage: a put replaces a whole object or changes nothing. Thread-safe; stages complete on any thread. */
interface Bucket {

    CompletionStage<Void> put(String key, byte[] content);

    CompletionStage<Optional<byte[]>> get(String key);

    CompletionStage<Void> delete(String key);

    CompletionStage<Set<String>> keys(String prefix);

    /** Creates a bucket in memory, for demonstration and tests. */
    record MemoryBucket(Map<String, byte[]> objects, Executor network) implements Bucket {

        MemoryBucket(Executor network) {
            this(new ConcurrentHashMap<>(), network);
        }

        @Override
        public CompletionStage<Void> put(String key, byte[] content) {
            return CompletableFuture.runAsync(() -> objects.put(key, content.clone()), network);
        }

        @Override
        public CompletionStage<Optional<byte[]>> get(String key) {
            return CompletableFuture.supplyAsync(() -> Optional.ofNullable(objects.get(key)).map(byte[]::clone), network);
        }

        @Override
        public CompletionStage<Void> delete(String key) {
            return CompletableFuture.runAsync(() -> objects.remove(key), network);
        }

        @Override
        public CompletionStage<Set<String>> keys(String prefix) {
            return CompletableFuture.supplyAsync(() -> {
                Set<String> found = new HashSet<>(objects.keySet());
                found.removeIf(key -> !key.startsWith(prefix));
                return found;
            }, network);
        }
    }
}
