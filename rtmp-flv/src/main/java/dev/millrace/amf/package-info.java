/**
 * Values in Action Message Format, as RTMP commands and FLV script data carry them.
 *
 * <p>Start at {@link dev.millrace.amf.Amf0Reader}: it reads the body of a message as {@link dev.millrace.amf.AmfValue}s
 * within {@link dev.millrace.amf.AmfLimits}. {@link dev.millrace.amf.AmfObject#builder()} and
 * {@link dev.millrace.amf.Amf0Writer} are the way back. A value in AMF3 inside a message is read as the nearest AMF0
 * value; AMF3 is never written.
 *
 * <p>No class is loaded by a name from the wire, no XML is parsed, and no count is trusted. No method takes or returns
 * {@code null}; what may be missing is an {@link java.util.Optional}. Values are immutable, and their {@code toString}
 * is one short line without control characters. The reader and the writer keep nothing between calls, so that any
 * thread may call them.
 *
 * @see <a href="https://veovera.org/docs/legacy/amf0-file-format-spec.pdf">Action Message Format, AMF 0</a>
 * @see <a href="https://veovera.org/docs/legacy/amf3-file-format-spec.pdf">Action Message Format, AMF 3</a>
 */
package dev.millrace.amf;
