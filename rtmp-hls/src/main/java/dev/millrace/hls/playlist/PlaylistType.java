package dev.millrace.hls.playlist;

/**
 * The changes that are possible in a media playlist. A sliding playlist has no type.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8216#section-4.3.3.5">RFC 8216, 4.3.3.5</a>
 */
public enum PlaylistType {

    /** Segments are only appended. */
    EVENT,

    /** Nothing changes; the playlist has ended. */
    VOD
}
