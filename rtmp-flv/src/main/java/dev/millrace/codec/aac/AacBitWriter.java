package dev.millrace.codec.aac;

import io.netty.buffer.ByteBuf;

/** Writes fields of a configuration, highest bit first. Confined to one thread. */
final class AacBitWriter {

    private final ByteBuf out;
    private int pending;
    private int pendingBits;

    AacBitWriter(ByteBuf out) {
        this.out = out;
    }

    void write(int value, int bits) {
        for (int i = bits - 1; i >= 0; i--) {
            pending = pending << 1 | value >> i & 1;
            if (++pendingBits == 8) {
                out.writeByte(pending);
                pendingBits = 0;
            }
        }
    }

    void write(boolean flag) {
        write(flag ? 1 : 0, 1);
    }

    /** Fills the last byte with zeros. */
    void align() {
        if (pendingBits > 0) {
            write(0, 8 - pendingBits);
        }
    }
}
