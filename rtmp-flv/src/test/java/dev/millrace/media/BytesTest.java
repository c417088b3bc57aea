package dev.millrace.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BytesTest {

    private final Bytes bytes = Bytes.copyOf((byte) 0x0a, (byte) 0xff, (byte) 3, (byte) 4);

    @Test
    void aSliceHasItsOwnBounds() {
        Bytes slice = bytes.slice(1, 2);
        assertEquals(2, slice.size());
        assertEquals(0xff, slice.unsignedByteAt(0));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.byteAt(2));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.slice(1, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.getBytes(0, new byte[4], 0, 3));
        assertArrayEquals(new byte[] {3}, slice.slice(1, 1).toByteArray());
    }

    @Test
    void comparesByContent() {
        assertEquals(Bytes.copyOf((byte) 0xff, (byte) 3), bytes.slice(1, 2));
        assertEquals(Bytes.copyOf((byte) 0xff, (byte) 3).hashCode(), bytes.slice(1, 2).hashCode());
        assertNotEquals(bytes.slice(0, 2), bytes.slice(1, 2));
        assertEquals(Bytes.EMPTY, bytes.slice(4, 0));
    }

    @Test
    void readsAsABufferAndAsText() {
        assertEquals(bytes, Bytes.copyOf(bytes.asByteBuf()));
        assertEquals("0aff0304", bytes.toString());
        assertEquals(64 * 2 + "... (100 bytes)".length(), Bytes.takeOver(new byte[100]).toString().length());
    }
}
