package dev.millrace.rtmp.stream;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a subscriber wants to start. Video always starts at a keyframe.
 *
 * @param maxBehind how far behind live the newest keyframe may lie to start there at once; empty for any distance, zero for live
 */
public record StartPosition(Optional<Duration> maxBehind) {

    /** At the newest keyframe, so that there is a picture at once. */
    public static final StartPosition NEWEST_KEYFRAME = new StartPosition(Optional.empty());

    /** Live: audio at once, video from the next keyframe on. */
    public static final StartPosition LIVE = new StartPosition(Optional.of(Duration.ZERO));

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
        return new StartPosition(Optional.of(maxBehind));
    }
}
