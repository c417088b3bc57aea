package dev.millrace.codec.avc;

import dev.millrace.bits.BitReader;
import dev.millrace.bits.VideoUsability;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.OptionalDouble;

/** Reads a sequence parameter set in the order of ITU-T H.264, 7.3.2.1.1. */
final class AvcSpsReader {

    private static final int NAL_UNIT_TYPE = 7;

    /** 65536 samples or lines: four times what level 6.2 allows (A.3.1). */
    private static final int MAX_MACROBLOCKS = 4096;

    /** A side of a macroblock. */
    private static final int MACROBLOCK = 16;

    private static final int MAX_CROP = MAX_MACROBLOCKS * MACROBLOCK;

    /** Frames that a decoder keeps (A.3.1). */
    private static final int MAX_REFERENCE_FRAMES = 16;

    private static final int YUV_420 = 1;
    private static final int YUV_444 = 3;

    private final BitReader in;

    private int chromaFormat = YUV_420;
    private boolean separateColourPlanes;
    private int bitDepthLuma = 8;
    private int bitDepthChroma = 8;
    private VideoUsability usability = VideoUsability.UNKNOWN;
    private OptionalDouble framesPerSecond = OptionalDouble.empty();

    private AvcSpsReader(BitReader in) {
        this.in = in;
    }

    static AvcSequenceParameterSet read(Bytes nalUnit) throws MalformedException {
        return new AvcSpsReader(BitReader.ofParameterSet(nalUnit)).read();
    }

    private AvcSequenceParameterSet read() throws MalformedException {
        in.skip(1 + 2, "forbidden_zero_bit, nal_ref_idc");
        int nalUnitType = in.u(5, "nal_unit_type");
        if (nalUnitType != NAL_UNIT_TYPE) {
            throw new MalformedException("nal_unit_type " + nalUnitType + " is not " + NAL_UNIT_TYPE);
        }
        AvcProfile profile = new AvcProfile(in.u(8, "profile_idc"), in.u(8, "constraint_set flags"), in.u(8, "level_idc"));
        in.ue(31, "seq_parameter_set_id");
        if (profile.hasChromaFormat()) {
            readChromaFormat();
        }
        in.ue(12, "log2_max_frame_num_minus4");
        skipPictureOrderCount();
        in.ue(MAX_REFERENCE_FRAMES, "max_num_ref_frames");
        in.skip(1, "gaps_in_frame_num_value_allowed_flag");
        int codedWidth = (in.ue(MAX_MACROBLOCKS - 1, "pic_width_in_mbs_minus1") + 1) * MACROBLOCK;
        int mapUnits = in.ue(MAX_MACROBLOCKS - 1, "pic_height_in_map_units_minus1") + 1;
        boolean framesOnly = in.flag("frame_mbs_only_flag");
        int fields = framesOnly ? 1 : 2;
        int codedHeight = mapUnits * fields * MACROBLOCK;
        if (!framesOnly) {
            in.skip(1, "mb_adaptive_frame_field_flag");
        }
        in.skip(1, "direct_8x8_inference_flag");
        int width = codedWidth;
        int height = codedHeight;
        if (in.flag("frame_cropping_flag")) {
            boolean halfWidth = !separateColourPlanes && (chromaFormat == 1 || chromaFormat == 2);
            boolean halfHeight = !separateColourPlanes && chromaFormat == 1;
            width = readCropped(codedWidth, halfWidth ? 2 : 1, "frame_crop_left_offset, frame_crop_right_offset");
            height = readCropped(codedHeight, (halfHeight ? 2 : 1) * fields, "frame_crop_top_offset, frame_crop_bottom_offset");
        }
        if (in.flag("vui_parameters_present_flag")) {
            readUsability();
        }
        return new AvcSequenceParameterSet(profile.profile(), profile.compatibility(), profile.level(), chromaFormat, bitDepthLuma, bitDepthChroma,
                codedWidth, codedHeight, width, height, framesOnly, usability.sampleAspectWidth(), usability.sampleAspectHeight(), framesPerSecond);
    }

    private void readChromaFormat() throws MalformedException {
        chromaFormat = in.ue(3, "chroma_format_idc");
        if (chromaFormat == YUV_444) {
            separateColourPlanes = in.flag("separate_colour_plane_flag");
        }
        bitDepthLuma = 8 + in.ue(6, "bit_depth_luma_minus8");
        bitDepthChroma = 8 + in.ue(6, "bit_depth_chroma_minus8");
        in.skip(1, "qpprime_y_zero_transform_bypass_flag");
        if (in.flag("seq_scaling_matrix_present_flag")) {
            int lists = chromaFormat == YUV_444 ? 12 : 8;
            for (int i = 0; i < lists; i++) {
                if (in.flag("seq_scaling_list_present_flag")) {
                    skipScalingList(/* size= */ i < 6 ? 16 : 64);
                }
            }
        }
    }

    /** scaling_list(), 7.3.2.1.1.1: deltas until the next scale would be 0. */
    private void skipScalingList(int size) throws MalformedException {
        int nextScale = 8;
        for (int i = 0; i < size && nextScale != 0; i++) {
            nextScale = nextScale + in.se("delta_scale") & 0xFF;
        }
    }

    private void skipPictureOrderCount() throws MalformedException {
        int type = in.ue(2, "pic_order_cnt_type");
        if (type == 0) {
            in.ue(12, "log2_max_pic_order_cnt_lsb_minus4");
        } else if (type == 1) {
            in.skip(1, "delta_pic_order_always_zero_flag");
            in.se("offset_for_non_ref_pic");
            in.se("offset_for_top_to_bottom_field");
            int frames = in.ue(255, "num_ref_frames_in_pic_order_cnt_cycle");
            for (int i = 0; i < frames; i++) {
                in.se("offset_for_ref_frame");
            }
        }
    }

    private int readCropped(int coded, int unit, String fields) throws MalformedException {
        int cropped = (in.ue(MAX_CROP, fields) + in.ue(MAX_CROP, fields)) * unit;
        if (cropped >= coded) {
            throw new MalformedException(fields + " take " + cropped + " of " + coded);
        }
        return coded - cropped;
    }

    private void readUsability() throws MalformedException {
        usability = VideoUsability.read(in);
        if (in.flag("timing_info_present_flag")) {
            long unitsInTick = in.u32("num_units_in_tick");
            long timeScale = in.u32("time_scale");
            framesPerSecond = VideoUsability.framesPerSecond(timeScale, /* ticksPerFrame= */ 2.0 * unitsInTick); // a tick is a field
        }
    }
}
