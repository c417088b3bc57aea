package dev.millrace.rtmp.stream;

import dev.millrace.media.Scheduler;
import dev.millrace.media.Cancellable;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Delays flushes so that frames are batched, up to a limit. The writer says how long its frames may wait; a timer
 * flushes those that no later frame has flushed.
 *
 * <p>The timer is cancelled when its frames were flushed early, which is nearly always: on the JDK's selectors an event
 * loop spins for up to half a millisecond before a timer that fires.
 */
final class FlushTimer {

    private static final long NEVER = Long.MAX_VALUE;

    private final InstantSource clock;
    private final Runnable flush;

    /** When the waiting frames must be flushed. A timer that fires for another time is outdated. */
    private final AtomicLong dueMillis = new AtomicLong(NEVER);

    // Used by the writer alone.
    private Delay delay;
    private Cancellable timer = () -> {};

    /** Runs a task once after a delay. */
    @FunctionalInterface
    private interface Delay {
        Cancellable run(Runnable task, long millis);
    }

    /**
     * Creates a timer.
     *
     * @param clock the clock of delays
     * @param scheduler runs the timers, until {@link #runOn} is called
     * @param flush sends the frames that wait; called on the caller's thread or a timer's
     */
    FlushTimer(InstantSource clock, Scheduler scheduler, Runnable flush) {
        this.clock = clock;
        this.flush = flush;
        this.delay = (task, millis) -> scheduler.at(clock.instant().plusMillis(millis), task);
    }

    /** Takes timers from an executor from now on. */
    void runOn(ScheduledExecutorService executor) {
        delay = (task, millis) -> {
            ScheduledFuture<?> future = executor.schedule(task, millis, TimeUnit.MILLISECONDS);
            return () -> future.cancel(false);
        };
    }

    /** Flushes now. One thread at a time, the same as for {@link #flushWithin}. */
    void flushNow() {
        if (dueMillis.getAndSet(NEVER) != NEVER) {
            timer.cancel();
        }
        flush.run();
    }

    /** Flushes after a delay, or with the next flush that is not delayed. */
    void flushWithin(long delayMillis) {
        long nowMillis = clock.millis();
        long due = dueMillis.get();
        long mine = nowMillis + delayMillis;
        if (due <= nowMillis) {
            flushNow();
        } else if (mine < due) {
            if (due != NEVER) {
                timer.cancel();
            }
            dueMillis.set(mine);
            timer = delay.run(() -> fired(mine), delayMillis);
        }
    }

    private void fired(long millis) {
        if (dueMillis.compareAndSet(millis, NEVER)) {
            flush.run();
        }
    }
}
