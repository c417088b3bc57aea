/**
 * H.265: what has to be known of it without decoding.
 *
 * <p>Start at {@link dev.millrace.codec.hevc.HevcAccessUnit}.
 * Nothing here decodes pictures, and nothing keeps the bytes that it was shown. All of it is thread-safe.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-H.265">ITU-T H.265</a>
 */
package dev.millrace.codec.hevc;
