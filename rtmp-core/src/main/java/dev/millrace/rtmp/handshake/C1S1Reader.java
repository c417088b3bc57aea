package dev.millrace.rtmp.handshake;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** Puts together one C1 or S1 that arrives in pieces. Holds nothing before the first byte and after the last. */
final class C1S1Reader {

    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int received;

    /** Takes what belongs to the packet out of {@code in}; returns the packet when its last byte was there. */
    Optional<C1S1> read(ByteBuf in) {
        if (!in.isReadable()) {
            return Optional.empty();
        }
        if (received == 0) {
            bytes = new byte[C1S1.LENGTH_BYTES];
        }
        int length = Math.min(in.readableBytes(), bytes.length - received);
        in.readBytes(bytes, received, length);
        received += length;
        if (received < bytes.length) {
            return Optional.empty();
        }
        C1S1 packet = C1S1.takeOver(bytes);
        bytes = NONE;
        received = 0;
        return Optional.of(packet);
    }
}
