package dev.millrace.liveserver.snapshot;

import java.io.IOException;

/**
 * Reads the fields of a parameter set or slice header (ITU-T H.264, 7.2 and 9.1). Unlike JCodec's reader it
 * checks the end of the bytes and the ranges of fields. Confined to one thread.
 */
final class HeaderReader {

    /** More do not fit 32 bits. */
    private static final int MAX_LEADING_ZEROS = 31;

    private final byte[] rbsp;
    private int position; // in bits

    /** Starts at the header of a NAL unit without emulation prevention bytes. */
    HeaderReader(byte[] rbsp) {
        this.rbsp = rbsp;
    }

    /** How many bits were read. */
    int position() {
        return position;
    }

    int u(int bits, String field) throws IOException {
        if (bits > rbsp.length * 8L - position) {
            throw new IOException(field + " of " + bits + " bits in " + (rbsp.length * 8L - position));
        }
        int value = 0;
        for (int i = 0; i < bits; i++, position++) {
            value = value << 1 | rbsp[position >> 3] >> 7 - (position & 7) & 1;
        }
        return value;
    }

    boolean flag(String field) throws IOException {
        return u(1, field) == 1;
    }

    /** An Exp-Golomb number, 0 to {@code max}. */
    int ue(int max, String field) throws IOException {
        long value = golomb(field);
        if (value > max) {
            throw new IOException(field + " " + value + " is not 0 to " + max);
        }
        return (int) value;
    }

    /** An Exp-Golomb number with sign, {@code min} to {@code max}. */
    int se(int min, int max, String field) throws IOException {
        long number = golomb(field);
        long value = (number & 1) == 0 ? -(number >> 1) : (number >> 1) + 1;
        if (value < min || value > max) {
            throw new IOException(field + " " + value + " is not " + min + " to " + max);
        }
        return (int) value;
    }

    /** Whether anything stands in front of the stop bit, more_rbsp_data(). */
    boolean hasMore() {
        int last = rbsp.length - 1;
        while (last >= 0 && rbsp[last] == 0) {
            last--;
        }
        return last >= 0 && position < last * 8 + 7 - Integer.numberOfTrailingZeros(rbsp[last]);
    }

    private long golomb(String field) throws IOException {
        int zeros = 0;
        while (!flag(field)) {
            zeros++;
            if (zeros > MAX_LEADING_ZEROS) {
                throw new IOException(field + " has more than " + MAX_LEADING_ZEROS + " leading zeros");
            }
        }
        return (1L << zeros) - 1 + Integer.toUnsignedLong(u(zeros, field));
    }
}
