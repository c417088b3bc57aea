package dev.millrace.amf;

/**
 * An AMF0 value: a number, a text, an object and so on, each a type of its own.
 *
 * <p>Immutable, and a tree: a value never contains itself, since an {@link AmfReference} stays an index. {@code equals}
 * compares content. {@code toString} returns one line for a log, without control characters and cut when long.
 */
public sealed interface AmfValue
        permits AmfNumber,
                AmfBoolean,
                AmfString,
                AmfProperties,
                AmfStrictArray,
                AmfConstant,
                AmfDate,
                AmfXmlDocument,
                AmfReference {

    /**
     * The deepest value that can be built, in objects and arrays one inside the other. It keeps every walk through a
     * value, such as writing or comparing, from exhausting the stack; what is seen in practice is 3 or 4.
     */
    int MAX_DEPTH = 256;
}
