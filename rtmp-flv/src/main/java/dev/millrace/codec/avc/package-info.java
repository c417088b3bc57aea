/**
 * H.264 bitstreams without decoding: configuration records, parameter sets and NAL unit types.
 *
 * <p>Start at {@link dev.millrace.codec.avc.AvcDecoderConfigurationRecord}, the content of a sequence header, with its parameter
 * sets. {@link dev.millrace.codec.nal.NalUnits} finds the NAL units of the messages after it. All types are thread-safe.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-H.264">ITU-T H.264</a>
 */
package dev.millrace.codec.avc;
