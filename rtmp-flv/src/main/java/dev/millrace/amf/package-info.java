/**
 * Values in Action Message Format, as RTMP commands and FLV script data carry them.
 *
 * <p>Start at {@link dev.millrace.amf.Amf0Reader}, which turns the body of a message into {@link dev.millrace.amf.AmfValue}s within
 * {@link dev.millrace.amf.AmfLimits}, and at {@link dev.millrace.amf.AmfObject#builder()} with {@link dev.millrace.amf.Amf0Writer} for the way
 * back. AMF0 and AMF3 are read and written in full. A value in AMF3 is an {@link dev.millrace.amf.Amf3Value}: inside an AMF0 message it is
 * behind an {@link dev.millrace.amf.AmfAmf3}, elsewhere {@link dev.millrace.amf.Amf3Reader} and {@link dev.millrace.amf.Amf3Writer} are for it.
 *
 * <p>Nothing here loads a class by a name from the wire, parses XML or trusts a count. A reference in AMF0 stays an index; in AMF3 it
 * becomes the value that it points to, so that values may contain themselves, and everything here can stand that. No method takes or returns
 * {@code null}; what may be missing is an {@link java.util.Optional}. Every value is immutable, and may be logged: {@code toString} is one
 * short line without control characters. The reader and the writer keep nothing between calls, so that any thread may call them.
 *
 * @see <a href="https://veovera.org/docs/legacy/amf0-file-format-spec.pdf">Action Message Format, AMF 0</a>
 * @see <a href="https://veovera.org/docs/legacy/amf3-file-format-spec.pdf">Action Message Format, AMF 3</a>
 */
package dev.millrace.amf;
