package dev.millrace.amf;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A value in AMF3 inside an AMF0 message, behind marker 11. It has been checked to be one whole value within the limits, and is kept as bytes.
 *
 * <p>Immutable. Its references to strings, objects and traits are never followed. They may go back to an AMF3 value before it in the same
 * message, so that the bytes mean something only beside the other values of their message, in their order.
 */
public final class AmfAmf3 implements AmfValue {

    private final byte[] bytes;

    /** Takes the array: the caller forgets it. */
    AmfAmf3(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The size of the value.
     *
     * @return bytes, with the AMF3 marker and without the AMF0 marker 11 before it; at least 1
     */
    public int size() {
        return bytes.length;
    }

    /**
     * Writes the value as it came, from its AMF3 marker on.
     *
     * @param out borrowed; grows by {@link #size()}
     */
    public void writeTo(ByteBuf out) {
        out.writeBytes(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AmfAmf3 that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return LogText.of(this);
    }
}
