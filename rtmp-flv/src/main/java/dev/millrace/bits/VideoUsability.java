package dev.millrace.bits;

import dev.millrace.media.MalformedException;
import java.util.OptionalDouble;

/**
 * The common part of the video usability information of H.264 (E.1.1) and H.265 (E.2.1): its start, through
 * chroma_loc_info, and the frame rate.
 *
 * @param sampleAspectWidth the width of a sample relative to its height; 1 if unknown
 * @param sampleAspectHeight the height of a sample relative to its width; 1 if unknown
 */
public record VideoUsability(int sampleAspectWidth, int sampleAspectHeight) {

    /** The default without such information: square samples. */
    public static final VideoUsability UNKNOWN = new VideoUsability(1, 1);

    /** Lower values are not frame rates. */
    private static final double MIN_FRAMES_PER_SECOND = 1;

    /** Higher values are not frame rates; no player supports them. */
    private static final double MAX_FRAMES_PER_SECOND = 240;

    private static final int EXTENDED_SAR = 255;

    /** H.264, table E-1, from aspect_ratio_idc 1 on. */
    private static final int[][] SAMPLE_ASPECT_RATIOS = {
        {1, 1}, {12, 11}, {10, 11}, {16, 11}, {40, 33}, {24, 11}, {20, 11}, {32, 11},
        {80, 33}, {18, 11}, {15, 11}, {64, 33}, {160, 99}, {4, 3}, {3, 2}, {2, 1}
    };

    /**
     * Reads the common part.
     *
     * @param in at aspect_ratio_info_present_flag; afterwards behind chroma_loc_info
     * @return the sample aspect ratio
     * @throws MalformedException if the information is cut off
     */
    public static VideoUsability read(BitReader in) throws MalformedException {
        VideoUsability usability = in.flag("aspect_ratio_info_present_flag") ? readSampleAspectRatio(in) : UNKNOWN;
        if (in.flag("overscan_info_present_flag")) {
            in.skip(1, "overscan_appropriate_flag");
        }
        if (in.flag("video_signal_type_present_flag")) {
            in.skip(3 + 1, "video_format, video_full_range_flag");
            if (in.flag("colour_description_present_flag")) {
                in.skip(8 + 8 + 8, "colour_primaries, transfer_characteristics, matrix_coefficients");
            }
        }
        if (in.flag("chroma_loc_info_present_flag")) {
            in.ue("chroma_sample_loc_type_top_field");
            in.ue("chroma_sample_loc_type_bottom_field");
        }
        return usability;
    }

    /**
     * Returns a frame rate, if it is plausible.
     *
     * @param ticksPerSecond 0 or more
     * @param ticksPerFrame 0 or more
     * @return 1 to 240 frames a second, or empty
     */
    public static OptionalDouble framesPerSecond(long ticksPerSecond, double ticksPerFrame) {
        double rate = ticksPerSecond / ticksPerFrame; // division by 0 gives NaN or infinity, which are not rates
        return rate >= MIN_FRAMES_PER_SECOND && rate <= MAX_FRAMES_PER_SECOND
                ? OptionalDouble.of(rate)
                : OptionalDouble.empty();
    }

    private static VideoUsability readSampleAspectRatio(BitReader in) throws MalformedException {
        int index = in.u(8, "aspect_ratio_idc");
        if (index == EXTENDED_SAR) {
            int width = in.u(16, "sar_width");
            int height = in.u(16, "sar_height");
            return width == 0 || height == 0 ? UNKNOWN : new VideoUsability(width, height);
        }
        if (index == 0 || index > SAMPLE_ASPECT_RATIOS.length) {
            return UNKNOWN;
        }
        int[] ratio = SAMPLE_ASPECT_RATIOS[index - 1];
        return new VideoUsability(ratio[0], ratio[1]);
    }
}
