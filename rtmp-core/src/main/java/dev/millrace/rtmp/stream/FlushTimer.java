package dev.millrace.rtmp.stream;

import dev.millrace.media.Scheduler;
import dev.millrace.media.Cancellable;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets frames wait for company, but not too long. The writer tells what may wait and what may not; a timer looks after what nobody followed.
 *
 * <p>The timer is given up when what it was set for has left early, as nearly always: on the JDK's selectors an event loop spins for up to half a
 * millisecond before a timer that fires.
 */
final class FlushTimer {

    private static final long NEVER = Long.MAX_VALUE;

    private final InstantSource clock;
    private final Runnable flush;

    /** When what waits has to leave. A timer that fires for another time is an old one. */
    private final AtomicLong dueMillis = new AtomicLong(NEVER);

    // The writer's own.
    private Delay delay;
    private Cancellable timer = () -> {};

    /** Runs something once, later. */
    @FunctionalInterface
    private interface Delay {
        Cancellable run(Runnable task, long millis);
    }

    /**
     * Makes a timer.
     *
     * @param clock tells how long something has waited
     * @param scheduler where timers come from, until {@link #runOn}
     * @param flush sends what waits; on the caller's thread or a timer's
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

    /** Sends what waits. One thread at a time, the same as for {@link #flushWithin}. */
    void flushNow() {
        if (dueMillis.getAndSet(NEVER) != NEVER) {
            timer.cancel();
        }
        flush.run();
    }

    /** Sends what waits after a while, or with the next that does not wait. */
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
