package dev.millrace.rtmp.handshake;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The well-known key of one role, and the HMAC-SHA256 values that are made with it.
 *
 * <p>A key is a name in ASCII and a tail that both roles share. C1 and S1 are signed with the name alone, C2 and S2 with name and tail. Everybody
 * has these keys: a good digest says which protocol the peer speaks, not who it is.
 */
enum HandshakeKey {
    /** "Genuine Adobe Flash Player 001", for C1 and C2. */
    CLIENT("47656e75696e652041646f626520466c61736820506c6179657220303031"),

    /** "Genuine Adobe Flash Media Server 001", for S1 and S2. */
    SERVER("47656e75696e652041646f626520466c617368204d656469612053657276657220303031");

    static final int HMAC_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String TAIL = "f0eec24a8068bee82e00d0d1029e7e576eec5d2d29806fab93b8e636cfeb31ae";

    private final SecretKeySpec name;
    private final SecretKeySpec nameAndTail;

    HandshakeKey(String nameHex) {
        this.name = key(HexFormat.of().parseHex(nameHex));
        this.nameAndTail = key(HexFormat.of().parseHex(nameHex + TAIL));
    }

    /** The digest of a C1 or S1: over all of it but the 32 bytes at {@code position}, where the digest itself goes. */
    byte[] digest(byte[] packet, int position) {
        Mac mac = mac(name);
        mac.update(packet, 0, position);
        int end = position + HMAC_BYTES;
        mac.update(packet, end, packet.length - end);
        return mac.doFinal();
    }

    /** The key that answers a digest: this role signs its C2 or S2 with it. */
    byte[] signatureKey(byte[] peerDigest) {
        return mac(nameAndTail).doFinal(peerDigest);
    }

    /** The signature of a C2 or S2: over all of it but the last 32 bytes, where the signature itself goes. */
    byte[] signature(byte[] packet, byte[] peerDigest) {
        Mac mac = mac(key(signatureKey(peerDigest)));
        mac.update(packet, 0, packet.length - HMAC_BYTES);
        return mac.doFinal();
    }

    private static SecretKeySpec key(byte[] bytes) {
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + ALGORITHM, e);
        }
    }
}
