/**
 * H.265: what has to be known of it without decoding.
 *
 * <p>Start at {@link dev.millrace.codec.hevc.HevcDecoderConfigurationRecord}, which a sequence header holds; its parameter sets say the size, and
 * {@link dev.millrace.codec.nal.AccessUnit} takes apart what comes after it. Nothing here decodes pictures. All of it is thread-safe.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-H.265">ITU-T H.265</a>
 */
package dev.millrace.codec.hevc;
