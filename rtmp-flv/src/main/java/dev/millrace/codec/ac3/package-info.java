/**
 * AC-3 and E-AC-3: what the header of a frame says. Neither has a sequence header in FLV.
 *
 * <p>Start at {@link dev.millrace.codec.ac3.Ac3SyncFrame}. Nothing here decodes sound. All of it is immutable.
 *
 * @see <a href="https://www.atsc.org/documents/a-522018-digital-audio-compression-ac-3-e-ac-3-standard">ATSC A/52</a>
 */
package dev.millrace.codec.ac3;
