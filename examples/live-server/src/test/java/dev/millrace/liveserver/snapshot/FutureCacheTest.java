package dev.millrace.liveserver.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class FutureCacheTest {

    private static final int ENTRY_BYTES = 1024;

    private final List<String> loaded = new ArrayList<>();
    private final FutureCache<String, Integer> cache = new FutureCache<>(3 * ENTRY_BYTES + 300, String::length, Integer::longValue);

    private CompletableFuture<Integer> get(String key, int value) {
        return cache.get(key, future -> {
            loaded.add(key);
            future.complete(value);
        });
    }

    @Test
    void forgetsWhatWasNotAskedForLongest() {
        get("a", 99);
        get("b", 99);
        get("c", 99);
        assertEquals(3 * (ENTRY_BYTES + 100), cache.bytes());
        get("a", 99);
        get("d", 99);
        assertEquals(3 * (ENTRY_BYTES + 100), cache.bytes());
        get("a", 99);
        assertEquals(List.of("a", "b", "c", "d"), loaded);
        get("b", 99);
        assertEquals(List.of("a", "b", "c", "d", "b"), loaded);
    }

    @Test
    void whatIsTooLargeIsGivenButNotKept() {
        assertEquals(5 * ENTRY_BYTES, get("large", 5 * ENTRY_BYTES).join());
        assertEquals(0, cache.bytes());
        get("large", 5 * ENTRY_BYTES);
        assertEquals(2, loaded.size());
    }

    @Test
    void whatIsBeingMadeIsNeitherMadeTwiceNorForgotten() {
        List<CompletableFuture<Integer>> made = new ArrayList<>();
        CompletableFuture<Integer> first = cache.get("slow", made::add);
        for (int i = 0; i < 10; i++) {
            get("other" + i, 99);
        }
        assertSame(first, cache.get("slow", made::add));
        assertEquals(1, made.size());
        assertFalse(first.isDone());
        made.get(0).complete(7);
        assertEquals(7, first.join());
    }

    @Test
    void failuresAreKeptAndBounded() {
        for (int i = 0; i < 10; i++) {
            cache.get("broken" + i, future -> {
                loaded.add("broken");
                future.completeExceptionally(new IOException("broken"));
            });
        }
        assertTrue(cache.get("broken9", future -> loaded.add("again")).isCompletedExceptionally());
        assertEquals(10, loaded.size());
        assertEquals(3 * (ENTRY_BYTES + 7), cache.bytes());
    }

    @Test
    void aRejectionIsNotKept() {
        CompletableFuture<Integer> rejected = cache.get("a", future -> {
            throw new RejectedExecutionException("full");
        });
        assertTrue(rejected.isCompletedExceptionally());
        CompletableFuture<Integer> later = cache.get("a", future -> future.completeExceptionally(new RejectedExecutionException("full later")));
        assertTrue(later.isCompletedExceptionally());
        assertEquals(3, get("a", 3).join());
    }
}
