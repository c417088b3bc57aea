package dev.millrace.hls.playlist;

/**
 * A part of a resource. Immutable.
 *
 * @param length bytes, 1 to 2<sup>53</sup> - 1
 * @param offset the first byte, counted from 0; 0 to 2<sup>53</sup> - 1
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8216#section-4.3.2.2">RFC 8216, 4.3.2.2</a>
 */
public record ByteRange(long length, long offset) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is outside its range
     */
    public ByteRange {
        Checks.range("BYTERANGE length", length, 1, Checks.MAX_DECIMAL);
        Checks.range("BYTERANGE offset", offset, 0, Checks.MAX_DECIMAL);
    }

    /** Parses {@code length@offset}. Without an offset it would need a range of the same resource before it, which no playlist here has. */
    static ByteRange parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("BYTERANGE " + text + ", wanted length, @ and offset");
        }
        return new ByteRange(
                Decimals.integer("BYTERANGE", text.substring(0, at), Checks.MAX_DECIMAL),
                Decimals.integer("BYTERANGE", text.substring(at + 1), Checks.MAX_DECIMAL));
    }

    /** Returns the form of playlists, such as {@code 720@0}. */
    @Override
    public String toString() {
        return length + "@" + offset;
    }
}
