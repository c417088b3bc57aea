/**
 * FLAC: what its sequence header says.
 *
 * <p>Start at {@link dev.millrace.codec.flac.FlacStreamInfo}. Nothing here decodes sound. All of it is immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9639">RFC 9639</a>
 */
package dev.millrace.codec.flac;
