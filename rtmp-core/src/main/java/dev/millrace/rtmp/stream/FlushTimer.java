package dev.millrace.rtmp.stream;

import dev.millrace.media.Scheduler;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets frames wait for company, but not too long. The writer tells what may wait and what may not; a timer looks after what nobody followed.
 *
 * <p>A timer is not given up when what it was set for has left early: thirty times a second that would cost more than to let it fire and look.
 */
final class FlushTimer {

    private static final long NEVER = Long.MAX_VALUE;

    private final InstantSource clock;
    private final Runnable flush;
    private volatile Delay delay;

    /** When what waits has to leave. */
    private final AtomicLong dueMillis = new AtomicLong(NEVER);

    /** When the next timer fires. Cleared before {@link #dueMillis} is read, as that is set before this is read: one of both sees the other. */
    private final AtomicLong firesMillis = new AtomicLong(NEVER);

    /** Runs something once, later. */
    @FunctionalInterface
    private interface Delay {
        void run(Runnable task, long millis);
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
        delay = (task, millis) -> executor.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    /** Sends what waits. One thread at a time, the same as for {@link #flushWithin}. */
    void flushNow() {
        dueMillis.set(NEVER);
        flush.run();
    }

    /** Sends what waits after a while, or with the next that does not wait. */
    void flushWithin(long delayMillis) {
        long nowMillis = clock.millis();
        if (dueMillis.get() <= nowMillis) {
            flushNow();
        } else if (nowMillis + delayMillis < dueMillis.get()) {
            dueMillis.set(nowMillis + delayMillis);
            fireAt(nowMillis + delayMillis);
        }
    }

    private void fireAt(long millis) {
        long set = firesMillis.get();
        while (millis < set) {
            if (firesMillis.compareAndSet(set, millis)) {
                delay.run(() -> fired(millis), millis - clock.millis());
                return;
            }
            set = firesMillis.get();
        }
    }

    private void fired(long millis) {
        firesMillis.compareAndSet(millis, NEVER);
        long due = dueMillis.get();
        if (due > millis) {
            if (due != NEVER) {
                fireAt(due);
            }
        } else if (dueMillis.compareAndSet(due, NEVER)) {
            flush.run();
        }
    }
}
