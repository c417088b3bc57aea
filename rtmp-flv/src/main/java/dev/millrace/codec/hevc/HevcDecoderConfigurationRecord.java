package dev.millrace.codec.hevc;

import dev.millrace.bits.BitReader;
import dev.millrace.bits.ParameterSets;
import dev.millrace.bits.Ranges;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What an H.265 decoder has to know before the first picture: the body of a sequence header (ISO/IEC 14496-15, 8.3.3.1). Immutable.
 *
 * <pre>
 * version = 1 (8) | profile, tier, level (96) | 1111 min_spatial_segmentation (12) | 111111 parallelism (2) | 111111 chroma_format (2)
 * | 11111 bit_depth_luma_minus8 (3) | 11111 bit_depth_chroma_minus8 (3) | average frame rate (16) | constant frame rate (2) temporal layers (3)
 * temporal id nested (1) lengthSizeMinusOne (2) | count (8) | count x { completeness (1) 0 type (6) | count (16) | count x { length (16) NAL unit } }
 * </pre>
 *
 * @param profileTierLevel what a decoder must be able to do
 * @param minSpatialSegmentation min_spatial_segmentation_idc, 0 to 4095
 * @param parallelismType 0 if not known, 1 slices, 2 tiles, 3 wavefronts
 * @param chromaFormat chroma_format_idc: 0 for monochrome, 1 for 4:2:0, 2 for 4:2:2, 3 for 4:4:4
 * @param bitDepthLuma bits of a luma sample, 8 to 15
 * @param bitDepthChroma bits of a chroma sample, 8 to 15
 * @param averageFrameRate frames in 256 seconds, 0 to 65535; 0 if not known
 * @param constantFrameRate 1 if the frame rate is constant, 2 if it is so for each temporal layer, 0 if not known
 * @param temporalLayers number of temporal layers, 0 to 7; 0 if not known
 * @param temporalIdNested whether one may switch to more temporal layers at any picture
 * @param nalUnitLengthBytes bytes of the length in front of each NAL unit of an access unit: 1, 2 or 4
 * @param arrays parameter sets and SEI, at most 255 arrays with at most 256 NAL units in all
 */
public record HevcDecoderConfigurationRecord(
        HevcProfileTierLevel profileTierLevel,
        int minSpatialSegmentation,
        int parallelismType,
        int chromaFormat,
        int bitDepthLuma,
        int bitDepthChroma,
        int averageFrameRate,
        int constantFrameRate,
        int temporalLayers,
        boolean temporalIdNested,
        int nalUnitLengthBytes,
        List<HevcNalArray> arrays) {

    private static final int VERSION = 1;
    private static final int VPS = 32;
    private static final int SPS = 33;
    private static final int PPS = 34;

    /** What a count of eight bits can say. */
    private static final int MAX_ARRAYS = 255;

    /**
     * Checks the ranges and copies the list.
     *
     * @throws IllegalArgumentException if a value does not fit its field, or there are too many NAL units
     */
    public HevcDecoderConfigurationRecord {
        Objects.requireNonNull(profileTierLevel, "profileTierLevel");
        Ranges.check("minSpatialSegmentation", minSpatialSegmentation, 0, 4095);
        Ranges.check("parallelismType", parallelismType, 0, 3);
        Ranges.check("chromaFormat", chromaFormat, 0, 3);
        Ranges.check("bitDepthLuma", bitDepthLuma, 8, 15);
        Ranges.check("bitDepthChroma", bitDepthChroma, 8, 15);
        Ranges.check("averageFrameRate", averageFrameRate, 0, 65535);
        Ranges.check("constantFrameRate", constantFrameRate, 0, 3);
        Ranges.check("temporalLayers", temporalLayers, 0, 7);
        ParameterSets.checkNalUnitLengthBytes(nalUnitLengthBytes);
        arrays = List.copyOf(arrays);
        Ranges.check("number of arrays", arrays.size(), 0, MAX_ARRAYS);
        int nalUnits = arrays.stream().mapToInt(array -> array.nalUnits().size()).sum();
        Ranges.check("number of NAL units", nalUnits, 0, HevcNalArray.MAX_NAL_UNITS);
    }

    /**
     * Parses a record. Empty NAL units are left out, bytes behind the record are not looked at.
     *
     * @param body the record
     * @return its values; the NAL units share the bytes
     * @throws MalformedException if it is cut off, has a field with a value that is not legal, or more than 256 NAL units
     */
    public static HevcDecoderConfigurationRecord parse(Bytes body) throws MalformedException {
        BitReader in = new BitReader(body);
        int version = in.u(8, "configurationVersion");
        if (version != VERSION) {
            throw new MalformedException("configurationVersion " + version + " is not " + VERSION);
        }
        HevcProfileTierLevel profileTierLevel = HevcProfileTierLevel.read(in);
        in.skip(4, "reserved");
        int minSpatialSegmentation = in.u(12, "min_spatial_segmentation_idc");
        in.skip(6, "reserved");
        int parallelismType = in.u(2, "parallelismType");
        in.skip(6, "reserved");
        int chromaFormat = in.u(2, "chroma_format_idc");
        in.skip(5, "reserved");
        int bitDepthLuma = 8 + in.u(3, "bit_depth_luma_minus8");
        in.skip(5, "reserved");
        int bitDepthChroma = 8 + in.u(3, "bit_depth_chroma_minus8");
        int averageFrameRate = in.u(16, "avgFrameRate");
        int constantFrameRate = in.u(2, "constantFrameRate");
        int temporalLayers = in.u(3, "numTemporalLayers");
        boolean temporalIdNested = in.flag("temporalIdNested");
        int nalUnitLengthBytes = ParameterSets.readNalUnitLengthBytes(in);
        return new HevcDecoderConfigurationRecord(profileTierLevel, minSpatialSegmentation, parallelismType, chromaFormat, bitDepthLuma,
                bitDepthChroma, averageFrameRate, constantFrameRate, temporalLayers, temporalIdNested, nalUnitLengthBytes, readArrays(in));
    }

    private static List<HevcNalArray> readArrays(BitReader in) throws MalformedException {
        int count = in.u(8, "numOfArrays");
        List<HevcNalArray> arrays = new ArrayList<>();
        int left = HevcNalArray.MAX_NAL_UNITS;
        for (int i = 0; i < count; i++) {
            boolean complete = in.flag("array_completeness");
            in.skip(1, "reserved");
            int nalUnitType = in.u(6, "NAL_unit_type");
            HevcNalArray array = new HevcNalArray(complete, nalUnitType, ParameterSets.read(in.u(16, "numNalus"), left, in, "NAL unit"));
            left -= array.nalUnits().size();
            arrays.add(array);
        }
        return arrays;
    }

    /**
     * Writes the record.
     *
     * @param out grows by the record
     */
    public void writeTo(ByteBuf out) {
        out.writeByte(VERSION);
        profileTierLevel.writeTo(out);
        out.writeShort(0b1111 << 12 | minSpatialSegmentation);
        out.writeByte(0b111111_00 | parallelismType);
        out.writeByte(0b111111_00 | chromaFormat);
        out.writeByte(0b11111_000 | bitDepthLuma - 8);
        out.writeByte(0b11111_000 | bitDepthChroma - 8);
        out.writeShort(averageFrameRate);
        out.writeByte(constantFrameRate << 6 | temporalLayers << 3 | (temporalIdNested ? 0b100 : 0) | nalUnitLengthBytes - 1);
        out.writeByte(arrays.size());
        for (HevcNalArray array : arrays) {
            out.writeByte((array.complete() ? 0x80 : 0) | array.nalUnitType());
            out.writeShort(array.nalUnits().size());
            ParameterSets.write(array.nalUnits(), out);
        }
    }

    /**
     * The video parameter sets.
     *
     * @return those of all arrays, in order
     */
    public List<Bytes> vps() {
        return nalUnits(VPS);
    }

    /**
     * The sequence parameter sets.
     *
     * @return those of all arrays, in order
     */
    public List<Bytes> sps() {
        return nalUnits(SPS);
    }

    /**
     * The picture parameter sets.
     *
     * @return those of all arrays, in order
     */
    public List<Bytes> pps() {
        return nalUnits(PPS);
    }

    /**
     * Parses the first sequence parameter set.
     *
     * @return what it says
     * @throws MalformedException if there is none, or it is damaged
     */
    public HevcSequenceParameterSet sequenceParameterSet() throws MalformedException {
        List<Bytes> sps = sps();
        if (sps.isEmpty()) {
            throw new MalformedException("no SPS among " + arrays.size() + " arrays, wanted 1 or more");
        }
        return HevcSequenceParameterSet.parse(sps.get(0));
    }

    /**
     * What a playlist or a MIME type says of the stream (ISO/IEC 14496-15, annex E).
     *
     * @return for example {@code hvc1.1.6.L93.B0}
     */
    public String codecString() {
        return profileTierLevel.codecString();
    }

    private List<Bytes> nalUnits(int nalUnitType) {
        return arrays.stream().filter(array -> array.nalUnitType() == nalUnitType).flatMap(array -> array.nalUnits().stream()).toList();
    }
}
