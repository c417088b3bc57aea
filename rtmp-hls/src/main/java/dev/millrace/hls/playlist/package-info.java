/**
 * HLS playlists as values: media and multivariant playlists that render to text and are parsed from it.
 *
 * <p>Start at {@link dev.millrace.hls.playlist.MediaPlaylist}: append a segment, remove the first, end it, render it.
 * {@link dev.millrace.hls.playlist.PlaylistText} is a rendered playlist as bytes, for many readers.
 * {@link dev.millrace.hls.playlist.BandwidthMeter} measures what a {@link dev.millrace.hls.playlist.Variant} says.
 *
 * <p>Nothing here decides which segments are listed or how long, does input or output, or looks at a clock. Low-latency tags are not written and
 * not read yet. All of it but the meter is immutable or thread-safe. No method takes or returns {@code null}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8216">RFC 8216, section 4 (playlists), and draft-pantos-hls-rfc8216bis-22</a>
 */
package dev.millrace.hls.playlist;
