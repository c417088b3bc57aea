package dev.millrace.amf;

import java.util.Map;

/** An anonymous object, marker 03: named properties, such as the arguments of a command. Immutable. */
public final class AmfObject extends AmfProperties {

    private AmfObject(Map<String, ? extends AmfValue> properties) {
        super(properties);
    }

    /**
     * Creates an object with the properties of a map.
     *
     * @param properties name and value of each, in the order in which they will be written; copied
     * @return an object
     * @throws IllegalArgumentException if it would be nested deeper than {@link AmfValue#MAX_DEPTH}
     */
    public static AmfObject of(Map<String, ? extends AmfValue> properties) {
        return new AmfObject(properties);
    }

    /**
     * Creates a builder of an object.
     *
     * @return a builder without properties
     */
    public static Builder<AmfObject> builder() {
        return new Builder<>(AmfObject::new);
    }
}
