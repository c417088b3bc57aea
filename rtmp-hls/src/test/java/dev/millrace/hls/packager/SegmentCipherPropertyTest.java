package dev.millrace.hls.packager;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.hls.crypto.ContentKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SegmentCipherPropertyTest {

    private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private static final byte[] IV = SegmentCipher.ivOf(17);

    @Property
    void howTheSegmentIsCutDoesNotMatter(
            @ForAll @Size(max = 500) byte[] plain, @ForAll @IntRange(min = 1, max = 100) int chunkBytes) throws Exception {
        List<ByteBuffer> chunks = new ArrayList<>();
        for (int at = 0; at < plain.length; at += chunkBytes) {
            chunks.add(ByteBuffer.wrap(plain, at, Math.min(chunkBytes, plain.length - at)));
        }
        List<ByteBuffer> encrypted = new SegmentCipher().encrypt(chunks, new ContentKey("k", KEY), IV);
        byte[] all = SegmentCipherTest.join(encrypted);
        assertEquals(plain.length / 16 * 16 + 16, all.length);
        assertEquals(0, encrypted.stream().filter(chunk -> !chunk.hasRemaining()).count());

        Cipher decipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        decipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(KEY, "AES"), new IvParameterSpec(IV));
        assertArrayEquals(plain, decipher.doFinal(all));
    }
}
