/**
 * H.265 bitstreams without decoding: configuration records, parameter sets and NAL unit types.
 *
 * <p>Start at {@link dev.millrace.codec.hevc.HevcDecoderConfigurationRecord}, the content of a sequence header, with its parameter
 * sets. {@link dev.millrace.codec.nal.NalUnits} finds the NAL units of the messages after it. All types are thread-safe.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-H.265">ITU-T H.265</a>
 */
package dev.millrace.codec.hevc;
