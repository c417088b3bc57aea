package dev.millrace.hls.segment;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * The date and time of each segment (EXT-X-PROGRAM-DATE-TIME; RFC 8216, 4.3.2.6). Confined to one thread.
 *
 * <p>Frames arrive late and in bursts, but never before they were captured. The frame of the first segment that
 * arrived earliest for its time therefore anchors the timeline. Afterwards both clocks are compared over windows of
 * 10 s of media; a window that arrived in much less time is a burst and moves nothing.
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

    /** Begins a timeline. */
    void begin(long ticks) {
        anchored = false;
        beginWindow(ticks);
    }

    private void beginWindow(long ticks) {
        earliestMicros = Long.MAX_VALUE;
        windowStartTicks = ticks;
        windowStartMillis = clock.millis();
    }

    /** Notes the arrival of a frame. */
    void observe(long ticks) {
        earliestMicros = Math.min(earliestMicros, TimeUnit.MILLISECONDS.toMicros(clock.millis()) - micros(ticks));
    }

    private static long micros(long ticks) {
        return Math.floorDiv(ticks * 100, 9);
    }

    /** Returns the date of a complete segment; segments are passed in order. */
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
