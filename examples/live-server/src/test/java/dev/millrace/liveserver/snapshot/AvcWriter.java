package dev.millrace.liveserver.snapshot;

/** Writes keyframes bit by bit, as FFmpeg would not: annex B, baseline profile, progressive (ITU-T H.264, 7.3). */
final class AvcWriter {

    private static final int INTRA_16X16_DC = 3;
    private static final int PCM = 25;
    private static final int PCM_BYTES = 384;

    private final StringBuilder bits = new StringBuilder();

    private AvcWriter() {}

    /** A sequence parameter set and nothing else. */
    static byte[] sequence(int columns, int rows) {
        return new AvcWriter().sps(columns, rows).bytes();
    }

    /** A grey line of macroblocks, in slices that have one each. */
    static byte[] greySlices(int columns, int... firstMacroblocks) {
        AvcWriter out = new AvcWriter().sps(columns, 1).pps(/* redundant_pic_cnt_present_flag= */ 0);
        for (int first : firstMacroblocks) {
            out.startIdrSlice(first).u(2, 0).ue(0).greyMacroblock().stop();
        }
        return out.bytes();
    }

    /** A picture of two macroblocks, the first with its samples as they are. */
    static byte[] pcmPicture() {
        AvcWriter out = new AvcWriter().sps(2, 1).pps(/* redundant_pic_cnt_present_flag= */ 0);
        out.startIdrSlice(0).u(2, 0).ue(0).ue(PCM).align(); // marking, slice_qp_delta
        for (int i = 0; i < PCM_BYTES; i++) {
            out.u(8, 200);
        }
        return out.greyMacroblock().stop().bytes();
    }

    /** A grey picture of one macroblock, and its slice a second time as a redundant one. */
    static byte[] redundantPicture() {
        AvcWriter out = new AvcWriter().sps(1, 1).pps(/* redundant_pic_cnt_present_flag= */ 1);
        out.startIdrSlice(0).ue(0).u(2, 0).ue(0).greyMacroblock().stop();
        return out.startIdrSlice(0).ue(1).u(2, 0).ue(0).greyMacroblock().stop().bytes();
    }

    /** A grey picture that is no IDR picture, with so many pictures to be forgotten. */
    static byte[] recoveryPoint(int markings) {
        AvcWriter out = new AvcWriter().sps(1, 1).pps(/* redundant_pic_cnt_present_flag= */ 0);
        out.startNalUnit(0x61).ue(0).ue(7).ue(0).u(4, 3).u(1, 1); // first_mb_in_slice, slice_type I, PPS, frame_num, adaptive marking
        for (int i = 0; i < markings; i++) {
            out.ue(1).ue(i);
        }
        return out.ue(0).ue(0).greyMacroblock().stop().bytes();
    }

    private AvcWriter pps(int redundant) {
        return startNalUnit(0x68).ue(0).ue(0).u(2, 0).ue(0).ue(0).ue(0).u(3, 0).ue(0).ue(0).ue(0).u(2, 0).u(1, redundant).stop();
    }

    private AvcWriter startIdrSlice(int firstMacroblock) {
        return startNalUnit(0x65).ue(firstMacroblock).ue(7).ue(0).u(4, 0).ue(0); // first_mb_in_slice, slice_type I, PPS, frame_num, idr_pic_id
    }

    /** Predicted from nothing, without residual: mb_type, intra_chroma_pred_mode, mb_qp_delta, coeff_token. */
    private AvcWriter greyMacroblock() {
        return ue(INTRA_16X16_DC).ue(0).ue(0).u(1, 1);
    }

    private AvcWriter sps(int columns, int rows) {
        startNalUnit(0x67).u(8, 66).u(8, 0).u(8, 52).ue(0); // profile, constraints, level, id
        ue(0).ue(2).ue(1).u(1, 0); // log2_max_frame_num_minus4, pic_order_cnt_type, max_num_ref_frames, gaps
        return ue(columns - 1).ue(rows - 1).u(4, 0b1100).stop(); // frames only, direct 8x8, neither cropping nor VUI
    }

    private AvcWriter startNalUnit(int header) {
        return u(32, 1).u(8, header);
    }

    private AvcWriter u(int length, int value) {
        String digits = value == 0 ? "" : Integer.toBinaryString(value);
        bits.append("0".repeat(length - digits.length())).append(digits);
        return this;
    }

    private AvcWriter ue(int value) {
        return u(2 * Integer.toBinaryString(value + 1).length() - 1, value + 1);
    }

    private AvcWriter align() {
        return u((8 - bits.length() % 8) % 8, 0);
    }

    private AvcWriter stop() {
        return u(1, 1).align();
    }

    private byte[] bytes() {
        byte[] bytes = new byte[bits.length() / 8];
        for (int i = 0; i < bits.length(); i++) {
            bytes[i / 8] |= (byte) (bits.charAt(i) - '0' << 7 - i % 8);
        }
        return bytes;
    }
}
