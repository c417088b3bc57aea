package dev.millrace.codec.avc;

import dev.millrace.bits.NalUnits;
import dev.millrace.media.Bytes;

/** What can be seen in an H.264 access unit without decoding it (ITU-T H.264, 7.3.1). Thread-safe: it keeps nothing. */
public final class AvcAccessUnit {

    private static final int IDR_SLICE = 5;

    private AvcAccessUnit() {}

    /**
     * Whether decoding can start at an access unit: it has a slice of an IDR picture. Damaged units are no keyframes.
     *
     * @param body holds the access unit, each NAL unit behind a length of four bytes; borrowed
     * @param offset the first byte of the access unit
     * @param length bytes of the access unit
     * @return true for a keyframe
     * @throws IndexOutOfBoundsException if the range is outside {@code body}
     */
    public static boolean isKeyframe(byte[] body, int offset, int length) {
        // forbidden_zero_bit(1) nal_ref_idc(2) nal_unit_type(5)
        return NalUnits.anyMatch(body, offset, length, (bytes, at, size) -> (bytes[at] & 0x1F) == IDR_SLICE);
    }

    /**
     * The type of a NAL unit.
     *
     * @param nalUnit from its header on
     * @return 0 to 31: 5 for a slice of an IDR picture, 7 for SPS, 8 for PPS, 9 for an access unit delimiter
     * @throws IndexOutOfBoundsException if it is empty
     */
    public static int nalUnitType(Bytes nalUnit) {
        return nalUnit.byteAt(0) & 0x1F;
    }
}
