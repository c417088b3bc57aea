package dev.millrace.codec.avc;

import dev.millrace.bits.BitReader;
import dev.millrace.bits.ParameterSets;
import dev.millrace.bits.Ranges;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * What an H.264 decoder has to know before the first picture: the body of a sequence header (ISO/IEC 14496-15, 5.3.3.1). Immutable.
 *
 * <pre>
 * version = 1 (8) | profile (8) | compatibility (8) | level (8) | 111111 lengthSizeMinusOne (2) | 111 count (5) | count x { length (16) SPS }
 * | count (8) | count x { length (16) PPS }
 * High profiles: | 111111 chroma_format (2) | 11111 bit_depth_luma_minus8 (3) | 11111 bit_depth_chroma_minus8 (3) | count (8)
 * | count x { length (16) SPSExt }
 * </pre>
 *
 * @param profile AVCProfileIndication, the profile_idc of the parameter sets, 0 to 255
 * @param compatibility profile_compatibility, the constraint_set flags, 0 to 255
 * @param level AVCLevelIndication, ten times the number of the level, 0 to 255
 * @param nalUnitLengthBytes bytes of the length in front of each NAL unit of an access unit: 1, 2 or 4
 * @param sps sequence parameter sets, at most 31; empty if they come in the access units
 * @param pps picture parameter sets, at most 255
 * @param chromaFormat chroma_format_idc, 0 to 3; written for High profiles only, and 1 for others
 * @param bitDepthLuma bits of a luma sample, 8 to 15; written for High profiles only, and 8 for others
 * @param bitDepthChroma bits of a chroma sample, 8 to 15; written for High profiles only, and 8 for others
 * @param spsExt sequence parameter set extensions, at most 255; written for High profiles only, and empty for others
 */
public record AvcDecoderConfigurationRecord(
        int profile,
        int compatibility,
        int level,
        int nalUnitLengthBytes,
        List<Bytes> sps,
        List<Bytes> pps,
        int chromaFormat,
        int bitDepthLuma,
        int bitDepthChroma,
        List<Bytes> spsExt) {

    private static final int VERSION = 1;

    /** What the count of five bits can say. */
    private static final int MAX_SPS = 31;

    /** What a count of eight bits can say. */
    private static final int MAX_PPS = 255;

    /** The extension without parameter sets. */
    private static final int EXTENSION_BYTES = 4;

    /**
     * Checks the ranges and copies the lists.
     *
     * @throws IllegalArgumentException if a value does not fit its field, or a value that only High profiles have is not the default of others
     */
    public AvcDecoderConfigurationRecord {
        Ranges.check("profile", profile, 0, 255);
        Ranges.check("compatibility", compatibility, 0, 255);
        Ranges.check("level", level, 0, 255);
        ParameterSets.checkNalUnitLengthBytes(nalUnitLengthBytes);
        sps = ParameterSets.checked(sps, MAX_SPS, "SPS");
        pps = ParameterSets.checked(pps, MAX_PPS, "PPS");
        spsExt = ParameterSets.checked(spsExt, MAX_PPS, "SPSExt");
        boolean high = new AvcProfile(profile, compatibility, level).hasChromaFormat();
        Ranges.check("chromaFormat", chromaFormat, high ? 0 : 1, high ? 3 : 1);
        Ranges.check("bitDepthLuma", bitDepthLuma, 8, high ? 15 : 8);
        Ranges.check("bitDepthChroma", bitDepthChroma, 8, high ? 15 : 8);
        Ranges.check("number of SPSExt", spsExt.size(), 0, high ? MAX_PPS : 0);
    }

    /**
     * Parses a record. Empty parameter sets are left out, bytes behind the record are not looked at.
     *
     * <p>The extension of High profiles may be missing, as older senders have it: its values then come from the first SPS, or are 4:2:0 and 8 bits.
     * A record without parameter sets is legal, though FLV has no use for it.
     *
     * @param body the record
     * @return its values; the parameter sets share the bytes
     * @throws MalformedException if it is cut off or a field has a value that is not legal
     */
    public static AvcDecoderConfigurationRecord parse(Bytes body) throws MalformedException {
        BitReader in = new BitReader(body);
        int version = in.u(8, "configurationVersion");
        if (version != VERSION) {
            throw new MalformedException("configurationVersion " + version + " is not " + VERSION);
        }
        AvcProfile profile = new AvcProfile(in.u(8, "AVCProfileIndication"), in.u(8, "profile_compatibility"), in.u(8, "AVCLevelIndication"));
        in.skip(6, "reserved");
        int nalUnitLengthBytes = ParameterSets.readNalUnitLengthBytes(in);
        in.skip(3, "reserved");
        List<Bytes> sps = ParameterSets.read(in.u(5, "numOfSequenceParameterSets"), MAX_SPS, in, "SPS");
        List<Bytes> pps = ParameterSets.read(in.u(8, "numOfPictureParameterSets"), MAX_PPS, in, "PPS");
        AvcHighExtension extension = AvcHighExtension.DEFAULT;
        if (profile.hasChromaFormat()) {
            extension = in.remainingBytes() >= EXTENSION_BYTES ? AvcHighExtension.read(in) : AvcHighExtension.of(sps);
        }
        return new AvcDecoderConfigurationRecord(profile.profile(), profile.compatibility(), profile.level(), nalUnitLengthBytes, sps, pps,
                extension.chromaFormat(), extension.bitDepthLuma(), extension.bitDepthChroma(), extension.spsExt());
    }

    /**
     * Writes the record, with the extension if the profile has one.
     *
     * @param out grows by the record
     */
    public void writeTo(ByteBuf out) {
        out.writeByte(VERSION);
        out.writeByte(profile);
        out.writeByte(compatibility);
        out.writeByte(level);
        out.writeByte(0b111111_00 | nalUnitLengthBytes - 1);
        out.writeByte(0b111_00000 | sps.size());
        ParameterSets.write(sps, out);
        out.writeByte(pps.size());
        ParameterSets.write(pps, out);
        if (avcProfile().hasChromaFormat()) {
            new AvcHighExtension(chromaFormat, bitDepthLuma, bitDepthChroma, spsExt).writeTo(out);
        }
    }

    /**
     * Parses the first sequence parameter set.
     *
     * @return what it says
     * @throws MalformedException if there is none, or it is damaged
     */
    public AvcSequenceParameterSet sequenceParameterSet() throws MalformedException {
        if (sps.isEmpty()) {
            throw new MalformedException("numOfSequenceParameterSets 0 is not 1 to " + MAX_SPS);
        }
        return AvcSequenceParameterSet.parse(sps.get(0));
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
