/**
 * H.266: what has to be known of it without decoding.
 *
 * <p>Start at {@link dev.millrace.codec.vvc.VvcAccessUnit}.
 * Nothing here decodes pictures, and nothing keeps the bytes that it was shown. All of it is thread-safe.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-H.266">ITU-T H.266</a>
 */
package dev.millrace.codec.vvc;
