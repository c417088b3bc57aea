package dev.millrace.bits;

import java.util.Objects;

/** Walks through NAL units that each stand behind a length of four bytes. Thread-safe: it keeps nothing. */
public final class NalUnits {

    private static final int LENGTH_BYTES = 4;

    private NalUnits() {}

    /** A question about the first bytes of a NAL unit. */
    @FunctionalInterface
    public interface Matcher {

        /**
         * Asks about one NAL unit.
         *
         * @param body holds the unit; borrowed
         * @param offset the first byte of the unit's header
         * @param length bytes of the unit, 1 or more
         * @return the answer
         */
        boolean matches(byte[] body, int offset, int length);
    }

    /**
     * Whether a NAL unit of an access unit matches.
     *
     * <p>Ends at the first length that is more than what is left; work is at most one step for each four bytes. Of an access unit
     * with start codes instead of lengths, only the first byte of the first NAL unit is seen.
     *
     * @param body holds the access unit; borrowed
     * @param offset the first byte of the first length
     * @param length bytes of the access unit
     * @param matcher asked about one unit after the other until it says yes
     * @return true if it said yes
     * @throws IndexOutOfBoundsException if the range is outside {@code body}
     */
    public static boolean anyMatch(byte[] body, int offset, int length, Matcher matcher) {
        Objects.checkFromIndexSize(offset, length, body.length);
        int at = offset;
        int end = offset + length;
        while (end - at > LENGTH_BYTES) {
            int unitLength = (body[at] & 0xFF) << 24 | (body[at + 1] & 0xFF) << 16 | (body[at + 2] & 0xFF) << 8 | body[at + 3] & 0xFF;
            at += LENGTH_BYTES;
            if (unitLength < 0 || unitLength > end - at) {
                return false;
            }
            if (unitLength > 0 && matcher.matches(body, at, unitLength)) {
                return true;
            }
            at += unitLength;
        }
        return false;
    }
}
