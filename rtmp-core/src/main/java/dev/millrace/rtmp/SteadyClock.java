package dev.millrace.rtmp;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that starts at the system's time and never jumps: for deadlines. Thread-safe. */
public final class SteadyClock implements InstantSource {

    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();

    /** Makes a clock that starts now. */
    public SteadyClock() {}

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }
}
