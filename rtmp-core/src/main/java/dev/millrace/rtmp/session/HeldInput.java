package dev.millrace.rtmp.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Input that is not consumed yet: a part of a chunk header or, while the host decides, whatever comes. */
final class HeldInput {

    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

    int size() {
        return bytes.readableBytes();
    }

    /** Keeps a copy of all of {@code in}, which is consumed. */
    void add(ByteBuf in) {
        if (!in.isReadable()) {
            return;
        }
        if (size() == 0) {
            bytes = Unpooled.buffer(in.readableBytes());
        }
        bytes.writeBytes(in);
    }

    /** What is held, with a copy of all of {@code in} behind it, or {@code in} itself; nothing is held then. */
    ByteBuf takeWith(ByteBuf in) {
        if (size() == 0) {
            return in;
        }
        ByteBuf taken = bytes.writeBytes(in);
        clear();
        return taken;
    }

    void clear() {
        bytes = Unpooled.EMPTY_BUFFER;
    }
}
