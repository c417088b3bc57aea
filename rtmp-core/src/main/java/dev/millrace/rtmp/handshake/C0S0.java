package dev.millrace.rtmp.handshake;

import dev.millrace.rtmp.RtmpProtocolException;
import io.netty.buffer.ByteBuf;

/** The first byte of each side: the version of the protocol (RTMP 1.0, 5.2.2). */
final class C0S0 {

    static final int LENGTH_BYTES = 1;

    /** The only version in use. 6, 8 and 9 are RTMPE; 32 and above are never RTMP, so that text protocols can be told apart. */
    static final int VERSION = 3;

    private C0S0() {}

    /** Reads the byte; {@code name} is C0 or S0, for the message. */
    static void read(String name, ByteBuf in) throws RtmpProtocolException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new RtmpProtocolException(name + " version " + version + " is not " + VERSION);
        }
    }

    static void writeTo(ByteBuf out) {
        out.writeByte(VERSION);
    }
}
