package dev.millrace.amf;

import java.util.Map;
import java.util.Objects;

/**
 * An object with the name of a class, marker 10. The name is a text like any other: no class is looked up by it.
 * Immutable.
 */
public final class AmfTypedObject extends AmfProperties {

    private final String className;

    private AmfTypedObject(String className, Map<String, ? extends AmfValue> properties) {
        super(properties);
        this.className = Objects.requireNonNull(className, "className");
    }

    /**
     * Creates an object with the properties of a map.
     *
     * @param className any text; one of more than 65535 bytes in UTF-8 can be kept but not written
     * @param properties name and value of each, in the order in which they will be written; copied
     * @return an object
     * @throws IllegalArgumentException if it would be nested deeper than {@link AmfValue#MAX_DEPTH}
     */
    public static AmfTypedObject of(String className, Map<String, ? extends AmfValue> properties) {
        return new AmfTypedObject(className, properties);
    }

    /**
     * Returns the name of the sender's class.
     *
     * @return any text
     */
    public String className() {
        return className;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && className.equals(((AmfTypedObject) other).className);
    }

    @Override
    public int hashCode() {
        return 31 * className.hashCode() + super.hashCode();
    }
}
