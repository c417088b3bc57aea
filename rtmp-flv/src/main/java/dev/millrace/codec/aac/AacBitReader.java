package dev.millrace.codec.aac;

import dev.millrace.media.Bytes;
import dev.millrace.media.FlvFormatException;

/** Reads fields of a configuration, highest bit first. Confined to one thread. */
final class AacBitReader {

    private final Bytes bytes;
    private int position;

    AacBitReader(Bytes bytes) {
        this.bytes = bytes;
    }

    /** The next 1 to 24 bits. */
    int read(int bits, String field) throws FlvFormatException {
        if (bits > left()) {
            throw new FlvFormatException(field + " of " + bits + " bits is cut off after " + left());
        }
        int value = 0;
        for (int i = 0; i < bits; i++, position++) {
            value = value << 1 | bytes.unsignedByteAt(position >> 3) >> (7 - (position & 7)) & 1;
        }
        return value;
    }

    boolean readFlag(String field) throws FlvFormatException {
        return read(1, field) == 1;
    }

    /** Skips to the next byte, counted from the start of the configuration. */
    void align() {
        position = position + 7 & ~7;
    }

    /** Whole bytes from an aligned position. */
    Bytes readBytes(int length, String field) throws FlvFormatException {
        if (length > left() / 8) {
            throw new FlvFormatException(field + " of " + length + " bytes is cut off after " + left() / 8);
        }
        Bytes result = bytes.slice(position >> 3, length);
        position += length * 8;
        return result;
    }

    /** Bits that can still be read. */
    long left() {
        return bytes.size() * 8L - position;
    }
}
