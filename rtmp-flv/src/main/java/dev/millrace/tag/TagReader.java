package dev.millrace.tag;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;

/** Reads the header fields of messages, each checked against the end. Confined to one thread. */
abstract sealed class TagReader permits TagHeader {

    private Bytes bytes = Bytes.EMPTY;
    private int position;

    /** Starts at the first byte of a message. */
    void begin(Bytes message) {
        bytes = message;
        position = 0;
    }

    /** Forgets the message. */
    void end() {
        bytes = Bytes.EMPTY;
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

    /** Passes over the body of a track and returns the index of its first byte. */
    int skipTrack(int trackId, int count) throws MalformedException {
        return count > remaining() ? skip(count, "track " + trackId) : skip(count, "track");
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
