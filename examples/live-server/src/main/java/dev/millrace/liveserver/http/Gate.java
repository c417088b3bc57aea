package dev.millrace.liveserver.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * An executor that holds tasks back while it is shut. A subscriber on it receives no frames while its last
 * bytes are being written: frames stay in the stream's ring, and no thread waits. Thread-safe.
 */
final class Gate implements Executor {

    private final Executor executor;

    /** Guarded by this. */
    private boolean shut;
    /** Guarded by this. A pump has one task at a time. */
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    Gate(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            if (shut) {
                waiting.add(task);
                return;
            }
        }
        executor.execute(task);
    }

    synchronized void shut() {
        shut = true;
    }

    /** Lets tasks run again, and first those that waited. */
    void open() {
        while (true) {
            Runnable task;
            synchronized (this) {
                task = waiting.poll();
                if (task == null) {
                    shut = false;
                    return;
                }
            }
            run(task);
        }
    }

    private void run(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            // The server is closing. Whoever waits must still hear that it is over.
            task.run();
        }
    }
}
