package dev.millrace.codec.nal;

import dev.millrace.media.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The byte stream format, with start codes between NAL units (ITU-T H.264 and H.265, annex B). Thread-safe: it keeps nothing.
 *
 * <pre>
 * [zeros] 000001 NAL unit [zeros] 000001 NAL unit ...
 * </pre>
 */
public final class AnnexB {

    private static final int START_CODE = 0x0000_0001;

    private AnnexB() {}

    /**
     * Writes NAL units, each behind a start code of four bytes.
     *
     * @param nalUnits in decoding order, each from its header on and with its emulation prevention bytes
     * @param out grows by four bytes and its own for each
     */
    public static void write(List<Bytes> nalUnits, ByteBuf out) {
        for (Bytes nalUnit : nalUnits) {
            out.writeInt(START_CODE);
            nalUnit.writeTo(out);
        }
    }

    /** The NAL units of a byte stream, or empty if it does not begin with a start code of three or four bytes. */
    static Optional<AccessUnit> parse(Bytes body) {
        int first = findStartCode(body, 0);
        if (first == body.size() || first > 1 || first == 1 && body.byteAt(0) != 0) {
            return Optional.empty();
        }
        List<Bytes> units = new ArrayList<>();
        int at = first;
        while (at < body.size() && units.size() < AccessUnit.MAX_NAL_UNITS) {
            int start = at + 3;
            at = findStartCode(body, start);
            int end = at;
            while (end > start && body.byteAt(end - 1) == 0) { // a NAL unit does not end with 0; these belong to what is between two
                end--;
            }
            if (end > start) {
                units.add(body.slice(start, end - start));
            }
        }
        return Optional.of(new AccessUnit(units, body.size() - at, /* startCodes= */ true));
    }

    /** Where the next 000001 is, or the size of the body. */
    private static int findStartCode(Bytes body, int from) {
        for (int at = from; at + 3 <= body.size(); at++) {
            if (body.byteAt(at) == 0 && body.byteAt(at + 1) == 0 && body.byteAt(at + 2) == 1) {
                return at;
            }
        }
        return body.size();
    }
}
