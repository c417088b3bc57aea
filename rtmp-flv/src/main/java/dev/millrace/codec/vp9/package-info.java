/**
 * VP9: what has to be known of it without decoding.
 *
 * <p>Start at {@link dev.millrace.codec.vp9.VpCodecConfigurationRecord}, which a sequence header holds; the size is in
 * {@link dev.millrace.codec.vp9.Vp9KeyframeHeader}. Nothing here decodes pictures. All of it is thread-safe.
 *
 * @see <a href="https://www.webmproject.org/vp9/">VP9 Bitstream and Decoding Process Specification</a>
 */
package dev.millrace.codec.vp9;
