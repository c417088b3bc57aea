package dev.millrace.rtmp.stream;

import java.time.Duration;
import java.util.Objects;

/**
 * How one stream is kept and sent. Immutable.
 *
 * @param ring what is kept for those who join or lag
 * @param slow what becomes of subscribers that cannot keep up
 * @param audioDelay how long audio may wait for the next video frame of its stream, so that both go out with one write; zero sends at once, as
 *     always happens in streams without video
 * @param mergeWindow how long video may wait too, for still fewer writes; adds to latency; zero by default. What an RTMP publisher sends may wait
 *     for an eighth of that in its socket besides, so that it is read in fewer pieces
 */
public record StreamOptions(RingLimits ring, SlowPolicy slow, Duration audioDelay, Duration mergeWindow) {

    /** Default bounds of the ring, on to the newest keyframe after 4 s, 40 ms and none. */
    public static final StreamOptions DEFAULT =
            new StreamOptions(RingLimits.DEFAULT, SlowPolicy.DEFAULT, Duration.ofMillis(40), Duration.ZERO);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a duration is negative
     */
    public StreamOptions {
        Objects.requireNonNull(ring, "ring");
        Objects.requireNonNull(slow, "slow");
        if (audioDelay.isNegative() || mergeWindow.isNegative()) {
            throw new IllegalArgumentException("negative duration: audioDelay " + audioDelay + ", mergeWindow " + mergeWindow);
        }
    }

    /**
     * The same with another ring.
     *
     * @param other what is kept
     * @return new options
     */
    public StreamOptions with(RingLimits other) {
        return new StreamOptions(other, slow, audioDelay, mergeWindow);
    }

    /**
     * The same with another policy.
     *
     * @param other what becomes of subscribers that cannot keep up
     * @return new options
     */
    public StreamOptions with(SlowPolicy other) {
        return new StreamOptions(ring, other, audioDelay, mergeWindow);
    }

    /**
     * The same with another merge window.
     *
     * @param other how long video may wait for company
     * @return new options
     */
    public StreamOptions withMergeWindow(Duration other) {
        return new StreamOptions(ring, slow, audioDelay, other);
    }
}
