package dev.millrace.codec.hevc;

import dev.millrace.bits.NalUnits;
import dev.millrace.media.Bytes;

/** What can be seen in an H.265 access unit without decoding it (ITU-T H.265, 7.3.1.2). Thread-safe: it keeps nothing. */
public final class HevcAccessUnit {

    private static final int FIRST_RANDOM_ACCESS = 16; // BLA_W_LP
    private static final int LAST_RANDOM_ACCESS = 21; // CRA_NUT

    private HevcAccessUnit() {}

    /**
     * Whether decoding can start at an access unit: it has a slice of a BLA, IDR or CRA picture. Damaged units are no keyframes.
     *
     * @param body holds the access unit, each NAL unit behind a length of four bytes; borrowed
     * @param offset the first byte of the access unit
     * @param length bytes of the access unit
     * @return true for a keyframe
     * @throws IndexOutOfBoundsException if the range is outside {@code body}
     */
    public static boolean isKeyframe(byte[] body, int offset, int length) {
        return NalUnits.anyMatch(body, offset, length, (bytes, at, size) -> {
            int nalUnitType = bytes[at] >> 1 & 0x3F; // forbidden_zero_bit(1) nal_unit_type(6) nuh_layer_id(1 of 6)
            return nalUnitType >= FIRST_RANDOM_ACCESS && nalUnitType <= LAST_RANDOM_ACCESS;
        });
    }

    /**
     * The type of a NAL unit.
     *
     * @param nalUnit from its header on
     * @return 0 to 63: 16 to 21 for a slice of a picture where decoding can start, 32 for VPS, 33 for SPS, 34 for PPS, 35 for an access unit delimiter
     * @throws IndexOutOfBoundsException if it is empty
     */
    public static int nalUnitType(Bytes nalUnit) {
        return nalUnit.byteAt(0) >> 1 & 0x3F;
    }
}
