package dev.millrace.amf;

/**
 * One AMF3 value: a number, a text, an object and so on, each a type of its own.
 *
 * <p>Immutable once built. Unlike {@link AmfValue} it is a graph, not a tree: an {@link Amf3Complex} can be in several places and, since the
 * wire can refer to an object from inside it, an {@link Amf3Container} can be in itself. Whoever walks through one must remember where it has
 * been. {@code equals}, {@code hashCode}, {@code toString} and {@link Amf3Writer} do: they take time by the number of values, and no more stack
 * for deep ones.
 *
 * <p>{@code equals} compares content, in the order of the wire, and what is shared: an array that holds one object twice does not equal an
 * array of two equal objects. {@code toString} gives one line that is cut when long and has no control characters, fit for a log.
 *
 * @see <a href="https://veovera.org/docs/legacy/amf3-file-format-spec.pdf">Action Message Format, AMF 3, section 3</a>
 */
public sealed interface Amf3Value permits Amf3Constant, Amf3Integer, Amf3Double, Amf3String, Amf3Complex {}
