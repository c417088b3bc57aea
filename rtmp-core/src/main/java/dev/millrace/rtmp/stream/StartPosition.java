package dev.millrace.rtmp.stream;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a subscriber wants to start. Video always starts at a keyframe.
 *
 * @param firstFrame true to start at the stream's first frame while the stream still holds it, and {@link SlowPolicy#maxLag()} allows for it
 * @param maxBehind how far behind live the newest keyframe may lie to start there at once; empty for any distance, zero for live
 */
public record StartPosition(boolean firstFrame, Optional<Duration> maxBehind) {

    /** At the stream's first frame as long as it is held, else at the newest keyframe: nothing is missed, however late an executor gets to it. */
    public static final StartPosition FIRST_FRAME = new StartPosition(true, Optional.empty());

    /** At the newest keyframe, so that there is a picture at once. */
    public static final StartPosition NEWEST_KEYFRAME = new StartPosition(false, Optional.empty());

    /** Live: audio at once, video from the next keyframe on. */
    public static final StartPosition LIVE = atMostBehind(Duration.ZERO);

    /** Checks for null. */
    public StartPosition {
        Objects.requireNonNull(maxBehind, "maxBehind");
    }

    /**
     * At the newest keyframe unless it is too old.
     *
     * @param maxBehind the most that playing may lag behind live
     * @return the position
     */
    public static StartPosition atMostBehind(Duration maxBehind) {
        return new StartPosition(false, Optional.of(maxBehind));
    }

    /** The same for one that has been served before, and must not hear the past again. */
    StartPosition again() {
        return new StartPosition(false, maxBehind);
    }
}
