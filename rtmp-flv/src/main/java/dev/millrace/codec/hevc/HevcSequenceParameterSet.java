package dev.millrace.codec.hevc;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What an H.265 sequence parameter set says of its pictures (ITU-T H.265, 7.3.2.2 and E.2.1). Immutable.
 *
 * @param profileTierLevel what a decoder must be able to do
 * @param temporalLayers number of temporal layers, 1 to 7
 * @param chromaFormat chroma_format_idc: 0 for monochrome, 1 for 4:2:0, 2 for 4:2:2, 3 for 4:4:4
 * @param bitDepthLuma bits of a luma sample, 8 to 16
 * @param bitDepthChroma bits of a chroma sample, 8 to 16
 * @param codedWidth samples a line, as coded
 * @param codedHeight lines of a picture, as coded
 * @param width samples a line that are shown; the sample aspect ratio is not applied
 * @param height lines of a picture that are shown
 * @param fields whether the pictures are fields (field_seq_flag), so that a frame has twice the lines
 * @param sampleAspectWidth how wide a sample is, in units of which it is {@code sampleAspectHeight} high; 1 if the stream does not say
 * @param sampleAspectHeight how high a sample is; 1 if the stream does not say
 * @param picturesPerSecond 1 to 240, or empty if the parameter set does not say, or says something else
 */
public record HevcSequenceParameterSet(
        HevcProfileTierLevel profileTierLevel,
        int temporalLayers,
        int chromaFormat,
        int bitDepthLuma,
        int bitDepthChroma,
        int codedWidth,
        int codedHeight,
        int width,
        int height,
        boolean fields,
        int sampleAspectWidth,
        int sampleAspectHeight,
        OptionalDouble picturesPerSecond) {

    /** Checks that nothing is null. */
    public HevcSequenceParameterSet {
        Objects.requireNonNull(profileTierLevel, "profileTierLevel");
        Objects.requireNonNull(picturesPerSecond, "picturesPerSecond");
    }

    /**
     * Parses a sequence parameter set of the base layer, up to the picture rate: what stands behind it is not looked at.
     *
     * @param nalUnit from its header on, with its emulation prevention bytes; no start code, no length
     * @return what it says
     * @throws MalformedException if it is no sequence parameter set of the base layer, is cut off, or has a field outside its range
     */
    public static HevcSequenceParameterSet parse(Bytes nalUnit) throws MalformedException {
        return HevcSpsReader.read(nalUnit);
    }

    /**
     * What a playlist or a MIME type says of the stream (ISO/IEC 14496-15, annex E).
     *
     * @return for example {@code hvc1.1.6.L93.B0}
     */
    public String codecString() {
        return profileTierLevel.codecString();
    }
}
