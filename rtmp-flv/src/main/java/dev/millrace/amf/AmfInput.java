package dev.millrace.amf;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * A walk through the bytes of one message, which checks every length against what is left and against the limits. The indices of the buffer
 * do not move.
 */
final class AmfInput {

    private final ByteBuf body;
    private final int end;
    private final AmfLimits limits;

    private int index;
    private int valuesLeft;

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

    /** A byte ahead, which must be there. */
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

    /** Reads bytes as they are. */
    Bytes readBytes(long lengthBytes, String field) throws MalformedException {
        int start = take(lengthBytes, field);
        byte[] bytes = new byte[(int) lengthBytes];
        body.getBytes(start, bytes);
        return Bytes.takeOver(bytes);
    }

    /** Takes one value out of the budget of the message. */
    void countValue() throws MalformedException {
        if (valuesLeft == 0) {
            throw new MalformedException("more than " + limits.maxValues() + " AMF values");
        }
        valuesLeft--;
    }

    void checkDepth(int depth) throws MalformedException {
        if (depth > limits.maxDepth()) {
            throw new MalformedException("AMF values nested deeper than " + limits.maxDepth());
        }
    }

    /** Refuses a count of things that cannot all be there. */
    void checkCount(long count, int leastBytesEach, String field) throws MalformedException {
        if (count * leastBytesEach > remaining()) {
            throw new MalformedException(field + " of " + count + " with " + remaining() + " bytes left");
        }
    }

    /** Refuses a count of values that the budget does not allow or that cannot all be there. */
    void checkValues(long count, int leastBytesEach, String field) throws MalformedException {
        checkCount(count, leastBytesEach, field);
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
