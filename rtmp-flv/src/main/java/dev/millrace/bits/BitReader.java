package dev.millrace.bits;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;

/**
 * Reads bits, the highest bit of the first byte first (ITU-T H.264, 7.2 and 9.1; AV1, 4.10).
 *
 * <p>Each method takes the name of the field that it reads, for the message of the exception. After an exception the
 * reader must not be used. Confined to one thread.
 */
public final class BitReader {

    /**
     * Configuration records store the length of a parameter set in 16 bits; one in a frame has no reason to be longer.
     */
    private static final int MAX_PARAMETER_SET_BYTES = 0xFFFF;

    /** A code with more does not fit 32 bits. */
    private static final int MAX_LEADING_ZEROS = 31;

    private static final int EMULATION_PREVENTION = 0x03;

    private final Bytes bytes;
    private long position; // in bits

    /**
     * Creates a reader at the first bit.
     *
     * @param bytes the bytes to read
     */
    public BitReader(Bytes bytes) {
        this.bytes = bytes;
    }

    /**
     * Creates a reader of a parameter set without its emulation prevention bytes (H.264, 7.3.1).
     *
     * @param nalUnit the NAL unit with its header
     * @return a reader at the header of the NAL unit
     * @throws MalformedException if it has more than 65535 bytes
     */
    public static BitReader ofParameterSet(Bytes nalUnit) throws MalformedException {
        if (nalUnit.size() > MAX_PARAMETER_SET_BYTES) {
            throw new MalformedException(
                    "parameter set of " + nalUnit.size() + " bytes exceeds " + MAX_PARAMETER_SET_BYTES);
        }
        byte[] kept = new byte[nalUnit.size()];
        int length = 0;
        int zeros = 0;
        for (int i = 0; i < kept.length; i++) {
            byte next = nalUnit.byteAt(i);
            if (zeros >= 2 && next == EMULATION_PREVENTION) {
                zeros = 0;
                continue;
            }
            zeros = next == 0 ? zeros + 1 : 0;
            kept[length++] = next;
        }
        return new BitReader(Bytes.takeOver(kept).slice(0, length));
    }

    /**
     * Returns the number of whole bytes that remain.
     *
     * @return 0 or more
     */
    public int remainingBytes() {
        return (int) (remainingBits() >> 3);
    }

    /**
     * Reads an unsigned number, u(n).
     *
     * @param bits 0 to 31
     * @param field its name
     * @return 0 to 2<sup>bits</sup> - 1
     * @throws MalformedException if fewer bits are left
     */
    public int u(int bits, String field) throws MalformedException {
        require(bits, field);
        return (int) read(bits);
    }

    /**
     * Reads an unsigned number of 32 bits, u(32).
     *
     * @param field its name
     * @return 0 to 2<sup>32</sup> - 1
     * @throws MalformedException if fewer bits are left
     */
    public long u32(String field) throws MalformedException {
        require(32, field);
        return read(32);
    }

    /**
     * Reads one bit, u(1).
     *
     * @param field its name
     * @return true for 1
     * @throws MalformedException if no bit is left
     */
    public boolean flag(String field) throws MalformedException {
        return u(1, field) == 1;
    }

    /**
     * Skips bits.
     *
     * @param bits 0 or more
     * @param field the name of their content
     * @throws MalformedException if fewer bits are left
     */
    public void skip(int bits, String field) throws MalformedException {
        require(bits, field);
        position += bits;
    }

    /**
     * Reads an Exp-Golomb number, ue(v); uvlc() of AV1 is the same.
     *
     * @param field its name
     * @return 0 to 2<sup>32</sup> - 2
     * @throws MalformedException if fewer bits are left, or has more than 31 zeros in front
     */
    public long ue(String field) throws MalformedException {
        int zeros = 0;
        while (u(1, field) == 0) {
            zeros++;
            if (zeros > MAX_LEADING_ZEROS) {
                throw new MalformedException(field + " has more than " + MAX_LEADING_ZEROS + " leading zeros");
            }
        }
        require(zeros, field);
        return (1L << zeros) - 1 + read(zeros);
    }

    /**
     * Reads an Exp-Golomb number with an upper limit, ue(v).
     *
     * @param max the greatest legal number
     * @param field its name
     * @return 0 to {@code max}
     * @throws MalformedException if fewer bits are left, or exceeds {@code max}
     */
    public int ue(int max, String field) throws MalformedException {
        long value = ue(field);
        if (value > max) {
            throw new MalformedException(field + " " + value + " is not 0 to " + max);
        }
        return (int) value;
    }

    /**
     * Reads a signed Exp-Golomb number, se(v).
     *
     * @param field its name
     * @return -2<sup>31</sup> + 1 to 2<sup>31</sup> - 1
     * @throws MalformedException if fewer bits are left, or has more than 31 zeros in front
     */
    public int se(String field) throws MalformedException {
        long number = ue(field);
        return (int) ((number & 1) == 0 ? -(number >> 1) : (number >> 1) + 1);
    }

    /**
     * Reads whole bytes without copying them. The reader must be at the start of a byte.
     *
     * @param length 0 or more
     * @param field the name of their content
     * @return a slice of the input
     * @throws MalformedException if fewer bits are left
     */
    public Bytes bytes(int length, String field) throws MalformedException {
        if (length > remainingBytes()) {
            throw new MalformedException(field + " of " + length + " bytes in " + remainingBytes());
        }
        Bytes part = bytes.slice((int) (position >> 3), length);
        position += length * 8L;
        return part;
    }

    private long read(int bits) {
        long value = 0;
        int left = bits;
        while (left > 0) {
            int inByte = (int) (position & 7);
            int taken = Math.min(left, 8 - inByte);
            int octet = bytes.unsignedByteAt((int) (position >> 3));
            value = value << taken | octet >> 8 - inByte - taken & (1 << taken) - 1;
            position += taken;
            left -= taken;
        }
        return value;
    }

    private void require(int bits, String field) throws MalformedException {
        if (bits > remainingBits()) {
            throw new MalformedException(field + " of " + bits + " bits in " + remainingBits());
        }
    }

    private long remainingBits() {
        return bytes.size() * 8L - position;
    }
}
