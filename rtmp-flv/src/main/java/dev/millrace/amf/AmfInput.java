package dev.millrace.amf;

import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of one message, read in order. Every length is checked against the remaining bytes and the limits. The
 * indices of the buffer do not move.
 */
final class AmfInput {

    /**
     * Bytes of text in UTF-8 that AMF3 references may repeat in one message. A reference takes two bytes, so that
     * without a bound a message could be thousands of times as long in AMF0; real ones repeat a few names.
     */
    static final int MAX_REPEATED_BYTES = 1 << 20;

    private final ByteBuf body;
    private final int end;
    private final AmfLimits limits;

    private int index;
    private int valuesLeft;
    private int repeatedLeft = MAX_REPEATED_BYTES;

    AmfInput(ByteBuf body, AmfLimits limits) {
        this.body = body;
        this.end = body.writerIndex();
        this.limits = limits;
        this.index = body.readerIndex();
        this.valuesLeft = limits.maxValues();
    }

    int remaining() {
        return end - index;
    }

    /** Returns a byte ahead of the position; there must be one. */
    int peekUnsignedByte(int offset) {
        return body.getUnsignedByte(index + offset);
    }

    int readUnsignedByte(String field) throws MalformedException {
        return body.getUnsignedByte(take(1, field));
    }

    int readShort(String field) throws MalformedException {
        return body.getShort(take(2, field));
    }

    int readUnsignedShort(String field) throws MalformedException {
        return body.getUnsignedShort(take(2, field));
    }

    long readUnsignedInt(String field) throws MalformedException {
        return body.getUnsignedInt(take(4, field));
    }

    double readDouble(String field) throws MalformedException {
        return body.getDouble(take(8, field));
    }

    void skip(long lengthBytes, String field) throws MalformedException {
        take(lengthBytes, field);
    }

    /** Reads a text; bytes that are not UTF-8 become the replacement character. */
    String readUtf8(long lengthBytes, String field) throws MalformedException {
        if (lengthBytes > limits.maxStringBytes()) {
            throw new MalformedException(field + " of " + lengthBytes + " bytes exceeds " + limits.maxStringBytes());
        }
        int start = take(lengthBytes, field);
        return body.toString(start, (int) lengthBytes, StandardCharsets.UTF_8);
    }

    /**
     * Returns the name of a property or class, if it is short enough for AMF0: U+FFFD may be longer than the byte that
     * it replaces.
     */
    static String checkName(String name, String field) throws MalformedException {
        int lengthBytes = ByteBufUtil.utf8Bytes(name);
        if (lengthBytes > Amf0Writer.MAX_SHORT_BYTES) {
            throw new MalformedException(
                    field + " of " + lengthBytes + " bytes in UTF-8 exceeds " + Amf0Writer.MAX_SHORT_BYTES);
        }
        return name;
    }

    /** Takes one value out of the budget of the message. */
    void countValue() throws MalformedException {
        if (valuesLeft == 0) {
            throw new MalformedException("more than " + limits.maxValues() + " AMF values");
        }
        valuesLeft--;
    }

    /** Takes a text that a reference repeats out of the budget of the message. */
    void countRepeated(String text) throws MalformedException {
        repeatedLeft -= ByteBufUtil.utf8Bytes(text);
        if (repeatedLeft < 0) {
            throw new MalformedException("AMF3 references repeat more than " + MAX_REPEATED_BYTES + " bytes of text");
        }
    }

    void checkDepth(int depth) throws MalformedException {
        if (depth > limits.maxDepth()) {
            throw new MalformedException("AMF values nested deeper than " + limits.maxDepth());
        }
    }

    /** Refuses a count of values that cannot all be there or that the budget does not allow. */
    void checkValues(long count, int leastBytesEach, String field) throws MalformedException {
        if (count * leastBytesEach > remaining()) {
            throw new MalformedException(field + " of " + count + " with " + remaining() + " bytes left");
        }
        if (count > valuesLeft) {
            throw new MalformedException(field + " of " + count + " exceeds " + limits.maxValues() + " AMF values");
        }
    }

    private int take(long lengthBytes, String field) throws MalformedException {
        if (lengthBytes > remaining()) {
            throw new MalformedException(field + " of " + lengthBytes + " bytes with " + remaining() + " left");
        }
        int start = index;
        index += (int) lengthBytes;
        return start;
    }
}
