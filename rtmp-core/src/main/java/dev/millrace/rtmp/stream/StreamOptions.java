package dev.millrace.rtmp.stream;

import java.time.Duration;
import java.util.Objects;

/**
 * How one stream is kept and sent. Immutable.
 *
 * @param ring what is kept for those who join or lag
 * @param maxLag a subscriber further behind, with a newer keyframe ahead, goes on at that keyframe
 * @param audioDelay how long audio may wait for the next video frame of its stream, so that both go out with one write; zero sends at once, as
 *     always happens in streams without video
 * @param mergeWindow how long video may wait too, for still fewer writes; adds to latency; zero by default
 */
public record StreamOptions(RingLimits ring, Duration maxLag, Duration audioDelay, Duration mergeWindow) {

    /** Default bounds of the ring, 4 s, 40 ms and none. */
    public static final StreamOptions DEFAULT =
            new StreamOptions(RingLimits.DEFAULT, Duration.ofSeconds(4), Duration.ofMillis(40), Duration.ZERO);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a duration is negative
     */
    public StreamOptions {
        Objects.requireNonNull(ring, "ring");
        if (maxLag.isNegative() || audioDelay.isNegative() || mergeWindow.isNegative()) {
            throw new IllegalArgumentException("negative duration: maxLag " + maxLag + ", audioDelay " + audioDelay + ", mergeWindow " + mergeWindow);
        }
    }
}
