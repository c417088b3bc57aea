/**
 * Opus: its identification header, and how long its packets last.
 *
 * <p>Start at {@link dev.millrace.codec.opus.OpusHead}. Nothing here decodes sound. All of it is immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7845">RFC 7845</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6716">RFC 6716</a>
 */
package dev.millrace.codec.opus;
