/**
 * How codecs lay out bits and units, for the codec packages only: not exported.
 *
 * <p>Start at {@link dev.millrace.bits.BitReader}. Here is what several codecs share; what one codec means by its bits is in its own package. All of
 * it is thread-safe or says what it is confined to.
 *
 * @see <a href="https://www.iso.org/standard/83336.html">ISO/IEC 14496-15, length-prefixed NAL units</a>
 */
package dev.millrace.bits;
