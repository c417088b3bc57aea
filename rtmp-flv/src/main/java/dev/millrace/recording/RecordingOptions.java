package dev.millrace.recording;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How files are written. Immutable.
 *
 * @param maxDuration a file that is so long ends at the next keyframe, and another begins; empty for none
 * @param maxBytes a file that is so large ends at the next keyframe, and another begins; 0 for never
 * @param maxIndexedKeyframes places for keyframes in the index in front of the file, 18 bytes each; if there are more keyframes, every second is
 *     indexed, and so on
 */
public record RecordingOptions(Optional<Duration> maxDuration, long maxBytes, int maxIndexedKeyframes) {

    /** So many, with two numbers each, and the publisher's own metadata pass the default bounds of AMF. */
    public static final int MAX_INDEXED_KEYFRAMES = 1_800;

    /** One file, with 1,024 places in its index. */
    public static final RecordingOptions DEFAULT = new RecordingOptions(Optional.empty(), 0, 1024);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the duration is not positive, the size is negative, or the places are not 2 to 1,800
     */
    public RecordingOptions {
        Objects.requireNonNull(maxDuration, "maxDuration");
        if (maxDuration.isPresent() && (maxDuration.get().isNegative() || maxDuration.get().isZero())) {
            throw new IllegalArgumentException("maxDuration " + maxDuration.get() + " is not positive");
        }
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes " + maxBytes + " is negative");
        }
        if (maxIndexedKeyframes < 2 || maxIndexedKeyframes > MAX_INDEXED_KEYFRAMES) {
            throw new IllegalArgumentException("maxIndexedKeyframes " + maxIndexedKeyframes + " is not 2 to " + MAX_INDEXED_KEYFRAMES);
        }
    }

    /**
     * The same, with a new file each time.
     *
     * @param after how long a file is at least
     * @return new options
     */
    public RecordingOptions rollAfter(Duration after) {
        return new RecordingOptions(Optional.of(after), maxBytes, maxIndexedKeyframes);
    }

    /**
     * The same, with a new file each size.
     *
     * @param bytes how large a file is at least
     * @return new options
     */
    public RecordingOptions rollAfterBytes(long bytes) {
        return new RecordingOptions(maxDuration, bytes, maxIndexedKeyframes);
    }
}
