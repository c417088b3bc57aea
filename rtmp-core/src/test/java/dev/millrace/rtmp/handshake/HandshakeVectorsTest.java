package dev.millrace.rtmp.handshake;

import static dev.millrace.rtmp.handshake.HandshakeBytes.FFMPEG_VERSION;
import static dev.millrace.rtmp.handshake.HandshakeBytes.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Positions, digests and signatures of known packets, computed outside this project. */
class HandshakeVectorsTest {

    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(textBlock = """
            CLIENT, BASE_8,    7, 09007c02,  278, 946f4f19deb3c79607c8992107201d6d62a44ab8cfaf5317601390a8efe3d44f
            CLIENT, BASE_772,  7, 09007c02,  930, 74eeec9b501667027a6c90300c8d37284e10994c072dc97f1f6edef681902a6a
            SERVER, BASE_8,   11, 0d0e0a0d,  430, 43d6cb93887b691b9c35d1c290ecd0b71a70d3de214834b374434e2d4e1c4108
            SERVER, BASE_772, 11, 0d0e0a0d, 1018, 561d1f9e14f0f22c63abd9697f4bc1608efb9b0dc65f774c8c2ee21eb60fca96
            """)
    void placesAndComputesTheDigest(HandshakeKey key, DigestOrder order, int step, String version, int position, String digest) {
        byte[] packet = packet(step, 0, HexFormat.fromHexDigits(version));
        assertEquals(position, order.digestPosition(packet));
        assertEquals(digest, HEX.formatHex(key.digest(packet, position)));

        System.arraycopy(HEX.parseHex(digest), 0, packet, position, 32);
        C1S1 signed = C1S1.takeOver(packet);
        assertEquals(Optional.of(order), signed.findDigest(key));
        assertEquals(digest, HEX.formatHex(signed.digest(order)));
    }

    @Test
    void hasTheHashOfTheWholeC1() throws Exception {
        byte[] c1 = packet(7, 0, FFMPEG_VERSION);
        int position = DigestOrder.BASE_8.digestPosition(c1);
        System.arraycopy(HandshakeKey.CLIENT.digest(c1, position), 0, c1, position, 32);
        assertEquals(
                "f02bea6b986a955d11dbad73f9bb6d984176b4120685b3c40410bbf22dc3d897",
                HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(c1)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(textBlock = """
            SERVER, 946f4f19deb3c79607c8992107201d6d62a44ab8cfaf5317601390a8efe3d44f, f91a713987c6e73eee62e3ceb3633e5b1b235601cc334782d5e0e7793e8ea3b0
            CLIENT, 43d6cb93887b691b9c35d1c290ecd0b71a70d3de214834b374434e2d4e1c4108, dde41e1623b5462a341ad7eb4929843e267360aed08c26c392fd18454120d6ab
            """)
    void derivesTheSignatureKey(HandshakeKey key, String peerDigest, String signatureKey) {
        assertEquals(signatureKey, HEX.formatHex(key.signatureKey(HEX.parseHex(peerDigest))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(textBlock = """
            SERVER, 946f4f19deb3c79607c8992107201d6d62a44ab8cfaf5317601390a8efe3d44f, 59177e7201fd4761b7beebca83c8bf681ebf88594fa76df0c659afe5c7a77207
            CLIENT, 43d6cb93887b691b9c35d1c290ecd0b71a70d3de214834b374434e2d4e1c4108, 3b873a3912bb7be10091d3faca9e04526a50704c56c06afb24432fddc78b67da
            SERVER, 74eeec9b501667027a6c90300c8d37284e10994c072dc97f1f6edef681902a6a, d0c4317527d760641b23f7794bbf74d82f97edd8f75d06243b98df0a31694510
            CLIENT, 561d1f9e14f0f22c63abd9697f4bc1608efb9b0dc65f774c8c2ee21eb60fca96, 8ced3f5d7347b143005b9c27f059e84208f8768d222f7df84100b95d778a4340
            """)
    void signsC2AndS2(HandshakeKey key, String peerDigest, String signature) {
        // Time and version follow the rule of the other bytes here.
        byte[] packet = packet(13, 0x000d1a27, 0x34414e5b);
        assertEquals(signature, HEX.formatHex(key.signature(packet, HEX.parseHex(peerDigest))));
    }
}
