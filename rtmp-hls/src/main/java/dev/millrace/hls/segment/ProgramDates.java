package dev.millrace.hls.segment;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * What time of day it was at each moment of a timeline (RFC 8216, 4.3.2.6). Confined to one thread.
 *
 * <p>Frames come late and in bursts, but never before they were made. So the frame that came earliest for its time says what time of day it
 * is; that of the first segment decides for its timeline. Afterwards the two clocks are compared over 10 s at a time, which must not have come
 * in much less, so that a burst moves nothing.
 */
final class ProgramDates {

    private static final long WINDOW_TICKS = 10 * Ticks.PER_SECOND;
    private static final long MIN_WINDOW_MILLIS = 5_000;
    private static final long TOLERANCE_MICROS = 1_000_000;

    /** Only overlaps of less than a second are legal. */
    private static final long MAX_STEP_BACK_MICROS = 500_000;

    private final InstantSource clock;
    private final Counters counters;

    private boolean anchored;
    /** Time of day at tick 0. */
    private long anchorMicros;
    private long earliestMicros = Long.MAX_VALUE;
    private long windowStartTicks;
    private long windowStartMillis;
    /** Where the date of the last segment ended: dates never go back. */
    private long endMicros = Long.MIN_VALUE;

    ProgramDates(InstantSource clock, Counters counters) {
        this.clock = clock;
        this.counters = counters;
    }

    /** A timeline begins. */
    void begin(long ticks) {
        anchored = false;
        beginWindow(ticks);
    }

    private void beginWindow(long ticks) {
        earliestMicros = Long.MAX_VALUE;
        windowStartTicks = ticks;
        windowStartMillis = clock.millis();
    }

    /** A frame came. */
    void observe(long ticks) {
        earliestMicros = Math.min(earliestMicros, TimeUnit.MILLISECONDS.toMicros(clock.millis()) - micros(ticks));
    }

    private static long micros(long ticks) {
        return Math.floorDiv(ticks * 100, 9);
    }

    /** The date of a segment that is complete; the next one comes after it. */
    Instant ofSegment(long startTicks, long durationTicks) {
        if (!anchored) {
            anchored = true;
            anchorMicros = Math.max(earliestMicros, endMicros == Long.MIN_VALUE ? endMicros : endMicros - micros(startTicks));
        }
        long startMicros = anchorMicros + micros(startTicks);
        endMicros = anchorMicros + micros(startTicks + durationTicks);
        boolean over = startTicks + durationTicks - windowStartTicks >= WINDOW_TICKS;
        boolean lasted = clock.millis() - windowStartMillis >= MIN_WINDOW_MILLIS;
        if (over && lasted && earliestMicros != Long.MAX_VALUE) {
            follow(earliestMicros - anchorMicros, durationTicks);
            beginWindow(startTicks + durationTicks);
        }
        return Instant.EPOCH.plusNanos(TimeUnit.MICROSECONDS.toNanos(startMicros));
    }

    private void follow(long driftMicros, long durationTicks) {
        if (Math.abs(driftMicros) <= TOLERANCE_MICROS) {
            return;
        }
        anchorMicros += Math.max(driftMicros, -Math.min(MAX_STEP_BACK_MICROS, micros(durationTicks) / 2));
        counters.add(SegmenterEvent.REANCHORED_DATE);
    }
}
