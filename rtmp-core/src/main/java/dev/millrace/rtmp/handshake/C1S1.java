package dev.millrace.rtmp.handshake;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The second packet of each side (RTMP 1.0, 5.2.3).
 *
 * <pre>
 * 0      4         8                         1536
 * | time | version | random, maybe a digest  |
 * </pre>
 *
 * <p>The specification calls the version "zero"; a peer that signs puts its version there. Immutable once made.
 */
final class C1S1 {

    static final int LENGTH_BYTES = 1536;

    private static final int VERSION_INDEX = 4;
    private static final int RANDOM_INDEX = 8;

    private final byte[] bytes;

    private C1S1(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes over {@code bytes}, {@link #LENGTH_BYTES} of them. */
    static C1S1 takeOver(byte[] bytes) {
        return new C1S1(bytes);
    }

    /** A packet without a digest, its version zero. */
    static C1S1 simple(int timeMillis, RandomGenerator random) {
        return new C1S1(filled(timeMillis, 0, random));
    }

    /** A packet with the digest of {@code key}. */
    static C1S1 digest(int timeMillis, int version, DigestOrder order, HandshakeKey key, RandomGenerator random) {
        byte[] bytes = filled(timeMillis, version, random);
        int position = order.digestPosition(bytes);
        System.arraycopy(key.digest(bytes, position), 0, bytes, position, HandshakeKey.HMAC_BYTES);
        return new C1S1(bytes);
    }

    private static byte[] filled(int timeMillis, int version, RandomGenerator random) {
        byte[] filler = new byte[LENGTH_BYTES - RANDOM_INDEX];
        random.nextBytes(filler);
        return ByteBuffer.allocate(LENGTH_BYTES).putInt(timeMillis).putInt(version).put(filler).array();
    }

    int version() {
        return ByteBuffer.wrap(bytes).getInt(VERSION_INDEX);
    }

    /** Where the digest of {@code key} lies, if there is a valid one. Takes the same time whatever bytes of a digest are wrong. */
    Optional<DigestOrder> findDigest(HandshakeKey key) {
        if (hasDigest(DigestOrder.BASE_772, key)) {
            return Optional.of(DigestOrder.BASE_772);
        }
        return hasDigest(DigestOrder.BASE_8, key) ? Optional.of(DigestOrder.BASE_8) : Optional.empty();
    }

    private boolean hasDigest(DigestOrder order, HandshakeKey key) {
        return MessageDigest.isEqual(key.digest(bytes, order.digestPosition(bytes)), digest(order));
    }

    /** The 32 bytes at the place that {@code order} gives, valid or not. */
    byte[] digest(DigestOrder order) {
        int position = order.digestPosition(bytes);
        return Arrays.copyOfRange(bytes, position, position + HandshakeKey.HMAC_BYTES);
    }

    void writeTo(ByteBuf out) {
        out.writeBytes(bytes);
    }
}
