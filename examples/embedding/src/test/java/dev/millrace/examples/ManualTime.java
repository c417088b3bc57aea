package dev.millrace.examples;

import dev.millrace.media.Cancellable;
import dev.millrace.media.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock and a scheduler that are moved by hand. Confined to the test's thread. */
public final class ManualTime implements InstantSource, Scheduler {

    private record Task(Instant when, Runnable body) {}

    private final List<Task> tasks = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

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

    /** Moves from task to task, so that each runs at its own time. */
    public void advance(long millis) {
        Instant until = now.plusMillis(millis);
        for (Optional<Task> due = next(until); due.isPresent(); due = next(until)) {
            tasks.remove(due.get());
            now = due.get().when().isAfter(now) ? due.get().when() : now;
            due.get().body().run();
        }
        now = until;
    }

    /** Moves at once, as a clock does that is set, or a machine that has slept. */
    public void jump(Duration by) {
        now = now.plus(by);
    }

    private Optional<Task> next(Instant until) {
        return tasks.stream().filter(task -> !task.when().isAfter(until)).min(Comparator.comparing(Task::when));
    }

    public int waiting() {
        return tasks.size();
    }
}
