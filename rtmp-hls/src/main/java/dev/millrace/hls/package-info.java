/**
 * Live HLS from live frames: start at {@link dev.millrace.hls.packager.HlsPackager}, which takes the frames of a stream
 * ({@link dev.millrace.media.MediaSubscriber}) and makes MPEG-TS segments and M3U8 playlists of them (ISO/IEC 13818-1, RFC 8216), and at
 * {@link dev.millrace.hls.origin.HlsOrigin}, which answers the requests of players.
 */
package dev.millrace.hls;
