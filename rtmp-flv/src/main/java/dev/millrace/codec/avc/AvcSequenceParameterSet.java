package dev.millrace.codec.avc;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What an H.264 sequence parameter set says of its pictures (ITU-T H.264, 7.3.2.1.1 and E.1.1). Immutable.
 *
 * @param profile profile_idc, 0 to 255
 * @param compatibility the constraint_set flags, constraint_set0_flag in the highest bit
 * @param level level_idc, ten times the number of the level
 * @param chromaFormat chroma_format_idc: 0 for monochrome, 1 for 4:2:0, 2 for 4:2:2, 3 for 4:4:4
 * @param bitDepthLuma bits of a luma sample, 8 to 14
 * @param bitDepthChroma bits of a chroma sample, 8 to 14
 * @param codedWidth samples a line, as coded: a multiple of 16
 * @param codedHeight lines of a frame, as coded: a multiple of 16
 * @param width samples a line that are shown; the sample aspect ratio is not applied
 * @param height lines of a frame that are shown
 * @param framesOnly whether no picture is a field and no macroblock is interlaced (frame_mbs_only_flag)
 * @param sampleAspectWidth how wide a sample is, in units of which it is {@code sampleAspectHeight} high; 1 if the stream does not say
 * @param sampleAspectHeight how high a sample is; 1 if the stream does not say
 * @param framesPerSecond 1 to 240, or empty if the stream does not say, or says something else
 */
public record AvcSequenceParameterSet(
        int profile,
        int compatibility,
        int level,
        int chromaFormat,
        int bitDepthLuma,
        int bitDepthChroma,
        int codedWidth,
        int codedHeight,
        int width,
        int height,
        boolean framesOnly,
        int sampleAspectWidth,
        int sampleAspectHeight,
        OptionalDouble framesPerSecond) {

    /** Checks that nothing is null. */
    public AvcSequenceParameterSet {
        Objects.requireNonNull(framesPerSecond, "framesPerSecond");
    }

    /**
     * Parses a sequence parameter set, up to the frame rate: what stands behind it is not looked at.
     *
     * @param nalUnit from its header on, with its emulation prevention bytes; no start code, no length
     * @return what it says
     * @throws MalformedException if it is no sequence parameter set, is cut off, or has a field outside its range
     */
    public static AvcSequenceParameterSet parse(Bytes nalUnit) throws MalformedException {
        return AvcSpsReader.read(nalUnit);
    }

    /**
     * The profile as people call it.
     *
     * @return for example {@code High} or {@code Constrained Baseline}; {@code profile 99} for one without name
     */
    public String profileName() {
        return avcProfile().profileName();
    }

    /**
     * The level as people write it.
     *
     * @return for example {@code 3.1} or {@code 1b}
     */
    public String levelName() {
        return avcProfile().levelName();
    }

    /**
     * What a playlist or a MIME type says of the stream (RFC 6381, 3.3).
     *
     * @return for example {@code avc1.64001f}
     */
    public String codecString() {
        return avcProfile().codecString();
    }

    private AvcProfile avcProfile() {
        return new AvcProfile(profile, compatibility, level);
    }
}
