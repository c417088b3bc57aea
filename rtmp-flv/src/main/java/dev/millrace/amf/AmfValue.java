package dev.millrace.amf;

/**
 * One AMF0 value: a number, a text, an object and so on, each a type of its own.
 *
 * <p>Immutable, and a tree: a value never contains itself, since an {@link AmfReference} stays an index; only what is behind an
 * {@link AmfAmf3} may, and is safe to compare and print all the same. {@code equals} compares content, and {@code toString} gives one line
 * that is cut when long and has no control characters, fit for a log.
 */
public sealed interface AmfValue
        permits AmfNumber,
                AmfBoolean,
                AmfString,
                AmfProperties,
                AmfStrictArray,
                AmfNull,
                AmfUndefined,
                AmfUnsupported,
                AmfDate,
                AmfXmlDocument,
                AmfReference,
                AmfAmf3 {

    /**
     * The deepest value that can be built, in objects and arrays one inside the other. It keeps every walk through a value, such as writing or
     * comparing, from exhausting the stack; what is seen in practice is 3 or 4.
     */
    int MAX_DEPTH = 256;
}
