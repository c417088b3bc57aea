package dev.millrace.codec.hevc;

import dev.millrace.bits.BitReader;
import dev.millrace.media.MalformedException;
import java.util.Arrays;

/**
 * The short-term reference picture sets of a sequence parameter set (ITU-T H.265, 7.3.7 and 7.4.8). Nobody here needs them, but how long one is can
 * depend on the differences of picture order counts in the set before it.
 */
final class HevcReferencePictureSets {

    private static final int MAX_SETS = 64;

    /** Pictures that a decoder keeps (A.4.2). */
    private static final int MAX_PICTURES = 16;

    private final BitReader in;

    // The set that was read last: differences to the current picture, negative ones in set 0, positive ones in set 1, both going away from 0.
    private int[] before = {};
    private int[] after = {};

    private HevcReferencePictureSets(BitReader in) {
        this.in = in;
    }

    /** Reads from num_short_term_ref_pic_sets to the end of the last set. */
    static void skip(BitReader in) throws MalformedException {
        int count = in.ue(MAX_SETS, "num_short_term_ref_pic_sets");
        HevcReferencePictureSets sets = new HevcReferencePictureSets(in);
        for (int i = 0; i < count; i++) {
            if (i > 0 && in.flag("inter_ref_pic_set_prediction_flag")) {
                sets.readPredicted();
            } else {
                sets.readPlain();
            }
        }
    }

    private void readPlain() throws MalformedException {
        int pictures = in.ue(MAX_PICTURES, "num_negative_pics");
        int picturesAfter = in.ue(MAX_PICTURES - pictures, "num_positive_pics");
        before = readDifferences(pictures, -1);
        after = readDifferences(picturesAfter, 1);
    }

    private int[] readDifferences(int pictures, int sign) throws MalformedException {
        int[] differences = new int[pictures];
        int difference = 0;
        for (int i = 0; i < pictures; i++) {
            difference += sign * readDifference("delta_poc_minus1");
            in.skip(1, "used_by_curr_pic_flag");
            differences[i] = difference;
        }
        return differences;
    }

    /** Formulas 7-61 and 7-62: the pictures that are still used, moved by a difference; a set may grow by one, and a picture at 0 is gone. */
    private void readPredicted() throws MalformedException {
        boolean negative = in.flag("delta_rps_sign");
        int shift = (negative ? -1 : 1) * readDifference("abs_delta_rps_minus1");
        int pictures = before.length + after.length;
        int[] moved = new int[pictures + 1];
        int kept = 0;
        for (int i = 0; i <= pictures; i++) {
            boolean used = in.flag("used_by_curr_pic_flag") || in.flag("use_delta_flag");
            int difference = shift + (i < before.length ? before[i] : i < pictures ? after[i - before.length] : 0);
            if (used) {
                moved[kept++] = difference;
            }
        }
        before = Arrays.stream(moved, 0, kept).filter(difference -> difference < 0).map(size -> -size).sorted().map(size -> -size).toArray();
        after = Arrays.stream(moved, 0, kept).filter(difference -> difference > 0).sorted().toArray();
        if (before.length + after.length > MAX_PICTURES) {
            throw new MalformedException("reference picture set of " + (before.length + after.length) + " pictures exceeds " + MAX_PICTURES);
        }
    }

    private int readDifference(String field) throws MalformedException {
        return 1 + in.ue((1 << 15) - 1, field);
    }
}
