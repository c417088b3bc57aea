/**
 * MP3 and its elder layers: what the header of a frame says. There is no sequence header in FLV.
 *
 * <p>Start at {@link dev.millrace.codec.mp3.MpegAudioHeader}. Nothing here decodes sound. All of it is immutable.
 *
 * @see <a href="https://www.iso.org/standard/22412.html">ISO/IEC 11172-3</a>
 * @see <a href="https://www.iso.org/standard/26797.html">ISO/IEC 13818-3</a>
 */
package dev.millrace.codec.mp3;
