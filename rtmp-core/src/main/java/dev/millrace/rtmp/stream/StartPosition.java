package dev.millrace.rtmp.stream;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The position where a subscriber starts. Video always starts at a keyframe.
 *
 * @param firstFrame true to start at the stream's first frame while the stream still holds it, and
 *     {@link SlowPolicy#maxLag()} allows for it
 * @param maxBehind how far behind live the newest keyframe may lie to start there at once; empty for any distance, zero
 *     for live
 */
public record StartPosition(boolean firstFrame, Optional<Duration> maxBehind) {

    /**
     * The stream's first frame while it is held, else the newest keyframe: no frame is missed if the subscriber's
     * executor starts late.
     */
    public static final StartPosition FIRST_FRAME = new StartPosition(true, Optional.empty());

    /** The newest keyframe, so that there is a picture at once. */
    public static final StartPosition NEWEST_KEYFRAME = new StartPosition(false, Optional.empty());

    /** Live: audio at once, video from the next keyframe on. */
    public static final StartPosition LIVE = atMostBehind(Duration.ZERO);

    /** Checks for null. */
    public StartPosition {
        Objects.requireNonNull(maxBehind, "maxBehind");
    }

    /**
     * Creates a position at the newest keyframe, or live if that keyframe is too old.
     *
     * @param maxBehind the longest lag behind live at the start
     * @return the position
     */
    public static StartPosition atMostBehind(Duration maxBehind) {
        return new StartPosition(false, Optional.of(maxBehind));
    }

    /** Returns the position of a restart, which does not go back to the first frame. */
    StartPosition again() {
        return new StartPosition(false, maxBehind);
    }
}
