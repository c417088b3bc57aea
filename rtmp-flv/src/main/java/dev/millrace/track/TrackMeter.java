package dev.millrace.track;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Measures rates over the last seconds of a track's own time. Confined to one thread at a time. */
final class TrackMeter {

    private static final int SECONDS = 5;

    /** Time that goes on in larger steps, or back, is another stretch of time: what was measured before says nothing of it. */
    private static final long MAX_STEP_MILLIS = 10_000;

    private final long[] bytes = new long[SECONDS];
    private final long[] frames = new long[SECONDS];
    private int complete;
    private int current;
    private long secondStartMillis;
    private long lastMillis;
    private boolean started;

    private boolean keyframeSeen;
    private long lastKeyframeMillis;
    private OptionalLong keyframeIntervalMillis = OptionalLong.empty();

    /**
     * Counts a frame.
     *
     * @return whether a second is complete, so that the rates are new
     */
    boolean add(long timestampMillis, int size, boolean keyframe) {
        if (!started || timestampMillis < secondStartMillis || timestampMillis - lastMillis > MAX_STEP_MILLIS) {
            restart(timestampMillis);
        }
        lastMillis = timestampMillis;
        boolean newRates = false;
        while (timestampMillis - secondStartMillis >= 1_000) {
            secondStartMillis += 1_000;
            complete = Math.min(complete + 1, SECONDS - 1);
            current = (current + 1) % SECONDS;
            bytes[current] = 0;
            frames[current] = 0;
            newRates = true;
        }
        bytes[current] += size;
        frames[current]++;
        if (keyframe) {
            if (keyframeSeen && timestampMillis > lastKeyframeMillis) {
                keyframeIntervalMillis = OptionalLong.of(timestampMillis - lastKeyframeMillis);
            }
            keyframeSeen = true;
            lastKeyframeMillis = timestampMillis;
        }
        return newRates;
    }

    private void restart(long timestampMillis) {
        started = true;
        complete = 0;
        current = 0;
        bytes[0] = 0;
        frames[0] = 0;
        secondStartMillis = timestampMillis;
        keyframeSeen = false;
        keyframeIntervalMillis = OptionalLong.empty();
    }

    private long sumOfComplete(long[] values) {
        long sum = 0;
        for (int i = 1; i <= complete; i++) {
            sum += values[Math.floorMod(current - i, SECONDS)];
        }
        return sum;
    }

    OptionalInt kilobitsPerSecond() {
        return complete == 0 ? OptionalInt.empty() : OptionalInt.of((int) Math.round(sumOfComplete(bytes) * 8 / 1000.0 / complete));
    }

    OptionalDouble framesPerSecond() {
        return complete == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) sumOfComplete(frames) / complete);
    }

    OptionalLong keyframeIntervalMillis() {
        return keyframeIntervalMillis;
    }
}
