package dev.millrace.codec.nal;

import dev.millrace.media.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.List;

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
        nalUnits.forEach(nalUnit -> write(nalUnit, out));
    }

    /**
     * Writes a NAL unit behind a start code of four bytes.
     *
     * @param nalUnit the NAL unit from its header on, with its emulation prevention bytes
     * @param out grows by four bytes and the NAL unit
     */
    public static void write(Bytes nalUnit, ByteBuf out) {
        out.writeInt(START_CODE);
        nalUnit.writeTo(out);
    }
}
