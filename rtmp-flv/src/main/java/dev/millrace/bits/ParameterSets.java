package dev.millrace.bits;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** NAL units behind lengths of 16 bits, as decoder configuration records hold them (ISO/IEC 14496-15, 5.3.3 and 8.3.3). Keeps nothing. */
public final class ParameterSets {

    /** What the length field can say. */
    private static final int MAX_BYTES = 0xFFFF;

    private ParameterSets() {}

    /**
     * Reads some. Empty ones are passed over.
     *
     * @param count how many
     * @param max how many with something in them are legal
     * @param in at the first length; is then behind the last unit
     * @param field what they are
     * @return parts of what is being read
     * @throws MalformedException if they are cut off, or more than {@code max}
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
     * Writes some, without their count.
     *
     * @param units each of 1 to 65535 bytes
     * @param out grows by two bytes and its own for each
     */
    public static void write(List<Bytes> units, ByteBuf out) {
        for (Bytes unit : units) {
            out.writeShort(unit.size());
            unit.writeTo(out);
        }
    }

    /**
     * Checks what a caller made.
     *
     * @param units checked and copied
     * @param max how many are legal
     * @param field what they are
     * @return an immutable copy
     * @throws IllegalArgumentException if there are more than {@code max}, or one is empty or longer than its length field can say
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
     * @param bytes to be checked
     * @throws IllegalArgumentException if it is not 1, 2 or 4
     */
    public static void checkNalUnitLengthBytes(int bytes) {
        if (bytes != 1 && bytes != 2 && bytes != 4) {
            throw new IllegalArgumentException("NAL unit length of " + bytes + " bytes is not 1, 2 or 4");
        }
    }
}
