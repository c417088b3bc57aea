/**
 * NAL units, the common layer of H.264, H.265 and H.266: found in FLV messages and byte streams, and written as byte streams.
 *
 * <p>Start at {@link dev.millrace.codec.nal.NalUnits}. NAL units are slices of the message; nothing is copied before it is written.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-H.264">ITU-T H.264, annex B</a>
 */
package dev.millrace.codec.nal;
