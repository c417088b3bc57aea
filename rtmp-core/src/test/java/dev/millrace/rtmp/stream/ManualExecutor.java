package dev.millrace.rtmp.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Keeps tasks until they are run by hand. */
final class ManualExecutor implements Executor {

    private static final int MAX_TASKS = 10_000;

    private final Deque<Runnable> tasks = new ArrayDeque<>();

    /** Thrown instead of taking a task. */
    Optional<RuntimeException> refusal = Optional.empty();

    /** Tasks taken so far. */
    int submitted;

    @Override
    public void execute(Runnable task) {
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        submitted++;
        tasks.add(task);
    }

    int waiting() {
        return tasks.size();
    }

    void runOne() {
        tasks.remove().run();
    }

    void runAll() {
        for (int i = 0; !tasks.isEmpty(); i++) {
            if (i == MAX_TASKS) {
                throw new AssertionError("tasks do not come to an end");
            }
            runOne();
        }
    }
}
