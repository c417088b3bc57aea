package dev.millrace.rtmp.handshake;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The packets of a peer and what a peer checks, written a second time: nothing here uses the code under test. */
final class HandshakeBytes {

    static final int PACKET_BYTES = 1536;
    static final int FFMPEG_VERSION = 0x09007c02;

    private static final byte[] TAIL =
            HexFormat.of().parseHex("f0eec24a8068bee82e00d0d1029e7e576eec5d2d29806fab93b8e636cfeb31ae");

    static final byte[] C1_KEY = "Genuine Adobe Flash Player 001".getBytes(StandardCharsets.US_ASCII);
    static final byte[] S1_KEY = "Genuine Adobe Flash Media Server 001".getBytes(StandardCharsets.US_ASCII);
    static final byte[] C2_KEY = concat(C1_KEY, TAIL);
    static final byte[] S2_KEY = concat(S1_KEY, TAIL);

    private HandshakeBytes() {}

    /** Byte i is the low byte of step times i, but for time and version. */
    static byte[] packet(int step, int timeMillis, int version) {
        byte[] packet = new byte[PACKET_BYTES];
        for (int i = 0; i < packet.length; i++) {
            packet[i] = (byte) (step * i);
        }
        ByteBuffer.wrap(packet).putInt(timeMillis).putInt(version);
        return packet;
    }

    /** A C1 as players of FFmpeg send it, the digest block at 8 or at 772. */
    static byte[] ffmpegC1(int base) {
        return withDigest(packet(7, 0, FFMPEG_VERSION), base, C1_KEY);
    }

    static byte[] withDigest(byte[] packet, int base, byte[] key) {
        byte[] signed = packet.clone();
        System.arraycopy(digest(packet, base, key), 0, signed, position(packet, base), 32);
        return signed;
    }

    static boolean hasDigest(byte[] packet, int base, byte[] key) {
        return Arrays.equals(digest(packet, base, key), digestIn(packet, base));
    }

    static byte[] digestIn(byte[] packet, int base) {
        int position = position(packet, base);
        return Arrays.copyOfRange(packet, position, position + 32);
    }

    static int position(byte[] packet, int base) {
        int sum = (packet[base] & 0xff) + (packet[base + 1] & 0xff) + (packet[base + 2] & 0xff) + (packet[base + 3] & 0xff);
        return base + 4 + sum % 728;
    }

    private static byte[] digest(byte[] packet, int base, byte[] key) {
        int position = position(packet, base);
        byte[] before = Arrays.copyOf(packet, position);
        byte[] after = Arrays.copyOfRange(packet, position + 32, PACKET_BYTES);
        return hmac(key, concat(before, after));
    }

    /** Whether a C2 or S2 is signed for the digest that its sender received. */
    static boolean isSigned(byte[] packet, byte[] digest, byte[] key) {
        byte[] signature = hmac(hmac(key, digest), Arrays.copyOf(packet, 1504));
        return Arrays.equals(signature, Arrays.copyOfRange(packet, 1504, PACKET_BYTES));
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    static byte[] c0s0() {
        return new byte[] {3};
    }

    /** S1 of S0S1S2, or C1 of C0C1. */
    static byte[] second(byte[] all) {
        return Arrays.copyOfRange(all, 1, 1 + PACKET_BYTES);
    }

    /** S2 of S0S1S2. */
    static byte[] third(byte[] all) {
        return Arrays.copyOfRange(all, 1 + PACKET_BYTES, 1 + 2 * PACKET_BYTES);
    }

    static int version(byte[] packet) {
        return ByteBuffer.wrap(packet).getInt(4);
    }

    static byte[] readable(ByteBuf buffer) {
        return ByteBufUtil.getBytes(buffer);
    }
}
