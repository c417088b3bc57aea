package dev.millrace.rtmp.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs asynchronous work for each name one after the other. Thread-safe; no lock is held while work runs.
 *
 * <p>Work that takes longer than the limit lets the next begin, so that a call that is never answered does not block
 * its name.
 */
final class Turns {

    private final Duration limit;

    /** The names that have work, guarded by this object's lock. */
    private final Map<StreamName, Line> lines = new HashMap<>();

    /** The work of one name, guarded by the lock of all. */
    private static final class Line {

        private final Deque<Runnable> waiting = new ArrayDeque<>();
        /** Work has begun and is not done. */
        private boolean running;
        /**
         * A thread is in {@link #drain}, and starts what comes. So work that is done at once does not start the next
         * from within.
         */
        private boolean draining;
    }

    Turns(Duration limit) {
        this.limit = limit;
    }

    /**
     * Runs work when all earlier work of the name is done.
     *
     * @param work starts the work; what it throws becomes a failure of the stage
     * @return completes as the work does
     */
    <T> CompletionStage<T> run(StreamName name, Supplier<CompletionStage<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Line line;
        synchronized (this) {
            line = lines.computeIfAbsent(name, absent -> new Line());
            Line mine = line;
            line.waiting.add(() -> {
                CompletableFuture<Void> turn = new CompletableFuture<>();
                turn.thenRun(() -> done(name, mine));
                call(work).whenComplete((value, failure) -> {
                    if (failure == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(failure);
                    }
                    turn.complete(null);
                });
                turn.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS);
            });
        }
        drain(name, line);
        return result;
    }

    /** Calls a host, whose exceptions become failures of the stage. */
    static <T> CompletionStage<T> call(Supplier<CompletionStage<T>> host) {
        try {
            return Objects.requireNonNull(host.get(), "the host answered null");
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void done(StreamName name, Line line) {
        synchronized (this) {
            line.running = false;
        }
        drain(name, line);
    }

    private void drain(StreamName name, Line line) {
        synchronized (this) {
            if (line.draining) {
                return;
            }
            line.draining = true;
        }
        for (Optional<Runnable> next = next(name, line); next.isPresent(); next = next(name, line)) {
            next.get().run();
        }
    }

    /** Returns the work to start, or empty if there is none now. */
    private synchronized Optional<Runnable> next(StreamName name, Line line) {
        if (!line.running && !line.waiting.isEmpty()) {
            line.running = true;
            return Optional.of(line.waiting.remove());
        }
        line.draining = false;
        if (!line.running) {
            lines.remove(name, line);
        }
        return Optional.empty();
    }

    /** How many names have work. */
    synchronized int names() {
        return lines.size();
    }
}
