/**
 * VP9: what has to be known of it without decoding.
 *
 * <p>Start at {@link dev.millrace.codec.vp9.Vp9Frame}.
 * Nothing here decodes pictures, and nothing keeps the bytes that it was shown. All of it is thread-safe.
 *
 * @see <a href="https://www.webmproject.org/vp9/">VP9 Bitstream and Decoding Process Specification</a>
 */
package dev.millrace.codec.vp9;
