package dev.millrace.amf;

import java.util.Map;

/**
 * An array with named properties, marker 08, such as the metadata of a stream. Its count on the wire is only a hint,
 * which the reader ignores and the writer sets to the number of properties. Immutable.
 */
public final class AmfEcmaArray extends AmfProperties {

    private AmfEcmaArray(Map<String, ? extends AmfValue> properties) {
        super(properties);
    }

    /**
     * Creates an array with the properties of a map.
     *
     * @param properties name and value of each, in the order in which they will be written; copied
     * @return an array
     * @throws IllegalArgumentException if it would be nested deeper than {@link AmfValue#MAX_DEPTH}
     */
    public static AmfEcmaArray of(Map<String, ? extends AmfValue> properties) {
        return new AmfEcmaArray(properties);
    }

    /**
     * Creates a builder of an array.
     *
     * @return a builder without properties
     */
    public static Builder<AmfEcmaArray> builder() {
        return new Builder<>(AmfEcmaArray::new);
    }
}
