/**
 * AAC: its configuration, and the ADTS headers that stand before its frames in MPEG-TS.
 *
 * <p>Start at {@link dev.millrace.codec.aac.AudioSpecificConfig}, which every AAC track of FLV begins with;
 * {@link dev.millrace.codec.aac.AdtsHeader} is made from it. Nothing here decodes sound. All of it is immutable.
 *
 * @see <a href="https://www.iso.org/standard/76383.html">ISO/IEC 14496-3</a>
 */
package dev.millrace.codec.aac;
