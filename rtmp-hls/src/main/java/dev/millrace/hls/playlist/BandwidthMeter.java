package dev.millrace.hls.playlist;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * Measures the bit rates that a {@link Variant} declares, from the segments that were committed. Confined to one thread.
 *
 * <p>Both values have a reserve of 10 % and never decrease: a declared rate below the real one makes players choose the wrong variant, one above it
 * does not.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8216#section-4.3.4.2">RFC 8216, 4.3.4.2 (peak and average segment bit rate)</a>
 */
public final class BandwidthMeter {

    private static final double BITS_PER_BYTE_TICKS = 8.0 * MediaSegment.TICKS_PER_SECOND;

    /** The average covers the last 30 to 60 minutes, so that it follows the current rate. */
    private static final long SPAN_TICKS = 30 * 60 * MediaSegment.TICKS_PER_SECOND;

    /** No stream has so many segments in one and a half target durations; a bound for damaged ones. */
    private static final int MAX_RECENT = 1_024;

    // Fixed.
    private final long minSetTicks;
    private final long maxSetTicks;

    // Added so far.
    private final Deque<Sum> recent = new ArrayDeque<>();
    private Sum span = Sum.NONE;
    private Sum spanBefore = Sum.NONE;

    // Published values; 0 before the first segment.
    private long bandwidth;
    private long averageBandwidth;

    /**
     * Creates a meter without segments.
     *
     * @param targetDurationSeconds of the media playlist, 1 or more; the peak is that of segments in a row that last half of it to one and a half
     *     of it and half a second
     * @throws IllegalArgumentException if it is less than 1
     */
    public BandwidthMeter(int targetDurationSeconds) {
        Checks.range("targetDurationSeconds", targetDurationSeconds, 1, Integer.MAX_VALUE);
        minSetTicks = targetDurationSeconds * MediaSegment.TICKS_PER_SECOND / 2;
        maxSetTicks = 3 * minSetTicks + MediaSegment.TICKS_PER_SECOND / 2;
    }

    /**
     * Adds a segment.
     *
     * @param bytes its length with all that is in it, 1 to 2<sup>31</sup> - 1
     * @param durationTicks how long it plays in 90 kHz ticks, 1 to 2<sup>33</sup> - 1
     * @throws IllegalArgumentException if a value is outside; nothing has changed then
     */
    public void add(long bytes, long durationTicks) {
        Checks.range("bytes", bytes, 1, Integer.MAX_VALUE);
        Checks.range("durationTicks", durationTicks, 1, MediaSegment.MAX_DURATION_TICKS);
        Sum segment = new Sum(bytes, durationTicks);
        double average = average(segment);
        raise(published(Math.max(peak(segment), average)), published(average));
    }

    private double average(Sum segment) {
        span = span.plus(segment);
        double rate = spanBefore.plus(span).bitsPerSecond();
        if (span.ticks >= SPAN_TICKS) {
            spanBefore = span;
            span = Sum.NONE;
        }
        return rate;
    }

    /** Returns the peak of all runs of segments that end with this one; earlier runs were counted when they ended. */
    private double peak(Sum segment) {
        recent.addFirst(segment);
        double peak = 0;
        Sum row = Sum.NONE;
        int length = 0;
        for (Sum one : recent) {
            row = row.plus(one);
            if (row.ticks > maxSetTicks && length > 0) {
                break;
            }
            length++;
            if (row.ticks >= minSetTicks) {
                peak = Math.max(peak, row.bitsPerSecond());
            }
        }
        while (recent.size() > Math.min(length, MAX_RECENT)) {
            recent.removeLast();
        }
        return peak;
    }

    private static long published(double bitsPerSecond) {
        return (long) Math.ceil(bitsPerSecond * 11 / 10);
    }

    /**
     * Raises both values to those of an earlier life of the stream, or to those that its publisher announces.
     *
     * @param atLeastBandwidth bits per second; a value above 2<sup>53</sup> - 1 counts as that, one below the published value has no effect
     * @param atLeastAverageBandwidth likewise
     */
    public void raise(long atLeastBandwidth, long atLeastAverageBandwidth) {
        bandwidth = Math.max(bandwidth, Math.min(atLeastBandwidth, Checks.MAX_DECIMAL));
        averageBandwidth = Math.max(averageBandwidth, Math.min(atLeastAverageBandwidth, Checks.MAX_DECIMAL));
    }

    /**
     * Returns the peak to publish.
     *
     * @return bits per second, 1 or more, never less than before; empty before the first segment
     */
    public OptionalLong bandwidth() {
        return said(bandwidth);
    }

    /**
     * Returns the average to publish.
     *
     * @return bits per second, 1 or more, never less than before; empty before the first segment
     */
    public OptionalLong averageBandwidth() {
        return said(averageBandwidth);
    }

    private static OptionalLong said(long bitsPerSecond) {
        return bitsPerSecond > 0 ? OptionalLong.of(bitsPerSecond) : OptionalLong.empty();
    }

    /** A run of segments. */
    private record Sum(long bytes, long ticks) {

        static final Sum NONE = new Sum(0, 0);

        Sum plus(Sum other) {
            return new Sum(bytes + other.bytes, ticks + other.ticks);
        }

        double bitsPerSecond() {
            return bytes * BITS_PER_BYTE_TICKS / ticks;
        }
    }
}
