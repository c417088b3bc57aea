package dev.millrace.recording;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * When a recorder starts a new file, and how many keyframes it indexes. Immutable.
 *
 * @param maxDuration duration after which a new file starts at the next keyframe; empty for no limit
 * @param maxBytes size after which a new file starts at the next keyframe; 0 for no limit
 * @param maxIndexedKeyframes capacity of the keyframe index at the start of the file, 18 bytes each; if there are more
 *     keyframes, only every second one is indexed, then every fourth, and so on
 */
public record RecordingOptions(Optional<Duration> maxDuration, long maxBytes, int maxIndexedKeyframes) {

    /**
     * With two numbers each, these and the metadata of the publisher are within
     * {@link dev.millrace.amf.AmfLimits#DEFAULT}.
     */
    public static final int MAX_INDEXED_KEYFRAMES = 1_800;

    /** One file, with 1,024 keyframes in its index. */
    public static final RecordingOptions DEFAULT = new RecordingOptions(Optional.empty(), 0, 1024);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the duration is not positive, the size is negative, or the capacity is not 2
     *     to 1,800
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
            throw new IllegalArgumentException(
                    "maxIndexedKeyframes " + maxIndexedKeyframes + " is not 2 to " + MAX_INDEXED_KEYFRAMES);
        }
    }

    /**
     * Returns these options with new files by duration.
     *
     * @param after the least duration of a file, positive
     * @return new options
     */
    public RecordingOptions rollAfter(Duration after) {
        return new RecordingOptions(Optional.of(after), maxBytes, maxIndexedKeyframes);
    }

    /**
     * Returns these options with new files by size.
     *
     * @param bytes the least size of a file; 0 for no limit
     * @return new options
     */
    public RecordingOptions rollAfterBytes(long bytes) {
        return new RecordingOptions(maxDuration, bytes, maxIndexedKeyframes);
    }
}
