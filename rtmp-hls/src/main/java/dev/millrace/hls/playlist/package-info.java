/**
 * HLS playlists as values: media and multivariant playlists that are rendered to text and parsed from it.
 *
 * <p>Start at {@link dev.millrace.hls.playlist.MediaPlaylist}: append a segment, remove the first, end it, render it.
 * {@link dev.millrace.hls.playlist.PlaylistText} is a rendered playlist as bytes, for many readers.
 * {@link dev.millrace.hls.playlist.BandwidthMeter} measures the bit rates of a {@link dev.millrace.hls.playlist.Variant}.
 *
 * <p>Nothing here decides which segments are listed or for how long, performs I/O, or reads a clock. Low-latency tags are neither written nor
 * parsed yet. All types but the meter are immutable or thread-safe. No method takes or returns {@code null}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8216">RFC 8216, section 4 (playlists), and draft-pantos-hls-rfc8216bis-22</a>
 */
package dev.millrace.hls.playlist;
