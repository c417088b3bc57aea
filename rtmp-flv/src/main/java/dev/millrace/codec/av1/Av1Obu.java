package dev.millrace.codec.av1;

import dev.millrace.media.Bytes;
import java.util.Objects;
import java.util.Optional;

/**
 * An open bitstream unit (AV1, 5.3). Immutable.
 *
 * <pre>
 * forbidden(1) type(4) extension_flag(1) has_size_field(1) reserved(1) | [extension(8)] | [size leb128] | payload
 * </pre>
 *
 * @param type obu_type, 0 to 15: 1 for a sequence header, 2 for a temporal delimiter
 * @param bytes all of it, from its header on
 * @param payload what is behind its header and size
 */
public record Av1Obu(int type, Bytes bytes, Bytes payload) {

    /** obu_type of a sequence header. */
    public static final int SEQUENCE_HEADER = 1;

    /** obu_type of a temporal delimiter, which FLV and MPEG-TS want and MP4 does not. */
    public static final int TEMPORAL_DELIMITER = 2;

    /** obu_type of a frame header, whose tiles follow in OBUs of their own. */
    public static final int FRAME_HEADER = 3;

    /** obu_type of a frame: a frame header and its tiles. */
    public static final int FRAME = 6;

    /** The longest leb128() that is legal (AV1, 4.10.5). */
    private static final int MAX_LEB128_BYTES = 8;

    /** Checks that nothing is null. */
    public Av1Obu {
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(payload, "payload");
    }

    /** The OBU that starts at an offset, or empty if none is there in full. */
    static Optional<Av1Obu> read(Bytes body, int start) {
        if (start >= body.size()) {
            return Optional.empty();
        }
        int header = body.byteAt(start);
        int at = start + 1 + (header >> 2 & 1);
        long length = body.size() - at;
        if ((header & 0x02) != 0) {
            length = 0;
            int next;
            int shift = 0;
            do {
                if (at >= body.size() || shift == 7 * MAX_LEB128_BYTES) {
                    return Optional.empty();
                }
                next = body.byteAt(at++);
                length |= (next & 0x7FL) << shift;
                shift += 7;
            } while ((next & 0x80) != 0);
        }
        if (length < 0 || length > body.size() - at) {
            return Optional.empty();
        }
        int end = at + (int) length;
        return Optional.of(new Av1Obu(header >> 3 & 0xF, body.slice(start, end - start), body.slice(at, (int) length)));
    }
}
