package dev.millrace.hls.store;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Runs tasks one after the other, in the order of the calls, on an executor that may have many threads. A task that fails, or that the
 * executor rejects, fails its own stage only. Thread-safe.
 */
final class SerialQueue {

    private final Executor executor;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    SerialQueue(Executor executor) {
        this.executor = executor;
    }

    synchronized <T> CompletionStage<T> submit(Callable<T> work) {
        CompletableFuture<T> next = last.handleAsync((done, failure) -> call(work), executor);
        // Without the result, which would stay in memory until the next call.
        last = next.handle((result, failure) -> null);
        return next.minimalCompletionStage();
    }

    private static <T> T call(Callable<T> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
