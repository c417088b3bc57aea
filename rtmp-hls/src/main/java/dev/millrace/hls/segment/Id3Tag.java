package dev.millrace.hls.segment;

import dev.millrace.media.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An ID3v2.4 tag with one text, which players deliver as timed metadata. Stateless.
 *
 * <pre>
 * "ID3" version 4 (1) revision 0 (1) flags 0 (1) size (4, 7 bits in each byte)
 * "TXXX" size (4, 7 bits in each byte) flags 0 (2) encoding 3 (1) name 0 (1) value
 * </pre>
 *
 * @see <a href="https://id3.org/id3v2.4.0-structure">ID3 tag version 2.4.0, main structure</a>
 */
public final class Id3Tag {

    /** The longest tag: what fits into one PES packet with a presentation time (ISO/IEC 13818-1, 2.4.3.7). */
    public static final int MAX_BYTES = 0xFFFF - 3 - 5;

    private static final int FRAME_HEADER_BYTES = 10;
    private static final int TAG_HEADER_BYTES = 10;
    private static final byte UTF_8 = 3;

    private Id3Tag() {}

    /**
     * Returns a tag with a frame TXXX, a text with a name of the host's choice.
     *
     * @param name without the character 0; may be empty
     * @param value any text
     * @return a complete tag
     * @throws IllegalArgumentException if the name has a character 0, or the tag would be longer than
     *     {@value #MAX_BYTES} bytes
     */
    public static Bytes text(String name, String value) {
        if (name.indexOf(0) >= 0) {
            throw new IllegalArgumentException("name of an ID3 text has a character 0, which is its end");
        }
        // Counted as characters first, so that nothing longer is copied.
        long shortest = (long) TAG_HEADER_BYTES + FRAME_HEADER_BYTES + 2 + name.length() + value.length();
        if (shortest > MAX_BYTES) {
            throw tooLong(shortest);
        }
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
        int frameBytes = 2 + nameBytes.length + valueBytes.length;
        int tagBytes = TAG_HEADER_BYTES + FRAME_HEADER_BYTES + frameBytes;
        if (tagBytes > MAX_BYTES) {
            throw tooLong(tagBytes);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(tagBytes);
        out.writeBytes(new byte[] {'I', 'D', '3', 4, 0, 0});
        writeSize(FRAME_HEADER_BYTES + frameBytes, out);
        out.writeBytes(new byte[] {'T', 'X', 'X', 'X'});
        writeSize(frameBytes, out);
        out.writeBytes(new byte[] {0, 0, UTF_8});
        out.writeBytes(nameBytes);
        out.write(0);
        out.writeBytes(valueBytes);
        return Bytes.takeOver(out.toByteArray());
    }

    /**
     * Returns whether bytes look like a tag: they begin as one does, and are no longer than {@link #MAX_BYTES}.
     *
     * @param bytes anything
     * @return true if a muxer may write them
     */
    public static boolean isTag(Bytes bytes) {
        return bytes.size() >= TAG_HEADER_BYTES && bytes.size() <= MAX_BYTES
                && bytes.byteAt(0) == 'I' && bytes.byteAt(1) == 'D' && bytes.byteAt(2) == '3';
    }

    private static IllegalArgumentException tooLong(long bytes) {
        return new IllegalArgumentException("ID3 tag of " + bytes + " bytes is longer than " + MAX_BYTES);
    }

    private static void writeSize(int size, ByteArrayOutputStream out) {
        for (int shift = 21; shift >= 0; shift -= 7) {
            out.write(size >> shift & 0x7F);
        }
    }
}
