package dev.millrace.hls.segment;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Codecs, picture size and frame rate of segments, as a multivariant playlist states them (RFC 8216, 4.3.4.2).
 * Immutable; the same object as long as nothing changes.
 *
 * @param codecs codec strings of the tracks (RFC 6381), video before audio; a track whose codec string is not known
 *     is not there
 * @param width of the picture as shown, in samples; empty without video, or if it is not known
 * @param height of the picture as shown, in samples; empty without video, or if it is not known
 * @param framesPerSecond the rate in the sequence parameter set, else that of the first segment; empty without video
 */
public record SegmentFacts(List<String> codecs, OptionalInt width, OptionalInt height, OptionalDouble framesPerSecond) {

    /** Checks for null and copies the list. */
    public SegmentFacts {
        codecs = List.copyOf(codecs);
        Objects.requireNonNull(width, "width");
        Objects.requireNonNull(height, "height");
        Objects.requireNonNull(framesPerSecond, "framesPerSecond");
    }
}
