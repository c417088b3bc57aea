/**
 * How codecs lay out bits and units, for the codec packages only: not exported.
 *
 * <p>Start at {@link dev.millrace.bits.NalUnits}. Nothing here knows what a codec means by its bits. All of it is thread-safe or says what it is
 * confined to.
 *
 * @see <a href="https://www.iso.org/standard/83336.html">ISO/IEC 14496-15, length-prefixed NAL units</a>
 */
package dev.millrace.bits;
