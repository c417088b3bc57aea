package dev.millrace.codec.av1;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What an AV1 sequence header says of its frames (AV1, 5.5). Immutable.
 *
 * @param profile seq_profile, 0 to 2: Main, High, Professional
 * @param level seq_level_idx of the first operating point, 0 to 31
 * @param highTier seq_tier of the first operating point: high tier, not main tier
 * @param maxFrameWidth samples a line, 1 to 65536; a frame may be smaller
 * @param maxFrameHeight lines, 1 to 65536; a frame may be smaller
 * @param bitDepth bits of a sample: 8, 10 or 12
 * @param chromaFormat 0 for monochrome, 1 for 4:2:0, 2 for 4:2:2, 3 for 4:4:4, as in H.264
 * @param framesPerSecond 1 to 240, or empty if the stream has no constant rate, or does not say
 */
public record Av1SequenceHeader(
        int profile,
        int level,
        boolean highTier,
        int maxFrameWidth,
        int maxFrameHeight,
        int bitDepth,
        int chromaFormat,
        OptionalDouble framesPerSecond) {

    /** Checks that nothing is null. */
    public Av1SequenceHeader {
        Objects.requireNonNull(framesPerSecond, "framesPerSecond");
    }

    /**
     * Parses a sequence header.
     *
     * @param payload of an OBU of type {@link Av1Obu#SEQUENCE_HEADER}, without its header and size
     * @return what it says
     * @throws MalformedException if it is cut off, or has a field outside its range
     */
    public static Av1SequenceHeader parse(Bytes payload) throws MalformedException {
        return Av1SequenceHeaderReader.read(payload);
    }

    /**
     * The profile as people call it.
     *
     * @return for example {@code Main}
     */
    public String profileName() {
        return av1Profile().profileName();
    }

    /**
     * The level as people write it.
     *
     * @return for example {@code 5.1}
     */
    public String levelName() {
        return av1Profile().levelName();
    }

    /**
     * What a playlist or a MIME type says of the stream (AV1 in ISOBMFF, section 5), without the colours.
     *
     * @return for example {@code av01.0.04M.08}
     */
    public String codecString() {
        return av1Profile().codecString();
    }

    private Av1Profile av1Profile() {
        return new Av1Profile(profile, level, highTier, bitDepth);
    }
}
