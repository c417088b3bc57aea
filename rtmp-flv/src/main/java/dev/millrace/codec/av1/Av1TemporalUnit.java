package dev.millrace.codec.av1;

import java.util.Objects;
import java.util.Optional;

/** What can be seen in an AV1 temporal unit without decoding it (AV1, 5.3, 5.5.1 and 5.9.2). Thread-safe: it keeps nothing. */
public final class Av1TemporalUnit {

    private static final int OBU_SEQUENCE_HEADER = 1;
    private static final int OBU_FRAME_HEADER = 3;
    private static final int OBU_FRAME = 6;

    private Av1TemporalUnit() {}

    /**
     * Whether decoding can start at a temporal unit: its first frame header is that of a key frame, or it has a sequence header and no frame
     * header at all. With or without temporal delimiter. An OBU that is cut off does not count.
     *
     * @param body holds the temporal unit, a series of OBUs of which only the last may be without size; borrowed
     * @param offset the first byte of the temporal unit
     * @param length bytes of the temporal unit
     * @return true for a keyframe
     * @throws IndexOutOfBoundsException if the range is outside {@code body}
     */
    public static boolean isKeyframe(byte[] body, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, body.length);
        boolean hasSequenceHeader = false;
        int end = offset + length;
        Optional<Obu> next = Obu.read(body, offset, end);
        while (next.isPresent()) {
            Obu obu = next.get();
            next = Obu.read(body, obu.end(), end);
            if (obu.length() == 0) {
                continue; // a temporal delimiter
            }
            int first = body[obu.offset()];
            if (obu.type() == OBU_FRAME || obu.type() == OBU_FRAME_HEADER) {
                return (first & 0xE0) == 0; // show_existing_frame(1) frame_type(2): a new frame, KEY_FRAME
            }
            if (obu.type() == OBU_SEQUENCE_HEADER) {
                hasSequenceHeader = true;
                // seq_profile(3) still_picture(1) reduced_still_picture_header(1): with the last, all frames are key and none says so
                if ((first & 0x08) != 0) {
                    return true;
                }
            }
        }
        return hasSequenceHeader;
    }
}
