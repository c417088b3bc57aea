package dev.millrace.media;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One daemon thread for the whole process. */
final class SharedScheduler implements Scheduler {

    static final SharedScheduler INSTANCE = new SharedScheduler();

    private final ScheduledThreadPoolExecutor executor;

    private SharedScheduler() {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "millrace-scheduler");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Cancellable at(Instant when, Runnable task) {
        long delayNanos = Math.max(0, Duration.between(Instant.now(), when).toNanos());
        ScheduledFuture<?> future = executor.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }
}
