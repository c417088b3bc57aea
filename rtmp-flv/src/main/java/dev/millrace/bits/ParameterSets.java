package dev.millrace.bits;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads and writes NAL units with lengths of 16 bits, as in decoder configuration records (ISO/IEC 14496-15, 5.3.3 and
 * 8.3.3). Stateless.
 */
public final class ParameterSets {

    /** The greatest length that its field can hold. */
    private static final int MAX_BYTES = 0xFFFF;

    private ParameterSets() {}

    /**
     * Reads NAL units and skips empty ones.
     *
     * @param count the number of units, including empty ones
     * @param max the greatest legal number of units that are not empty
     * @param in at the first length; afterwards behind the last unit
     * @param field the name of the units
     * @return slices of the input
     * @throws MalformedException if a unit is cut off, or there are more than {@code max}
     */
    public static List<Bytes> read(int count, int max, BitReader in, String field) throws MalformedException {
        if (count * 2L > in.remainingBytes()) {
            throw new MalformedException(count + " " + field + " in " + in.remainingBytes() + " bytes");
        }
        List<Bytes> units = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = in.u(16, field + " length");
            if (length == 0) {
                continue;
            }
            if (units.size() == max) {
                throw new MalformedException("more than " + max + " " + field);
            }
            units.add(in.bytes(length, field));
        }
        return List.copyOf(units);
    }

    /**
     * Writes NAL units without their count.
     *
     * @param units each of 1 to 65535 bytes
     * @param out grows by each unit and two bytes
     */
    public static void write(List<Bytes> units, ByteBuf out) {
        for (Bytes unit : units) {
            out.writeShort(unit.size());
            unit.writeTo(out);
        }
    }

    /**
     * Checks the NAL units that a caller passes.
     *
     * @param units checked and copied
     * @param max the greatest legal number
     * @param field the name of the units
     * @return an immutable copy
     * @throws IllegalArgumentException if there are more than {@code max}, or one is not 1 to 65535 bytes long
     */
    public static List<Bytes> checked(List<Bytes> units, int max, String field) {
        if (units.size() > max) {
            throw new IllegalArgumentException(units.size() + " " + field + " are not 0 to " + max);
        }
        for (Bytes unit : units) {
            if (unit.size() < 1 || unit.size() > MAX_BYTES) {
                throw new IllegalArgumentException(field + " of " + unit.size() + " bytes is not 1 to " + MAX_BYTES);
            }
        }
        return List.copyOf(units);
    }

    /**
     * Reads the length of the length field of NAL units from its two bits.
     *
     * @param in at lengthSizeMinusOne
     * @return 1, 2 or 4
     * @throws MalformedException if it is 3, or cut off
     */
    public static int readNalUnitLengthBytes(BitReader in) throws MalformedException {
        int lengthSizeMinusOne = in.u(2, "lengthSizeMinusOne");
        if (lengthSizeMinusOne == 2) {
            throw new MalformedException("lengthSizeMinusOne 2 is not 0, 1 or 3");
        }
        return lengthSizeMinusOne + 1;
    }

    /**
     * Checks the length of the length field of NAL units.
     *
     * @param bytes the length
     * @throws IllegalArgumentException if it is not 1, 2 or 4
     */
    public static void checkNalUnitLengthBytes(int bytes) {
        if (bytes != 1 && bytes != 2 && bytes != 4) {
            throw new IllegalArgumentException("NAL unit length of " + bytes + " bytes is not 1, 2 or 4");
        }
    }
}
