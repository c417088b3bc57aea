package dev.millrace.rtmp;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that starts at the system's time and never jumps: for deadlines. Thread-safe. */
public final class SteadyClock implements InstantSource {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Instant start = Instant.now();
    private final long startMillis = start.toEpochMilli();
    /** What is beyond the millisecond. */
    private final long startNanosOfEpochMilli = start.getNano() % NANOS_PER_MILLI;
    private final long startNanos = System.nanoTime();

    /** Makes a clock that starts now. */
    public SteadyClock() {}

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }

    /** Asked for several times a message, and so without an object. */
    @Override
    public long millis() {
        return Math.floorDiv(startNanosOfEpochMilli + System.nanoTime() - startNanos, NANOS_PER_MILLI) + startMillis;
    }
}
