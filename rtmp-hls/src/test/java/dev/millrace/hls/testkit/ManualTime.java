package dev.millrace.hls.testkit;

import dev.millrace.media.Cancellable;
import dev.millrace.media.Scheduler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock and a scheduler that are moved by hand. */
public final class ManualTime implements InstantSource, Scheduler {

    private record Task(Instant when, Runnable body) {}

    private final List<Task> tasks = new ArrayList<>();
    private Instant now;

    public ManualTime() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    public ManualTime(Instant start) {
        now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Cancellable at(Instant when, Runnable body) {
        Task task = new Task(when, body);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    /** How many tasks are scheduled. */
    public int waiting() {
        return tasks.size();
    }

    /** Moves the clock, and runs what is due by then. */
    public void advance(long millis) {
        now = now.plusMillis(millis);
        List<Task> due = tasks.stream().filter(task -> !task.when().isAfter(now)).sorted(Comparator.comparing(Task::when)).toList();
        tasks.removeAll(due);
        due.forEach(task -> task.body().run());
    }
}
