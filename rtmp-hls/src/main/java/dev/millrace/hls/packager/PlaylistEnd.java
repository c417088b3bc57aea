package dev.millrace.hls.packager;

import dev.millrace.media.Cancellable;
import dev.millrace.media.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Ends a playlist: when the grace after its publisher is over, or at once, but never while a publisher is attached; and lets it expire when players
 * no longer need it. Confined to the packager's executor.
 */
final class PlaylistEnd {

    private final HlsPackager.Setup setup;
    private final Executor executor;
    private final PlaylistPublisher publisher;
    private final Consumer<Runnable> whenStored;
    private final Supplier<CompletionStage<Void>> save;

    /** Incremented by each event that invalidates pending timers and ends. */
    private long turn;
    private Optional<Cancellable> timer = Optional.empty();
    private Optional<CompletableFuture<Void>> ending = Optional.empty();

    /**
     * Creates an end that is not pending.
     *
     * @param whenStored runs a task as soon as nothing waits for the store
     * @param save has the store keep what was published; completes on the executor, and never fails
     */
    PlaylistEnd(
            HlsPackager.Setup setup,
            Executor executor,
            PlaylistPublisher publisher,
            Consumer<Runnable> whenStored,
            Supplier<CompletionStage<Void>> save) {
        this.setup = setup;
        this.executor = executor;
        this.publisher = publisher;
        this.whenStored = whenStored;
        this.save = save;
    }

    /** Continues the playlist: a publisher is attached. */
    void revoke() {
        stopWaiting();
        ending = Optional.empty();
    }

    private void stopWaiting() {
        turn++;
        timer.ifPresent(Cancellable::cancel);
        timer = Optional.empty();
    }

    /** Ends the playlist after the grace, unless the options say that it never ends by itself. */
    void beginGrace() {
        if (ending.isEmpty() && setup.options().endList()) {
            stopWaiting();
            after(setup.options().grace(), this::finish);
        }
    }

    private void after(Duration delay, Runnable task) {
        long mine = turn;
        timer = Optional.of(setup.scheduler().at(setup.clock().instant().plus(delay), () -> executor.execute(() -> {
            if (turn == mine) {
                task.run();
            }
        })));
    }

    /**
     * Ends the playlist now, after all segments that wait for the store.
     *
     * @return completes when that is done, and never fails; the same until {@link #revoke}
     */
    CompletableFuture<Void> finish() {
        if (ending.isPresent()) {
            return ending.get();
        }
        stopWaiting();
        CompletableFuture<Void> done = new CompletableFuture<>();
        ending = Optional.of(done);
        long mine = turn;
        whenStored.accept(() -> {
            if (turn == mine) {
                publisher.end();
                save.get().thenRun(() -> ended(mine, done));
            } else {
                done.complete(null);
            }
        });
        return done;
    }

    private void ended(long mine, CompletableFuture<Void> done) {
        if (turn == mine) {
            after(publisher.playTime(), publisher::expired);
        }
        done.complete(null);
    }
}
