package dev.millrace.rtmp.stream;

import java.time.Duration;

/**
 * A policy for subscribers that cannot keep up. A subscriber that was overtaken by the ring, or that lags too far
 * behind while a newer keyframe is there, continues at the newest keyframe; one for which that happens too often is
 * closed. Immutable.
 *
 * <p>A socket that takes no bytes is closed after {@link dev.millrace.rtmp.Deadlines#playerStalled()} under every
 * policy.
 *
 * @param maxLag the longest lag behind live, on the stream's own clock
 * @param maxLossesPerMinute how often in a minute a subscriber may lose frames; one more loss ends the subscription
 *     with {@link dev.millrace.media.EndReason#TOO_SLOW}, and a player's connection with it
 */
public record SlowPolicy(Duration maxLag, int maxLossesPerMinute) {

    /** Skips to the newest keyframe after a lag of 4 s, any number of times. */
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
     * Creates a policy that skips to the newest keyframe, any number of times.
     *
     * @param maxLag the longest lag behind live
     * @return the policy
     */
    public static SlowPolicy skipToKeyframe(Duration maxLag) {
        return new SlowPolicy(maxLag, Integer.MAX_VALUE);
    }

    /**
     * Creates a policy that closes the subscriber instead of dropping frames.
     *
     * @param maxLag the longest lag behind live
     * @return the policy
     */
    public static SlowPolicy close(Duration maxLag) {
        return new SlowPolicy(maxLag, 0);
    }
}
