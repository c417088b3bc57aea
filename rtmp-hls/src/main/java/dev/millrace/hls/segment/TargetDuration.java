package dev.millrace.hls.segment;

import java.util.OptionalInt;

/**
 * The target duration of the playlist, which is fixed by the first segment and never changes again (RFC 8216, 6.2.1),
 * and how long a segment may be because of it. Confined to one thread.
 */
final class TargetDuration {

    /**
     * A duration is rounded to the nearest second before it is compared, so this much is allowed above the target
     * duration.
     */
    private static final long ROUNDING_TICKS = 499 * Ticks.PER_SECOND / 1000;

    /**
     * A first group of pictures this much above a whole number of seconds does not call for another second: senders
     * count in milliseconds.
     */
    private static final long JITTER_TICKS = Ticks.PER_SECOND / 4;

    private final long wantedTicks;
    private final int minSeconds;
    private final int maxSeconds;
    private OptionalInt seconds;

    TargetDuration(SegmenterOptions options, OptionalInt ofEarlierLife) {
        wantedTicks = options.targetDuration().toNanos() * 9 / 100_000;
        minSeconds = ceil(wantedTicks);
        maxSeconds = options.maxTargetDurationSeconds();
        seconds = ofEarlierLife;
    }

    private static int ceil(long ticks) {
        return (int) ((ticks + Ticks.PER_SECOND - 1) / Ticks.PER_SECOND);
    }

    /** Fixes the target duration by the first segment; later calls change nothing. */
    void fix(long durationTicks) {
        if (seconds.isEmpty()) {
            seconds = OptionalInt.of(Math.max(minSeconds, Math.min(maxSeconds, ceil(durationTicks - JITTER_TICKS))));
        }
    }

    OptionalInt seconds() {
        return seconds;
    }

    /** From here on a segment is cut at the next random access point. */
    long wantedTicks() {
        return seconds.isPresent() ? Math.min(wantedTicks, seconds.getAsInt() * Ticks.PER_SECOND) : wantedTicks;
    }

    /** The target duration, or the longest that it may become. */
    long ticks() {
        return seconds.orElse(maxSeconds) * Ticks.PER_SECOND;
    }

    /** No segment is longer. */
    long maxSegmentTicks() {
        return ticks() + ROUNDING_TICKS;
    }
}
