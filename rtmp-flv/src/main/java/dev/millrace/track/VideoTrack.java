package dev.millrace.track;

import dev.millrace.sample.VideoFormat;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A video track at one moment.
 *
 * @param format how it is coded
 * @param framesPerSecond what the format states, or else what was measured
 * @param kilobitsPerSecond measured over the last seconds
 * @param keyframeIntervalMillis between the last two keyframes
 */
public record VideoTrack(
        VideoFormat format,
        OptionalDouble framesPerSecond,
        OptionalInt kilobitsPerSecond,
        OptionalLong keyframeIntervalMillis)
        implements Track {

    /** Checks for null. */
    public VideoTrack {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(framesPerSecond, "framesPerSecond");
        Objects.requireNonNull(kilobitsPerSecond, "kilobitsPerSecond");
        Objects.requireNonNull(keyframeIntervalMillis, "keyframeIntervalMillis");
    }

    /**
     * Returns the width of the picture.
     *
     * @return samples as shown, 0 if it is not known
     */
    public int width() {
        return format.width();
    }

    /**
     * Returns the height of the picture.
     *
     * @return samples as shown, 0 if it is not known
     */
    public int height() {
        return format.height();
    }
}
