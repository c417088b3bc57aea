/**
 * Live HLS from live frames.
 *
 * <p>This module holds no code yet. It will take the frames of a stream ({@link dev.millrace.media.MediaSubscriber}) and make MPEG-TS segments and
 * M3U8 playlists of them (ISO/IEC 13818-1, RFC 8216).
 */
package dev.millrace.hls;
