package dev.millrace.rtmp.stream;

import java.time.Duration;

/**
 * What becomes of a subscriber that cannot keep up. One that the ring has overtaken, or that is too far behind while a newer keyframe is there, goes
 * on at the newest keyframe; one that needs that too often is closed. Immutable.
 *
 * <p>A socket that takes nothing at all is closed by {@link dev.millrace.rtmp.Deadlines#playerStalled()}, whatever is said here.
 *
 * @param maxLag how far behind live is too far, on the stream's own clock
 * @param maxLossesPerMinute how often in a minute it may lose frames; one more ends the subscription with
 *     {@link dev.millrace.media.EndReason#TOO_SLOW}, and a player's connection with it
 */
public record SlowPolicy(Duration maxLag, int maxLossesPerMinute) {

    /** Goes on at the newest keyframe after 4 s, as often as it needs to. */
    public static final SlowPolicy DEFAULT = skipToKeyframe(Duration.ofSeconds(4));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public SlowPolicy {
        if (maxLag.isNegative() || maxLossesPerMinute < 0) {
            throw new IllegalArgumentException("negative: maxLag " + maxLag + ", maxLossesPerMinute " + maxLossesPerMinute);
        }
    }

    /**
     * Goes on at the newest keyframe, as often as it needs to.
     *
     * @param maxLag how far behind live is too far
     * @return the policy
     */
    public static SlowPolicy skipToKeyframe(Duration maxLag) {
        return new SlowPolicy(maxLag, Integer.MAX_VALUE);
    }

    /**
     * Is closed instead of losing anything.
     *
     * @param maxLag how far behind live is too far
     * @return the policy
     */
    public static SlowPolicy close(Duration maxLag) {
        return new SlowPolicy(maxLag, 0);
    }
}
