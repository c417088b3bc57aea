package dev.millrace.rtmp.handshake;

import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;

/**
 * The third packet of each side, its answer to C1 or S1 (RTMP 1.0, 5.2.4).
 *
 * <pre>
 * plain form: what the peer sent, byte by byte
 *
 * 0               1504        1536
 * | random        | signature |  digest form
 * </pre>
 *
 * <p>In the plain form the specification has the time of the answer in bytes 4 to 7; exact copies are what everybody sends and what strict
 * peers compare.
 */
final class C2S2 {

    static final int LENGTH_BYTES = 1536;

    private static final int SIGNED_BYTES = LENGTH_BYTES - HandshakeKey.HMAC_BYTES;

    private C2S2() {}

    static void writeCopy(C1S1 received, ByteBuf out) {
        received.writeTo(out);
    }

    /** Writes the answer of the role of {@code key} to a valid digest. */
    static void writeSigned(byte[] peerDigest, HandshakeKey key, RandomGenerator random, ByteBuf out) {
        byte[] packet = new byte[LENGTH_BYTES];
        random.nextBytes(packet);
        out.writeBytes(packet, 0, SIGNED_BYTES);
        out.writeBytes(key.signature(packet, peerDigest));
    }
}
