package dev.millrace.codec.av1;

import dev.millrace.bits.BitReader;
import dev.millrace.bits.VideoUsability;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.OptionalDouble;

/** Reads a sequence header in the order of AV1, 5.5.1, as far as color_config. */
final class Av1SequenceHeaderReader {

    private static final int PROFESSIONAL = 2;

    /** Levels above this have a tier (5.5.1). */
    private static final int LAST_LEVEL_WITHOUT_TIER = 7;

    /** colour_primaries, transfer_characteristics and matrix_coefficients of sRGB: BT.709, sRGB, identity. */
    private static final int SRGB = 1 << 16 | 13 << 8;

    private final BitReader in;

    private int profile;
    private int level;
    private boolean highTier;
    private OptionalDouble framesPerSecond = OptionalDouble.empty();
    private boolean decoderModel;
    private int bufferDelayBits;

    private Av1SequenceHeaderReader(BitReader in) {
        this.in = in;
    }

    static Av1SequenceHeader read(Bytes payload) throws MalformedException {
        return new Av1SequenceHeaderReader(new BitReader(payload)).read();
    }

    private Av1SequenceHeader read() throws MalformedException {
        profile = in.u(3, "seq_profile");
        if (profile > PROFESSIONAL) {
            throw new MalformedException("seq_profile " + profile + " is not 0 to " + PROFESSIONAL);
        }
        in.skip(1, "still_picture");
        boolean reduced = in.flag("reduced_still_picture_header");
        if (reduced) {
            level = in.u(5, "seq_level_idx");
        } else {
            readTiming();
            readOperatingPoints();
        }
        int widthBits = 1 + in.u(4, "frame_width_bits_minus_1");
        int heightBits = 1 + in.u(4, "frame_height_bits_minus_1");
        int width = 1 + in.u(widthBits, "max_frame_width_minus_1");
        int height = 1 + in.u(heightBits, "max_frame_height_minus_1");
        if (!reduced && in.flag("frame_id_numbers_present_flag")) {
            in.skip(4 + 3, "delta_frame_id_length_minus_2, additional_frame_id_length_minus_1");
        }
        in.skip(1 + 1 + 1, "use_128x128_superblock, enable_filter_intra, enable_intra_edge_filter");
        if (!reduced) {
            skipInterTools();
        }
        in.skip(1 + 1 + 1, "enable_superres, enable_cdef, enable_restoration");
        int bitDepth = readBitDepth();
        return new Av1SequenceHeader(profile, level, highTier, width, height, bitDepth, readChromaFormat(bitDepth), framesPerSecond);
    }

    /** timing_info() and decoder_model_info(), 5.5.3 and 5.5.4. */
    private void readTiming() throws MalformedException {
        if (!in.flag("timing_info_present_flag")) {
            return;
        }
        long unitsInTick = in.u32("num_units_in_display_tick");
        long timeScale = in.u32("time_scale");
        if (in.flag("equal_picture_interval")) {
            long ticksPerPicture = 1 + in.ue("num_ticks_per_picture_minus_1");
            framesPerSecond = VideoUsability.framesPerSecond(timeScale, (double) unitsInTick * ticksPerPicture);
        }
        decoderModel = in.flag("decoder_model_info_present_flag");
        if (decoderModel) {
            bufferDelayBits = 1 + in.u(5, "buffer_delay_length_minus_1");
            in.skip(32 + 5 + 5, "num_units_in_decoding_tick, buffer_removal_time_length_minus_1, frame_presentation_time_length_minus_1");
        }
    }

    private void readOperatingPoints() throws MalformedException {
        boolean displayDelay = in.flag("initial_display_delay_present_flag");
        int points = 1 + in.u(5, "operating_points_cnt_minus_1");
        for (int i = 0; i < points; i++) {
            in.skip(12, "operating_point_idc");
            int pointLevel = in.u(5, "seq_level_idx");
            boolean pointHighTier = pointLevel > LAST_LEVEL_WITHOUT_TIER && in.flag("seq_tier");
            if (i == 0) {
                level = pointLevel;
                highTier = pointHighTier;
            }
            if (decoderModel && in.flag("decoder_model_present_for_this_op")) {
                in.skip(2 * bufferDelayBits + 1, "decoder_buffer_delay, encoder_buffer_delay, low_delay_mode_flag");
            }
            if (displayDelay && in.flag("initial_display_delay_present_for_this_op")) {
                in.skip(4, "initial_display_delay_minus_1");
            }
        }
    }

    private void skipInterTools() throws MalformedException {
        in.skip(1 + 1 + 1 + 1, "enable_interintra_compound, enable_masked_compound, enable_warped_motion, enable_dual_filter");
        boolean orderHint = in.flag("enable_order_hint");
        in.skip(orderHint ? 1 + 1 : 0, "enable_jnt_comp, enable_ref_frame_mvs");
        boolean screenContentTools = in.flag("seq_choose_screen_content_tools") || in.flag("seq_force_screen_content_tools");
        if (screenContentTools && !in.flag("seq_choose_integer_mv")) {
            in.skip(1, "seq_force_integer_mv");
        }
        in.skip(orderHint ? 3 : 0, "order_hint_bits_minus_1");
    }

    /** The start of color_config(), 5.5.2. */
    private int readBitDepth() throws MalformedException {
        boolean highBitdepth = in.flag("high_bitdepth");
        boolean twelveBit = highBitdepth && profile == PROFESSIONAL && in.flag("twelve_bit");
        return highBitdepth ? twelveBit ? 12 : 10 : 8;
    }

    /** The middle of color_config(), 5.5.2. */
    private int readChromaFormat(int bitDepth) throws MalformedException {
        boolean monochrome = profile != 1 && in.flag("mono_chrome");
        boolean described = in.flag("color_description_present_flag");
        int colours = described ? in.u(24, "color_primaries, transfer_characteristics, matrix_coefficients") : 0;
        if (monochrome) {
            return 0;
        }
        if (colours == SRGB) {
            return 3;
        }
        in.skip(1, "color_range");
        if (profile != PROFESSIONAL) {
            return profile == 0 ? 1 : 3;
        }
        if (bitDepth < 12) {
            return 2;
        }
        if (!in.flag("subsampling_x")) {
            return 3;
        }
        return in.flag("subsampling_y") ? 1 : 2;
    }
}
