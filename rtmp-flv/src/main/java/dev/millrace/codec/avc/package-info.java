/**
 * H.264: what has to be known of it without decoding.
 *
 * <p>Start at {@link dev.millrace.codec.avc.AvcAccessUnit}.
 * Nothing here decodes pictures, and nothing keeps the bytes that it was shown. All of it is thread-safe.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-H.264">ITU-T H.264</a>
 */
package dev.millrace.codec.avc;
