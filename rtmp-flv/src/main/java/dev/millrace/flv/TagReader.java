package dev.millrace.flv;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;

/** Reads the header fields of one message, each checked against the end. Confined to one thread. */
final class TagReader {

    private final Bytes bytes;
    private int position;

    TagReader(Bytes bytes) {
        this.bytes = bytes;
    }

    int position() {
        return position;
    }

    int remaining() {
        return bytes.size() - position;
    }

    int unsignedByte(String field) throws MalformedException {
        return unsigned(1, field);
    }

    int unsignedShort(String field) throws MalformedException {
        return unsigned(2, field);
    }

    int unsignedMedium(String field) throws MalformedException {
        return unsigned(3, field);
    }

    int signedMedium(String field) throws MalformedException {
        return unsigned(3, field) << 8 >> 8;
    }

    int fourCc() throws MalformedException {
        return unsigned(4, "FourCC");
    }

    /** Passes over bytes and returns the index of the first one. */
    int skip(int count, String field) throws MalformedException {
        require(count, field);
        position += count;
        return position - count;
    }

    private int unsigned(int count, String field) throws MalformedException {
        require(count, field);
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | bytes.unsignedByteAt(position++);
        }
        return value;
    }

    private void require(int count, String field) throws MalformedException {
        if (count > remaining()) {
            throw new MalformedException(field + " needs " + count + " bytes, " + remaining() + " are left");
        }
    }
}
