package dev.millrace.rtmp.connection;

import dev.millrace.media.Cancellable;
import dev.millrace.media.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A clock and a scheduler that are moved by hand. */
final class ManualTime implements InstantSource, Scheduler {

    private record Task(Instant when, Runnable run) {}

    private final List<Task> tasks = new ArrayList<>();
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Cancellable at(Instant when, Runnable run) {
        Task task = new Task(when, run);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    void advance(Duration by) {
        now = now.plus(by);
        for (Task task : List.copyOf(tasks)) {
            if (!task.when().isAfter(now)) {
                tasks.remove(task);
                task.run().run();
            }
        }
    }
}
