package dev.millrace.codec.vvc;

import dev.millrace.bits.NalUnits;

/** What can be seen in an H.266 access unit without decoding it (ITU-T H.266, 7.3.1.2). Thread-safe: it keeps nothing. */
public final class VvcAccessUnit {

    private static final int FIRST_RANDOM_ACCESS = 7; // IDR_W_RADL
    private static final int LAST_RANDOM_ACCESS = 9; // CRA_NUT

    private VvcAccessUnit() {}

    /**
     * Whether decoding can start at an access unit: it has a slice of an IDR or CRA picture. Damaged units are no keyframes.
     *
     * @param body holds the access unit, each NAL unit behind a length of four bytes; borrowed
     * @param offset the first byte of the access unit
     * @param length bytes of the access unit
     * @return true for a keyframe
     * @throws IndexOutOfBoundsException if the range is outside {@code body}
     */
    public static boolean isKeyframe(byte[] body, int offset, int length) {
        return NalUnits.anyMatch(body, offset, length, (bytes, at, size) -> {
            if (size < 2) {
                return false;
            }
            int nalUnitType = bytes[at + 1] >> 3 & 0x1F; // first byte: forbidden, reserved, nuh_layer_id; then type(5) temporal id(3)
            return nalUnitType >= FIRST_RANDOM_ACCESS && nalUnitType <= LAST_RANDOM_ACCESS;
        });
    }
}
