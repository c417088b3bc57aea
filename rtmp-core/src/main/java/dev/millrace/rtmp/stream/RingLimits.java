package dev.millrace.rtmp.stream;

import java.time.Duration;

/**
 * What a stream keeps for those who join or lag: back to the newest keyframe, or over the window if that is longer, but
 * never more than the two bounds. Where no keyframe lies within them, only the window.
 *
 * @param maxFrames messages; a second of ordinary audio and video is 77
 * @param maxBytes bytes of message bodies; 8 s at 32 Mbit/s
 * @param window time on the stream's own clock
 */
public record RingLimits(int maxFrames, int maxBytes, Duration window) {

    /** 2,500 messages, 32 MiB, 4 s. */
    public static final RingLimits DEFAULT = new RingLimits(2_500, 32 << 20, Duration.ofSeconds(4));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if {@code maxFrames} is not 1 to 65,536, or another is not positive
     */
    public RingLimits {
        if (maxFrames < 1 || maxFrames > 65_536) {
            throw new IllegalArgumentException("maxFrames " + maxFrames + " is not 1 to 65536");
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes " + maxBytes + " is less than 1");
        }
        if (window.isZero() || window.isNegative()) {
            throw new IllegalArgumentException("window " + window + " is not positive");
        }
    }
}
