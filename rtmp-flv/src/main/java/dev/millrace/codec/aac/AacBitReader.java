package dev.millrace.codec.aac;

import dev.millrace.bits.BitReader;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;

/** Reads fields of a configuration, and knows where in it they stand. Confined to one thread. */
final class AacBitReader {

    private final BitReader in;
    private final long endBits;
    private long position; // in bits

    AacBitReader(Bytes bytes) {
        in = new BitReader(bytes);
        endBits = bytes.size() * 8L;
    }

    int read(int bits, String field) throws MalformedException {
        int value = in.u(bits, field);
        position += bits;
        return value;
    }

    boolean readFlag(String field) throws MalformedException {
        return read(1, field) == 1;
    }

    /** Goes on to the next byte, counted from the start of the configuration. */
    void align() throws MalformedException {
        read((int) (-position & 7), "byte_alignment");
    }

    /** Reads whole bytes from an aligned position. */
    Bytes readBytes(int length, String field) throws MalformedException {
        Bytes part = in.bytes(length, field);
        position += length * 8L;
        return part;
    }

    /** Bits that can still be read. */
    long left() {
        return endBits - position;
    }
}
