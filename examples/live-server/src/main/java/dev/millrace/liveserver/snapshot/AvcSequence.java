package dev.millrace.liveserver.snapshot;

import dev.millrace.codec.avc.AvcSequenceParameterSet;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.io.IOException;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.common.model.ColorSpace;

/**
 * A sequence parameter set, parsed for JCodec (ITU-T H.264, 7.3.2.1.1 and E.1.1). JCodec never sees the bytes, because it
 * allocates arrays of any length that they declare.
 *
 * @param sps the parameter set in JCodec's form; not changed any more
 * @param window the cropping window
 * @param colour the meaning of the samples
 */
record AvcSequence(SeqParameterSet sps, Window window, Colour colour) {

    /** The visible part of a picture, in luma samples. */
    record Window(int left, int top, int width, int height) {}

    /**
     * Macroblocks of a picture: what levels 5.1 and 5.2 allow, the highest that senders of live streams use (A.3.1); 4096x2304 are exactly so many.
     * A picture of this size costs some 25 MB in JCodec and 38 MB as RGB.
     */
    static final int MAX_MACROBLOCKS = 36_864;

    /** Macroblocks a line or column, the square root of eight times the number above (A.3.1). */
    private static final int MAX_SIDE_MACROBLOCKS = 543;

    private static final int MACROBLOCK = 16;
    private static final int BASELINE = 66;
    private static final int MAIN = 77;
    private static final int HIGH = 100;
    private static final int YUV_420 = 1;
    private static final int EXTENDED_SAR = 255;

    /** Reads a NAL unit. */
    static AvcSequence read(Bytes nalUnit) throws IOException, UnsupportedCodecException {
        AvcSequenceParameterSet facts;
        try {
            facts = AvcSequenceParameterSet.parse(nalUnit);
        } catch (MalformedException e) {
            throw new IOException("sequence parameter set: " + e.getMessage(), e);
        }
        requireSupported(facts);
        HeaderReader in = new HeaderReader(AvcNalUnits.rbsp(nalUnit));
        SeqParameterSet sps = readUpToCropping(in);
        Window window = new Window(2 * sps.frameCropLeftOffset, 2 * sps.frameCropTopOffset, facts.width(), facts.height());
        Colour colour = in.flag("vui_parameters_present_flag") ? readColour(in, facts.height()) : Colour.unspecified(facts.height());
        return new AvcSequence(sps, window, colour);
    }

    private static void requireSupported(AvcSequenceParameterSet facts) throws UnsupportedCodecException {
        boolean known = facts.profile() == BASELINE || facts.profile() == MAIN || facts.profile() == HIGH;
        if (!known || facts.chromaFormat() != YUV_420 || facts.bitDepthLuma() != 8 || facts.bitDepthChroma() != 8) {
            String found = facts.profileName() + " profile with chroma_format_idc " + facts.chromaFormat() + " and " + facts.bitDepthLuma() + " bits";
            throw unsupported(found, "baseline, main and high profile with 4:2:0 and 8 bits");
        }
        if (!facts.framesOnly()) {
            throw unsupported("interlaced coding (frame_mbs_only_flag 0)", "progressive pictures");
        }
        int columns = facts.codedWidth() / MACROBLOCK;
        int rows = facts.codedHeight() / MACROBLOCK;
        if (Math.max(columns, rows) > MAX_SIDE_MACROBLOCKS || columns * rows > MAX_MACROBLOCKS) {
            String found = "a picture of " + facts.width() + "x" + facts.height();
            throw unsupported(found, "at most " + MAX_MACROBLOCKS + " macroblocks, as 4096x2304 has");
        }
    }

    static UnsupportedCodecException unsupported(String found, String wanted) {
        return new UnsupportedCodecException("avc with " + found + ": the decoder in pure Java does " + wanted);
    }

    /** What is not put into the set is either checked before or of no use for a single intra picture. */
    private static SeqParameterSet readUpToCropping(HeaderReader in) throws IOException, UnsupportedCodecException {
        SeqParameterSet sps = new SeqParameterSet();
        in.u(8, "NAL unit header");
        sps.profileIdc = in.u(8, "profile_idc");
        in.u(8, "constraint_set flags");
        sps.levelIdc = in.u(8, "level_idc");
        sps.seqParameterSetId = in.ue(31, "seq_parameter_set_id");
        sps.chromaFormatIdc = ColorSpace.YUV420J; // JCodec's only 4:2:0 for this; what the range is says the colour
        if (sps.profileIdc == HIGH) {
            refuseHighTools(in);
        }
        sps.log2MaxFrameNumMinus4 = in.ue(12, "log2_max_frame_num_minus4");
        readPictureOrderCount(in, sps);
        sps.numRefFrames = in.ue(16, "max_num_ref_frames");
        in.u(1, "gaps_in_frame_num_value_allowed_flag");
        sps.picWidthInMbsMinus1 = in.ue(MAX_SIDE_MACROBLOCKS - 1, "pic_width_in_mbs_minus1");
        sps.picHeightInMapUnitsMinus1 = in.ue(MAX_SIDE_MACROBLOCKS - 1, "pic_height_in_map_units_minus1");
        sps.frameMbsOnlyFlag = in.flag("frame_mbs_only_flag");
        sps.direct8x8InferenceFlag = in.flag("direct_8x8_inference_flag");
        sps.frameCroppingFlag = in.flag("frame_cropping_flag");
        if (sps.frameCroppingFlag) {
            int max = MAX_SIDE_MACROBLOCKS * MACROBLOCK;
            sps.frameCropLeftOffset = in.ue(max, "frame_crop_left_offset");
            sps.frameCropRightOffset = in.ue(max, "frame_crop_right_offset");
            sps.frameCropTopOffset = in.ue(max, "frame_crop_top_offset");
            sps.frameCropBottomOffset = in.ue(max, "frame_crop_bottom_offset");
        }
        return sps;
    }

    private static void refuseHighTools(HeaderReader in) throws IOException, UnsupportedCodecException {
        in.ue(YUV_420, "chroma_format_idc");
        in.ue(0, "bit_depth_luma_minus8");
        in.ue(0, "bit_depth_chroma_minus8");
        if (in.flag("qpprime_y_zero_transform_bypass_flag")) {
            throw unsupported("lossless coding (qpprime_y_zero_transform_bypass_flag 1)", "lossy coding");
        }
        if (in.flag("seq_scaling_matrix_present_flag")) {
            throw unsupported("scaling matrices in the sequence parameter set", "flat ones");
        }
    }

    private static void readPictureOrderCount(HeaderReader in, SeqParameterSet sps) throws IOException {
        sps.picOrderCntType = in.ue(2, "pic_order_cnt_type");
        if (sps.picOrderCntType == 0) {
            sps.log2MaxPicOrderCntLsbMinus4 = in.ue(12, "log2_max_pic_order_cnt_lsb_minus4");
        } else if (sps.picOrderCntType == 1) {
            sps.deltaPicOrderAlwaysZeroFlag = in.flag("delta_pic_order_always_zero_flag");
            anySe(in, "offset_for_non_ref_pic");
            anySe(in, "offset_for_top_to_bottom_field");
            int frames = in.ue(255, "num_ref_frames_in_pic_order_cnt_cycle");
            for (int i = 0; i < frames; i++) {
                anySe(in, "offset_for_ref_frame");
            }
        }
    }

    static void anySe(HeaderReader in, String field) throws IOException {
        in.se(-Integer.MAX_VALUE, Integer.MAX_VALUE, field);
    }

    private static Colour readColour(HeaderReader in, int height) throws IOException {
        if (in.flag("aspect_ratio_info_present_flag") && in.u(8, "aspect_ratio_idc") == EXTENDED_SAR) {
            in.u(16 + 16, "sar_width, sar_height");
        }
        if (in.flag("overscan_info_present_flag")) {
            in.u(1, "overscan_appropriate_flag");
        }
        if (!in.flag("video_signal_type_present_flag")) {
            return Colour.unspecified(height);
        }
        in.u(3, "video_format");
        boolean fullRange = in.flag("video_full_range_flag");
        int matrix = Colour.UNSPECIFIED;
        if (in.flag("colour_description_present_flag")) {
            in.u(8 + 8, "colour_primaries, transfer_characteristics");
            matrix = in.u(8, "matrix_coefficients");
        }
        return Colour.of(matrix, fullRange, height);
    }
}
