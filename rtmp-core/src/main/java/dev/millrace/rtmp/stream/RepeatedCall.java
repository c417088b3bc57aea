package dev.millrace.rtmp.stream;

import dev.millrace.media.Cancellable;
import dev.millrace.media.Scheduler;
import java.time.Duration;
import java.time.InstantSource;

/** Calls a task again and again until it is cancelled: the fallback for registries that do not report changes. */
final class RepeatedCall implements Cancellable {

    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Duration interval;
    private final Runnable task;

    // Guarded by this object's lock.
    private boolean cancelled;
    private Cancellable timer = () -> {};

    private RepeatedCall(Scheduler scheduler, InstantSource clock, Duration interval, Runnable task) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.interval = interval;
        this.task = task;
    }

    /** Starts calling a task, for the first time after one interval. */
    static RepeatedCall start(Scheduler scheduler, InstantSource clock, Duration interval, Runnable task) {
        RepeatedCall call = new RepeatedCall(scheduler, clock, interval, task);
        call.setTimer();
        return call;
    }

    private synchronized void setTimer() {
        if (!cancelled) {
            timer = scheduler.at(clock.instant().plus(interval), this::run);
        }
    }

    private void run() {
        setTimer();
        task.run();
    }

    @Override
    public synchronized void cancel() {
        cancelled = true;
        timer.cancel();
    }
}
