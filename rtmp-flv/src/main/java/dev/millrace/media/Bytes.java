package dev.millrace.media;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Objects;

/** A byte string: immutable, compared by content, in the heap. Slices share the bytes. */
public final class Bytes {

    /** No byte. */
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int size;

    private Bytes(byte[] array, int offset, int size) {
        this.array = array;
        this.offset = offset;
        this.size = size;
    }

    /**
     * Copies an array.
     *
     * @param array borrowed for the call
     * @return its bytes
     */
    public static Bytes copyOf(byte... array) {
        return new Bytes(array.clone(), 0, array.length);
    }

    /**
     * Copies the readable bytes of a buffer.
     *
     * @param in borrowed; its indices do not move
     * @return its bytes
     */
    public static Bytes copyOf(ByteBuf in) {
        byte[] array = new byte[in.readableBytes()];
        in.getBytes(in.readerIndex(), array);
        return new Bytes(array, 0, array.length);
    }

    /**
     * Makes a byte string around an array that belongs to it from now on.
     *
     * @param array the caller must not touch it again
     * @return its bytes
     */
    public static Bytes takeOver(byte[] array) {
        return new Bytes(Objects.requireNonNull(array, "array"), 0, array.length);
    }

    /**
     * Length.
     *
     * @return bytes, 0 or more
     */
    public int size() {
        return size;
    }

    /**
     * One byte.
     *
     * @param index 0 to {@code size() - 1}
     * @return the byte
     * @throws IndexOutOfBoundsException if there is no such byte
     */
    public byte byteAt(int index) {
        return array[offset + Objects.checkIndex(index, size)];
    }

    /**
     * One byte without sign.
     *
     * @param index 0 to {@code size() - 1}
     * @return 0 to 255
     * @throws IndexOutOfBoundsException if there is no such byte
     */
    public int unsignedByteAt(int index) {
        return byteAt(index) & 0xFF;
    }

    /**
     * A part of this, which shares the bytes.
     *
     * @param from first byte
     * @param length number of bytes
     * @return the part
     * @throws IndexOutOfBoundsException if the range is outside
     */
    public Bytes slice(int from, int length) {
        Objects.checkFromIndexSize(from, length, size);
        return new Bytes(array, offset + from, length);
    }

    /**
     * Copies a part.
     *
     * @param from first byte to copy
     * @param target where to copy to
     * @param at first index in {@code target}
     * @param length number of bytes
     * @throws IndexOutOfBoundsException if a range is outside its array; nothing is copied then
     */
    public void getBytes(int from, byte[] target, int at, int length) {
        Objects.checkFromIndexSize(from, length, size);
        System.arraycopy(array, offset + from, target, at, length);
    }

    /**
     * Appends all of it to a buffer.
     *
     * @param out grows by {@link #size()}
     */
    public void writeTo(ByteBuf out) {
        out.writeBytes(array, offset, size);
    }

    /**
     * A view.
     *
     * @return a read-only buffer over the bytes; nobody needs to release it
     */
    public ByteBuf asByteBuf() {
        return Unpooled.wrappedBuffer(array, offset, size).asReadOnly();
    }

    /**
     * A copy.
     *
     * @return a new array that belongs to the caller
     */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + size);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(array, offset, offset + size, bytes.array, bytes.offset, bytes.offset + bytes.size);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + size; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** Hexadecimal, cut after 64 bytes. */
    @Override
    public String toString() {
        String start = ByteBufUtil.hexDump(array, offset, Math.min(size, 64));
        return size > 64 ? start + "... (" + size + " bytes)" : start;
    }
}
