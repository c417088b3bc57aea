/**
 * VP8: what has to be known of it without decoding.
 *
 * <p>Start at {@link dev.millrace.codec.vp8.Vp8KeyframeHeader}.
 * Nothing here decodes pictures, and nothing keeps the bytes that it was shown. All of it is thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6386">RFC 6386</a>
 */
package dev.millrace.codec.vp8;
