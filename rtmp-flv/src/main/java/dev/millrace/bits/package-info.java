/**
 * Bit fields and length-prefixed units, shared by the codec packages. Not exported.
 *
 * <p>Start at {@link dev.millrace.bits.BitReader}. The meaning of the bits of a codec is in its own package. Types are
 * thread-safe unless they say otherwise.
 *
 * @see <a href="https://www.iso.org/standard/83336.html">ISO/IEC 14496-15, length-prefixed NAL units</a>
 */
package dev.millrace.bits;
