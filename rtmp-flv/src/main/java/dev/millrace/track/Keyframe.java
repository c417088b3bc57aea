package dev.millrace.track;

import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import java.util.Objects;

/**
 * A picture that can be decoded alone. Immutable.
 *
 * @param codec AVC, HEVC or AV1
 * @param accessUnit for AVC and HEVC the parameter sets and the NAL units of the picture in the byte stream format of annex B; for AV1 a temporal
 *     unit with its sequence header
 * @param timestampMillis when it is shown, on the stream's clock
 * @param width in samples, 0 if it is not known
 * @param height in samples, 0 if it is not known
 */
public record Keyframe(Codec codec, Bytes accessUnit, long timestampMillis, int width, int height) {

    /** Checks for null. */
    public Keyframe {
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(accessUnit, "accessUnit");
    }
}
