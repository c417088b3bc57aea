package dev.millrace.codec.nal;

import dev.millrace.media.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * What a decoder takes at a time: the NAL units of one message (ISO/IEC 14496-15, 5.3.2). Immutable.
 *
 * @param nalUnits in decoding order, each from its header on and with its emulation prevention bytes; none is empty
 * @param droppedBytes how many bytes at the end could not be read, from the length that leads past the end on; 0 if the message was whole
 * @param startCodes whether the message had start codes where FLV wants lengths, as some encoders write it
 */
public record AccessUnit(List<Bytes> nalUnits, int droppedBytes, boolean startCodes) {

    /**
     * Checks the values and copies the list.
     *
     * @throws IllegalArgumentException if a NAL unit is empty, or {@code droppedBytes} is negative
     */
    public AccessUnit {
        nalUnits = List.copyOf(nalUnits);
        if (nalUnits.contains(Bytes.EMPTY)) {
            throw new IllegalArgumentException("empty NAL unit");
        }
        if (droppedBytes < 0) {
            throw new IllegalArgumentException("droppedBytes " + droppedBytes + " is not 0 or more");
        }
    }

    /**
     * Takes a message apart. Empty NAL units are passed over; a length that leads past the end ends the access unit, and is counted.
     *
     * <p>If that happens where lengths have four bytes and the message begins with a start code, then it is read as a byte stream instead.
     *
     * @param body a coded frame without tag header and composition time
     * @param nalUnitLengthBytes bytes of each length, 1, 2 or 4, from the configuration record
     * @return the NAL units, which share the bytes
     * @throws IllegalArgumentException if {@code nalUnitLengthBytes} is something else
     */
    public static AccessUnit parse(Bytes body, int nalUnitLengthBytes) {
        NalUnits found = new NalUnits();
        found.scan(body, 0, body.size(), nalUnitLengthBytes);
        List<Bytes> units = new ArrayList<>(found.count());
        for (int i = 0; i < found.count(); i++) {
            units.add(found.get(i));
        }
        return new AccessUnit(units, found.droppedBytes(), found.hasStartCodes());
    }

    /**
     * Writes the NAL units behind lengths of four bytes.
     *
     * @param out grows by the lengths and the NAL units
     */
    public void writeTo(ByteBuf out) {
        for (Bytes nalUnit : nalUnits) {
            out.writeInt(nalUnit.size());
            nalUnit.writeTo(out);
        }
    }
}
