package dev.millrace.codec.av1;

import java.util.Optional;

/**
 * Where an open bitstream unit stands (AV1, 5.3).
 *
 * <pre>
 * forbidden(1) type(4) extension_flag(1) has_size_field(1) reserved(1) | [extension(8)] | [size leb128] | payload
 * </pre>
 *
 * @param type 0 to 15
 * @param offset the first byte of the payload
 * @param length bytes of the payload
 */
record Obu(int type, int offset, int length) {

    /** The longest leb128() that is legal (AV1, 4.10.5). */
    private static final int MAX_LEB128_BYTES = 8;

    /** The OBU that starts at an offset, or empty if none is there in full. */
    static Optional<Obu> read(byte[] body, int start, int end) {
        if (start >= end) {
            return Optional.empty();
        }
        int header = body[start];
        int at = start + 1 + (header >> 2 & 1);
        long length = end - at;
        if ((header & 0x02) != 0) {
            length = 0;
            int next;
            int shift = 0;
            do {
                if (at >= end || shift == 7 * MAX_LEB128_BYTES) {
                    return Optional.empty();
                }
                next = body[at++];
                length |= (next & 0x7FL) << shift;
                shift += 7;
            } while ((next & 0x80) != 0);
        }
        return length < 0 || length > end - at ? Optional.empty() : Optional.of(new Obu(header >> 3 & 0xF, at, (int) length));
    }

    /** The first byte behind the payload. */
    int end() {
        return offset + length;
    }
}
