package dev.millrace.hls.playlist;

import java.util.List;

/**
 * The variants of one stream, each with its media playlist. Immutable. (RFC 8216 calls it master playlist.)
 *
 * <p>It needs protocol version 1 only, so its text has no {@code EXT-X-VERSION}.
 *
 * @param independentSegments whether every segment of every variant starts with a random access point and its parameter sets
 * @param variants 1 to {@link #MAX_VARIANTS}, the one to start with first; copied unless unmodifiable already
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8216#section-4.3.4">RFC 8216, 4.3.4</a>
 */
public record MultivariantPlaylist(boolean independentSegments, List<Variant> variants) {

    /** Most variants: a ladder has ten, and a player reads all of them. */
    public static final int MAX_VARIANTS = 256;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if there are no variants or too many
     */
    public MultivariantPlaylist {
        variants = List.copyOf(variants);
        Checks.range("number of variants", variants.size(), 1, MAX_VARIANTS);
    }

    /**
     * Renders the playlist: ASCII, lines end with a line feed.
     *
     * @return the text; {@link #parse} returns an equal playlist
     */
    public String render() {
        return MultivariantPlaylistWriter.write(this).text();
    }

    /**
     * Parses a playlist. Unknown tags and attributes are ignored, as are other renditions and I-frame variants.
     *
     * @param text at most 16,777,216 characters, in lines of at most 16,384
     * @return the playlist
     * @throws PlaylistFormatException if the text violates the specification, or may have variables in its URIs ({@code EXT-X-DEFINE})
     */
    public static MultivariantPlaylist parse(String text) throws PlaylistFormatException {
        return new MultivariantPlaylistParser(text).parse();
    }
}
