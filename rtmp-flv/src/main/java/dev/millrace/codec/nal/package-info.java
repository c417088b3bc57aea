/**
 * NAL units, which H.264, H.265 and H.266 have in common: from the way FLV holds them to a list, and from a list to the way streams hold them.
 *
 * <p>Start at {@link dev.millrace.codec.nal.AccessUnit}. Nothing here looks into a NAL unit, and nothing copies one before it is written. All of it is
 * thread-safe.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-H.264">ITU-T H.264, annex B</a>
 */
package dev.millrace.codec.nal;
