package dev.millrace.hls.packager;

import dev.millrace.hls.crypto.ContentKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts whole segments: METHOD=AES-128, which is AES in CBC mode with PKCS7 padding, started again for each segment (RFC 8216, 4.3.2.4).
 *
 * <p>Confined to one thread; reusable.
 */
final class SegmentCipher {

    /** Length of an initialization vector, and of the blocks: the result is longer than the segment by 1 to 16 bytes. */
    static final int BLOCK_BYTES = 16;

    private final Cipher cipher;

    /** Creates a cipher. */
    SegmentCipher() {
        try {
            cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no AES/CBC/PKCS5Padding, which each must have", e);
        }
    }

    /**
     * Encrypts a segment.
     *
     * @param plain the whole segment in order; borrowed, and positions do not move
     * @param key the key
     * @param iv 16 bytes, for the attribute IV of the segment; borrowed
     * @return new buffers, one for each of {@code plain} that gave at least a block and one for the end; a multiple of 16 bytes, at least
     *     16
     * @throws IllegalArgumentException if {@code iv} is not 16 bytes long
     */
    List<ByteBuffer> encrypt(List<ByteBuffer> plain, ContentKey key, byte[] iv) {
        if (iv.length != BLOCK_BYTES) {
            throw new IllegalArgumentException("iv has " + iv.length + " bytes, want " + BLOCK_BYTES);
        }
        try {
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.toByteArray(), "AES"), new IvParameterSpec(iv));
            List<ByteBuffer> encrypted = new ArrayList<>(plain.size() + 1);
            for (ByteBuffer chunk : plain) {
                ByteBuffer out = ByteBuffer.allocate(cipher.getOutputSize(chunk.remaining()));
                cipher.update(chunk.duplicate(), out);
                if (out.flip().hasRemaining()) {
                    encrypted.add(out);
                }
            }
            encrypted.add(ByteBuffer.wrap(cipher.doFinal()));
            return List.copyOf(encrypted);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES refused 16-byte key, 16-byte iv and a buffer of the length that it asked for", e);
        }
    }

    /**
     * The initialization vector that players assume where none is given: a number as 128-bit big-endian (RFC 8216, 5.2).
     *
     * @param number the number of a segment, 0 or more, which no other segment encrypted with the same key has
     * @return a new array of 16 bytes
     * @throws IllegalArgumentException if {@code number} is negative
     */
    static byte[] ivOf(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("number " + number + " is not 0 or more");
        }
        return ByteBuffer.allocate(BLOCK_BYTES).putLong(0).putLong(number).array();
    }
}
