package dev.millrace.codec.vp9;

import dev.millrace.bits.BitReader;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;

/**
 * What the header of a VP9 keyframe says (VP9 bitstream, 6.2, uncompressed_header). Immutable.
 *
 * <pre>
 * 10 profile low (1) high (1) [0] | show_existing_frame = 0 (1) frame_type = 0 (1) show_frame (1) error_resilient_mode (1) | 498342 | color_config
 * | width - 1 (16) | height - 1 (16)
 * </pre>
 *
 * @param profile 0 to 3
 * @param bitDepth bits of a sample: 8, 10 or 12
 * @param width samples a line, 1 to 65536
 * @param height lines, 1 to 65536
 */
public record Vp9KeyframeHeader(int profile, int bitDepth, int width, int height) {

    private static final int FRAME_MARKER = 2;
    private static final int FRAME_SYNC_CODE = 0x498342;
    private static final int CS_RGB = 7;

    /**
     * Parses the header of a keyframe, or of the first frame of a superframe.
     *
     * @param frame a coded frame
     * @return what it says
     * @throws MalformedException if it is no keyframe, or cut off
     */
    public static Vp9KeyframeHeader parse(Bytes frame) throws MalformedException {
        BitReader in = new BitReader(frame);
        int marker = in.u(2, "frame_marker");
        if (marker != FRAME_MARKER) {
            throw new MalformedException("frame_marker " + marker + " is not " + FRAME_MARKER);
        }
        int profile = in.u(1, "profile_low_bit") | in.u(1, "profile_high_bit") << 1;
        in.skip(profile == 3 ? 1 : 0, "reserved_zero");
        int kind = in.u(2, "show_existing_frame, frame_type");
        if (kind != 0) {
            throw new MalformedException("show_existing_frame, frame_type " + kind + " is not 0, a keyframe");
        }
        in.skip(1 + 1, "show_frame, error_resilient_mode");
        int syncCode = in.u(24, "frame_sync_code");
        if (syncCode != FRAME_SYNC_CODE) {
            throw new MalformedException("frame_sync_code " + syncCode + " is not " + FRAME_SYNC_CODE);
        }
        int bitDepth = profile < 2 ? 8 : in.flag("ten_or_twelve_bit") ? 12 : 10;
        boolean anySubsampling = (profile & 1) == 1;
        if (in.u(3, "color_space") == CS_RGB) {
            in.skip(anySubsampling ? 1 : 0, "reserved_zero");
        } else {
            in.skip(anySubsampling ? 1 + 1 + 1 + 1 : 1, "color_range, subsampling_x, subsampling_y, reserved_zero");
        }
        return new Vp9KeyframeHeader(profile, bitDepth, 1 + in.u(16, "frame_width_minus_1"), 1 + in.u(16, "frame_height_minus_1"));
    }
}
