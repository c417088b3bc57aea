/**
 * AV1: what has to be known of it without decoding.
 *
 * <p>Start at {@link dev.millrace.codec.av1.Av1TemporalUnit}.
 * Nothing here decodes pictures, and nothing keeps the bytes that it was shown. All of it is thread-safe.
 *
 * @see <a href="https://aomediacodec.github.io/av1-spec/">AV1 Bitstream and Decoding Process Specification</a>
 */
package dev.millrace.codec.av1;
