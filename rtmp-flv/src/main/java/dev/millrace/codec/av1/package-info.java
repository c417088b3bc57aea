/**
 * AV1: what has to be known of it without decoding.
 *
 * <p>Start at {@link dev.millrace.codec.av1.Av1CodecConfigurationRecord}, which a sequence header message holds, and
 * {@link dev.millrace.codec.av1.Av1TemporalUnit} for what comes after it. Nothing here decodes pictures. All of it is thread-safe.
 *
 * @see <a href="https://aomediacodec.github.io/av1-spec/">AV1 Bitstream and Decoding Process Specification</a>
 */
package dev.millrace.codec.av1;
