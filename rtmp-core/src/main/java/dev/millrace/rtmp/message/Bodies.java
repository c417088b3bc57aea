package dev.millrace.rtmp.message;

import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;

/** What the bodies of control messages have in common. */
final class Bodies {

    private Bodies() {}

    static void require(String message, ByteBuf body, int bytes) throws MalformedException {
        if (body.readableBytes() < bytes) {
            throw new MalformedException(message + " of " + body.readableBytes() + " bytes, not " + bytes);
        }
    }
}
