package dev.millrace.rtmp.stream;

import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/**
 * How long the stress tests run, and what they did.
 *
 * <p>{@code -Dmillrace.stress.rounds=100} runs each test with so many seeds, {@code -Dmillrace.stress.seed=7} begins with that one. A seed
 * decides all but how the threads are run, so what failed once may need many rounds to fail again.
 */
final class Stress {

    private static final String ROUNDS = "millrace.stress.rounds";
    private static final int DEFAULT_ROUNDS = 3;

    static final LongAdder FRAMES = new LongAdder();
    static final LongAdder READERS = new LongAdder();
    static final LongAdder RECEIVED = new LongAdder();
    static final LongAdder LOST = new LongAdder();
    static final LongAdder FLUSHES = new LongAdder();
    static final LongAdder PUMP_RUNS = new LongAdder();

    private Stress() {}

    /** The seeds of each test. */
    static LongStream seeds() {
        long first = Long.getLong("millrace.stress.seed", 1);
        return LongStream.range(first, first + Integer.getInteger(ROUNDS, DEFAULT_ROUNDS));
    }

    /** Tells the counts so far, if more was asked for than is done by default. */
    static void report(Class<?> test) {
        if (Integer.getInteger(ROUNDS, DEFAULT_ROUNDS) > DEFAULT_ROUNDS) {
            System.out.printf(
                    "After %s: %,d frames written with %,d flushes; %,d readers received %,d and lost %,d in %,d runs of pumps%n",
                    test.getSimpleName(), FRAMES.sum(), FLUSHES.sum(), READERS.sum(), RECEIVED.sum(), LOST.sum(), PUMP_RUNS.sum());
        }
    }
}
