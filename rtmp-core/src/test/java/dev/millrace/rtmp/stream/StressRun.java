package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.Scheduler;
import dev.millrace.rtmp.ByteBudget;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What one round of a stress test needs: threads, a place that all readers are to get to, and the first thing that went wrong. Closing it
 * checks that nothing is held. Readers may call {@link #reached} and {@link #fail} on any thread.
 */
final class StressRun implements AutoCloseable {

    /** So long that only what would never happen takes longer. */
    static final int PATIENCE_SECONDS = 30;

    private static final int SPINS = 20_000;

    private record Goal(long place, CountDownLatch missing) {}

    private final long seed;
    private final List<ExecutorService> pools = new ArrayList<>();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(/* preferDirect= */ false);
    private final ByteBudget budget = new ByteBudget(1 << 24);
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private volatile Goal goal = new Goal(-1, new CountDownLatch(0));

    StressRun(long seed) {
        this.seed = seed;
    }

    ExecutorService pool(int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        pools.add(pool);
        return pool;
    }

    /** Runs pumps, and counts how often. */
    Executor executor(int threads) {
        return counting(pool(threads));
    }

    /** Runs pumps at once, on the thread that wakes them. Each is another executor to a stream. */
    static Executor direct() {
        return counting(Runnable::run);
    }

    private static Executor counting(Executor executor) {
        return task -> {
            if (task instanceof Pump) {
                Stress.PUMP_RUNS.increment();
            }
            executor.execute(task);
        };
    }

    /** The publication of a stream that wakes its readers at each flush. */
    Publication publish(int maxFrames) {
        return publish(maxFrames, Duration.ZERO, Scheduler.shared());
    }

    /** The publication of a stream whose clock stands still, and which wakes its readers by the scheduler. */
    Publication publish(int maxFrames, Duration mergeWindow, Scheduler scheduler) {
        StreamResources resources = new StreamResources(budget, allocator, InstantSource.fixed(Instant.EPOCH), scheduler);
        RingLimits limits = new RingLimits(maxFrames, 1 << 22, Duration.ofHours(1));
        StreamOptions options = StreamOptions.DEFAULT
                .withRing(limits)
                .withSlow(SlowPolicy.skipToKeyframe(Duration.ofHours(1)))
                .withAudioDelay(Duration.ZERO)
                .withMergeWindow(mergeWindow);
        return Publication.create(new StreamName("live/stress"), options, resources);
    }

    /** From now on, so many readers are to get to a place behind what is written. */
    void expect(long place, int readers) {
        goal = new Goal(place, new CountDownLatch(readers));
        check();
    }

    /** To be called by each of those readers at each place that it gets to. */
    void reached(long place) {
        Goal mine = goal;
        if (place == mine.place) {
            mine.missing.countDown();
        }
    }

    /** Waits for the readers. At first without sleep, so that the writer may go on while they are still about to sleep. */
    void awaitReaders() throws Exception {
        CountDownLatch missing = goal.missing;
        for (int i = 0; i < SPINS && missing.getCount() > 0; i++) {
            if (i % 64 == 63) {
                Thread.yield();
            }
            Thread.onSpinWait();
        }
        boolean there = missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        check();
        assertTrue(there, "seed " + seed + ": " + missing.getCount() + " readers did not get to " + goal.place);
    }

    /** Waits for what must happen. */
    <T> T await(CompletableFuture<T> future) throws Exception {
        try {
            CompletableFuture.anyOf(future, failure).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("seed " + seed + ": this takes for ever", e);
        }
        check();
        return future.get();
    }

    /** Remembers what went wrong, and ends all waiting. */
    void fail(Throwable cause) {
        failure.complete(cause);
        CountDownLatch missing = goal.missing;
        while (missing.getCount() > 0) {
            missing.countDown();
        }
    }

    /** Throws what went wrong. */
    void check() {
        if (failure.isDone()) {
            throw new AssertionError("seed " + seed, failure.join());
        }
    }

    @Override
    public void close() {
        check();
        for (ExecutorService pool : pools) {
            pool.shutdown();
            assertTrue(hasEnded(pool), "seed " + seed + ": a thread does not end");
        }
        check();
        assertEquals(0, allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory(), "bytes of buffers, seed " + seed);
        assertEquals(0, budget.usedBytes(), "bytes of the budget, seed " + seed);
    }

    private static boolean hasEnded(ExecutorService pool) {
        try {
            return pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
