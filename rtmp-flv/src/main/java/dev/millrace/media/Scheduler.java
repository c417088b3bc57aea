package dev.millrace.media;

import java.time.Instant;

/**
 * Runs things later. Everything outside a connection's executor takes its delays from here, so that a test can move time by hand.
 *
 * <p>Implementations are thread-safe.
 */
public interface Scheduler {

    /**
     * Runs a task once.
     *
     * @param when the earliest time; at once if it has passed
     * @param task short and not blocking; on whatever thread the scheduler has
     * @return a handle to give up the task with
     */
    Cancellable at(Instant when, Runnable task);

    /**
     * The scheduler of this process: one daemon thread, started when first used.
     *
     * @return the same object at each call
     */
    static Scheduler shared() {
        return SharedScheduler.INSTANCE;
    }
}
