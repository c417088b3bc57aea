package dev.millrace.hls.playlist;

import dev.millrace.media.Bytes;
import java.util.Objects;
import java.util.Optional;

/**
 * How a segment is encrypted: the whole of it, with AES-128 in CBC mode. Immutable.
 *
 * @param uri the URI of the 16 bytes of the key; rules as for {@link MediaSegment#uri()}
 * @param iv initialization vector, 16 bytes; without it, the media sequence number of the segment, as 128 bits with the most significant first
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8216#section-4.3.2.4">RFC 8216, 4.3.2.4</a>
 */
public record SegmentKey(String uri, Optional<Bytes> iv) {

    /** Length of an initialization vector. */
    public static final int IV_BYTES = 16;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the URI cannot stand in a playlist or the initialization vector is not 16 bytes long
     */
    public SegmentKey {
        PlaylistUri.check(uri);
        Objects.requireNonNull(iv, "iv");
        iv.ifPresent(bytes -> Checks.range("length of the IV in bytes", bytes.size(), IV_BYTES, IV_BYTES));
    }
}
