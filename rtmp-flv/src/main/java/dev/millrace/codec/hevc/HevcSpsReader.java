package dev.millrace.codec.hevc;

import dev.millrace.bits.BitReader;
import dev.millrace.bits.VideoUsability;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.OptionalDouble;

/** Reads a sequence parameter set in the order of ITU-T H.265, 7.3.2.2. */
final class HevcSpsReader {

    private static final int NAL_UNIT_TYPE = 33;

    /** Four times what level 6.2 allows (A.4.1). */
    private static final int MAX_SAMPLES = 65536;

    private static final int YUV_444 = 3;

    private final BitReader in;

    private int temporalLayers;
    private int chromaFormat;
    private boolean separateColourPlanes;
    private int log2MaxPictureOrderCountLsb;
    private boolean fields;
    private VideoUsability usability = VideoUsability.UNKNOWN;
    private OptionalDouble picturesPerSecond = OptionalDouble.empty();

    private HevcSpsReader(BitReader in) {
        this.in = in;
    }

    static HevcSequenceParameterSet read(Bytes nalUnit) throws MalformedException {
        return new HevcSpsReader(BitReader.ofParameterSet(nalUnit)).read();
    }

    private HevcSequenceParameterSet read() throws MalformedException {
        readNalUnitHeader();
        in.skip(4, "sps_video_parameter_set_id");
        temporalLayers = 1 + in.u(3, "sps_max_sub_layers_minus1");
        if (temporalLayers > 7) {
            throw new MalformedException("sps_max_sub_layers_minus1 7 is not 0 to 6");
        }
        in.skip(1, "sps_temporal_id_nesting_flag");
        HevcProfileTierLevel profileTierLevel = HevcProfileTierLevel.read(in);
        skipSubLayerProfiles();
        in.ue(15, "sps_seq_parameter_set_id");
        chromaFormat = in.ue(3, "chroma_format_idc");
        if (chromaFormat == YUV_444) {
            separateColourPlanes = in.flag("separate_colour_plane_flag");
        }
        int codedWidth = in.ue(MAX_SAMPLES, "pic_width_in_luma_samples");
        int codedHeight = in.ue(MAX_SAMPLES, "pic_height_in_luma_samples");
        int croppedX = 0;
        int croppedY = 0;
        if (in.flag("conformance_window_flag")) {
            boolean halfWidth = !separateColourPlanes && (chromaFormat == 1 || chromaFormat == 2);
            boolean halfHeight = !separateColourPlanes && chromaFormat == 1;
            croppedX = (halfWidth ? 2 : 1) * readOffsets("conf_win_left_offset, conf_win_right_offset");
            croppedY = (halfHeight ? 2 : 1) * readOffsets("conf_win_top_offset, conf_win_bottom_offset");
        }
        checkWindow("width", codedWidth, croppedX);
        checkWindow("height", codedHeight, croppedY);
        int bitDepthLuma = 8 + in.ue(8, "bit_depth_luma_minus8");
        int bitDepthChroma = 8 + in.ue(8, "bit_depth_chroma_minus8");
        skipCodingTools();
        if (in.flag("vui_parameters_present_flag")) {
            readUsability();
        }
        return new HevcSequenceParameterSet(profileTierLevel, temporalLayers, chromaFormat, bitDepthLuma, bitDepthChroma, codedWidth, codedHeight,
                codedWidth - croppedX, codedHeight - croppedY, fields, usability.sampleAspectWidth(), usability.sampleAspectHeight(),
                picturesPerSecond);
    }

    private void readNalUnitHeader() throws MalformedException {
        in.skip(1, "forbidden_zero_bit");
        int nalUnitType = in.u(6, "nal_unit_type");
        int layer = in.u(6, "nuh_layer_id");
        in.skip(3, "nuh_temporal_id_plus1");
        if (nalUnitType != NAL_UNIT_TYPE || layer != 0) {
            throw new MalformedException("nal_unit_type " + nalUnitType + " of layer " + layer + " is not " + NAL_UNIT_TYPE + " of layer 0");
        }
    }

    /** The second half of profile_tier_level(), 7.3.3. */
    private void skipSubLayerProfiles() throws MalformedException {
        int subLayers = temporalLayers - 1;
        if (subLayers == 0) {
            return;
        }
        int flags = in.u(2 * 8, "sub_layer_profile_present_flag, sub_layer_level_present_flag"); // two for each sub-layer, then zeros up to 8 pairs
        for (int i = 0; i < subLayers; i++) {
            boolean profilePresent = (flags >> 15 - 2 * i & 1) != 0;
            boolean levelPresent = (flags >> 14 - 2 * i & 1) != 0;
            in.skip(profilePresent ? 88 : 0, "sub_layer_profile");
            in.skip(levelPresent ? 8 : 0, "sub_layer_level_idc");
        }
    }

    private int readOffsets(String names) throws MalformedException {
        return in.ue(MAX_SAMPLES, names) + in.ue(MAX_SAMPLES, names);
    }

    private static void checkWindow(String side, int coded, int cropped) throws MalformedException {
        if (cropped >= coded) {
            throw new MalformedException("conformance window takes " + cropped + " of the " + side + " " + coded);
        }
    }

    /** All between the bit depths and the VUI. */
    private void skipCodingTools() throws MalformedException {
        log2MaxPictureOrderCountLsb = 4 + in.ue(12, "log2_max_pic_order_cnt_lsb_minus4");
        boolean eachSubLayer = in.flag("sps_sub_layer_ordering_info_present_flag");
        for (int i = eachSubLayer ? 0 : temporalLayers - 1; i < temporalLayers; i++) {
            in.ue("sps_max_dec_pic_buffering_minus1");
            in.ue("sps_max_num_reorder_pics");
            in.ue("sps_max_latency_increase_plus1");
        }
        in.ue("log2_min_luma_coding_block_size_minus3");
        in.ue("log2_diff_max_min_luma_coding_block_size");
        in.ue("log2_min_luma_transform_block_size_minus2");
        in.ue("log2_diff_max_min_luma_transform_block_size");
        in.ue("max_transform_hierarchy_depth_inter");
        in.ue("max_transform_hierarchy_depth_intra");
        if (in.flag("scaling_list_enabled_flag") && in.flag("sps_scaling_list_data_present_flag")) {
            skipScalingLists();
        }
        in.skip(1 + 1, "amp_enabled_flag, sample_adaptive_offset_enabled_flag");
        if (in.flag("pcm_enabled_flag")) {
            in.skip(4 + 4, "pcm_sample_bit_depth_luma_minus1, pcm_sample_bit_depth_chroma_minus1");
            in.ue("log2_min_pcm_luma_coding_block_size_minus3");
            in.ue("log2_diff_max_min_pcm_luma_coding_block_size");
            in.skip(1, "pcm_loop_filter_disabled_flag");
        }
        HevcReferencePictureSets.skip(in);
        if (in.flag("long_term_ref_pics_present_flag")) {
            int pictures = in.ue(32, "num_long_term_ref_pics_sps");
            in.skip(pictures * (log2MaxPictureOrderCountLsb + 1), "lt_ref_pic_poc_lsb_sps, used_by_curr_pic_lt_sps_flag");
        }
        in.skip(1 + 1, "sps_temporal_mvp_enabled_flag, strong_intra_smoothing_enabled_flag");
    }

    /** scaling_list_data(), 7.3.4. */
    private void skipScalingLists() throws MalformedException {
        for (int size = 0; size < 4; size++) {
            for (int matrix = 0; matrix < 6; matrix += size == 3 ? 3 : 1) {
                if (!in.flag("scaling_list_pred_mode_flag")) {
                    in.ue("scaling_list_pred_matrix_id_delta");
                    continue;
                }
                if (size > 1) {
                    in.se("scaling_list_dc_coef_minus8");
                }
                int coefficients = Math.min(64, 1 << 4 + 2 * size);
                for (int i = 0; i < coefficients; i++) {
                    in.se("scaling_list_delta_coef");
                }
            }
        }
    }

    private void readUsability() throws MalformedException {
        usability = VideoUsability.read(in);
        in.skip(1, "neutral_chroma_indication_flag");
        fields = in.flag("field_seq_flag");
        in.skip(1, "frame_field_info_present_flag");
        if (in.flag("default_display_window_flag")) {
            readOffsets("def_disp_win_left_offset, def_disp_win_right_offset");
            readOffsets("def_disp_win_top_offset, def_disp_win_bottom_offset");
        }
        if (in.flag("vui_timing_info_present_flag")) {
            long unitsInTick = in.u32("vui_num_units_in_tick");
            long timeScale = in.u32("vui_time_scale");
            picturesPerSecond = VideoUsability.framesPerSecond(timeScale, unitsInTick);
        }
    }
}
