package dev.millrace.hls.playlist;

import java.util.Objects;
import java.util.Optional;

/**
 * What a player must read before it can decode a segment ({@code EXT-X-MAP}). Immutable.
 *
 * @param uri its URI; rules as for {@link MediaSegment#uri()}
 * @param range the part of the resource that it is; empty for all of it
 * @param key how it is encrypted, with an initialization vector; empty if it is not. Independent of the keys of the segments that need it
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8216#section-4.3.2.5">RFC 8216, 4.3.2.5</a>
 */
public record InitializationSegment(String uri, Optional<ByteRange> range, Optional<SegmentKey> key) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the URI cannot stand in a playlist, or the key has no initialization vector
     */
    public InitializationSegment {
        PlaylistUri.check(uri);
        Objects.requireNonNull(range, "range");
        if (key.isPresent() && key.get().iv().isEmpty()) {
            throw new IllegalArgumentException("key " + key.get().uri() + " of the initialization segment " + uri + " has no IV, wanted one");
        }
    }

    /**
     * Creates one that is a whole resource and not encrypted.
     *
     * @param uri its URI; rules as for {@link MediaSegment#uri()}
     * @throws IllegalArgumentException if the URI cannot stand in a playlist
     */
    public InitializationSegment(String uri) {
        this(uri, Optional.empty(), Optional.empty());
    }
}
