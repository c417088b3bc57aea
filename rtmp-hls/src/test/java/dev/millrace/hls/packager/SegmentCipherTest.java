package dev.millrace.hls.packager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.hls.crypto.ContentKey;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentCipherTest {

    private static final byte[] KEY = HexFormat.of().parseHex("2b7e151628aed2a6abf7158809cf4f3c");
    private static final byte[] IV = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

    // NIST SP 800-38A, F.2.1; the last block of the result is the padding, made with another implementation.
    private static final String PLAIN = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
            + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
    private static final String ENCRYPTED = "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"
            + "73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7" + "8cb82807230e1321d3fae00d18cc2012";

    private final SegmentCipher cipher = new SegmentCipher();
    private final ContentKey key = new ContentKey("k", KEY);

    static byte[] join(List<ByteBuffer> chunks) {
        ByteBuffer all = ByteBuffer.allocate(chunks.stream().mapToInt(ByteBuffer::remaining).sum());
        chunks.forEach(chunk -> all.put(chunk.duplicate()));
        return all.array();
    }

    @Test
    void encryptsTheVectorOfTheStandard() {
        ByteBuffer plain = ByteBuffer.wrap(HexFormat.of().parseHex(PLAIN)).asReadOnlyBuffer();
        assertEquals(ENCRYPTED, HexFormat.of().formatHex(join(cipher.encrypt(List.of(plain), key, IV))));
        assertEquals(64, plain.remaining(), "borrowed only");
        assertEquals(ENCRYPTED, HexFormat.of().formatHex(join(cipher.encrypt(List.of(plain), key, IV))), "begun anew");
    }

    @Test
    void refusesAVectorOfAnotherLength() {
        assertEquals("iv has 15 bytes, want 16",
                assertThrows(IllegalArgumentException.class, () -> cipher.encrypt(List.of(), key, new byte[15])).getMessage());
    }

    @Test
    void makesTheVectorOfANumber() {
        assertEquals("00000000000000000102030405060708", HexFormat.of().formatHex(SegmentCipher.ivOf(0x0102030405060708L)));
        assertThrows(IllegalArgumentException.class, () -> SegmentCipher.ivOf(-1));
    }
}
