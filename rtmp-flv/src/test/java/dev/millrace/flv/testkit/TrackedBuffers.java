package dev.millrace.flv.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.HexFormat;

/** Buffers of one test. Closing it fails if one of them was not released. Confined to one thread. */
public final class TrackedBuffers implements AutoCloseable {

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(/* preferDirect= */ false);

    /** Makes an allocator of its own. */
    public TrackedBuffers() {}

    /**
     * The allocator whose buffers are counted.
     *
     * @return an unpooled allocator
     */
    public ByteBufAllocator allocator() {
        return allocator;
    }

    /**
     * A buffer with the bytes of a hexadecimal text.
     *
     * @param text digits; white space is ignored
     * @return a new buffer that the caller releases
     */
    public ByteBuf hex(String text) {
        return of(bytes(text));
    }

    /**
     * A buffer with a copy of some bytes.
     *
     * @param bytes borrowed
     * @return a new buffer that the caller releases
     */
    public ByteBuf of(byte... bytes) {
        return allocator.heapBuffer(bytes.length).writeBytes(bytes);
    }

    /**
     * The bytes of a hexadecimal text.
     *
     * @param text digits; white space is ignored
     * @return a new array
     */
    public static byte[] bytes(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    /** Fails if a buffer is still held. */
    @Override
    public void close() {
        long held = allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
        if (held != 0) {
            throw new AssertionError(held + " bytes of buffers were not released");
        }
    }
}
