package dev.millrace.rtmp.stream;

import java.time.Duration;
import java.util.Objects;

/**
 * How one stream is kept and sent. Immutable.
 *
 * @param ring the bounds of what is kept for subscribers that join or lag
 * @param slow what happens to subscribers that cannot keep up
 * @param audioDelay how long audio may wait for the next video frame of its stream, so that both are sent with one
 *     write; zero sends at once, as always happens in streams without video
 * @param mergeWindow how long video may wait too, for still fewer writes; adds to latency; zero by default. Bytes of an
 *     RTMP publisher may also wait for an eighth of that in its socket, so that they are read in fewer pieces
 * @param resumeWindow how long the stream waits for its publisher to come back after the publisher was lost; only zero
 *     is supported so far: the stream ends at once
 */
public record StreamOptions(
        RingLimits ring, SlowPolicy slow, Duration audioDelay, Duration mergeWindow, Duration resumeWindow) {

    /** Default bounds of the ring, on to the newest keyframe after 4 s, 40 ms, no merge window, no resume window. */
    public static final StreamOptions DEFAULT =
            new StreamOptions(
                    RingLimits.DEFAULT, SlowPolicy.DEFAULT, Duration.ofMillis(40), Duration.ZERO, Duration.ZERO);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a duration is negative, or {@code resumeWindow} is not zero
     */
    public StreamOptions {
        Objects.requireNonNull(ring, "ring");
        Objects.requireNonNull(slow, "slow");
        if (audioDelay.isNegative() || mergeWindow.isNegative()) {
            throw new IllegalArgumentException(
                    "negative duration: audioDelay " + audioDelay + ", mergeWindow " + mergeWindow);
        }
        if (!resumeWindow.isZero()) {
            throw new IllegalArgumentException(
                    "resumeWindow " + resumeWindow + " is not supported, only " + Duration.ZERO);
        }
    }

    /**
     * Returns the same options with another ring.
     *
     * @param other the bounds of what is kept
     * @return new options
     */
    public StreamOptions withRing(RingLimits other) {
        return new StreamOptions(other, slow, audioDelay, mergeWindow, resumeWindow);
    }

    /**
     * Returns the same options with another policy for slow subscribers.
     *
     * @param other what happens to subscribers that cannot keep up
     * @return new options
     */
    public StreamOptions withSlow(SlowPolicy other) {
        return new StreamOptions(ring, other, audioDelay, mergeWindow, resumeWindow);
    }

    /**
     * Returns the same options with another delay of audio.
     *
     * @param other how long audio may wait for video; zero or more
     * @return new options
     */
    public StreamOptions withAudioDelay(Duration other) {
        return new StreamOptions(ring, slow, other, mergeWindow, resumeWindow);
    }

    /**
     * Returns the same options with another merge window.
     *
     * @param other how long video may wait to be batched; zero or more
     * @return new options
     */
    public StreamOptions withMergeWindow(Duration other) {
        return new StreamOptions(ring, slow, audioDelay, other, resumeWindow);
    }

    /**
     * Returns the same options with another resume window.
     *
     * @param other how long the stream waits for a lost publisher; only zero is supported so far
     * @return new options
     */
    public StreamOptions withResumeWindow(Duration other) {
        return new StreamOptions(ring, slow, audioDelay, mergeWindow, other);
    }
}
