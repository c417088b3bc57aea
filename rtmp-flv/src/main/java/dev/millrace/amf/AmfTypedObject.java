package dev.millrace.amf;

import java.util.Map;
import java.util.Objects;

/**
 * An object with the name of a class, marker 10. The name is a text like any other: no class is ever looked up by it.
 *
 * <p>Immutable.
 */
public final class AmfTypedObject implements AmfProperties {

    private final String className;
    private final PropertyMap properties;

    private AmfTypedObject(String className, PropertyMap properties) {
        this.className = Objects.requireNonNull(className, "className");
        this.properties = properties;
    }

    /**
     * Makes an object with the properties of a map.
     *
     * @param className any text; one of more than 65535 bytes in UTF-8 can be kept but not written
     * @param properties name and value of each, in the order in which they will be written; copied
     * @return an object
     * @throws IllegalArgumentException if it would be nested deeper than {@link AmfValue#MAX_DEPTH}
     */
    public static AmfTypedObject of(String className, Map<String, ? extends AmfValue> properties) {
        return new AmfTypedObject(className, new PropertyMap(properties));
    }

    /**
     * The name of the sender's class.
     *
     * @return any text
     */
    public String className() {
        return className;
    }

    @Override
    public Map<String, AmfValue> properties() {
        return properties.values();
    }

    /** Objects and arrays one inside the other, this one included. */
    int depth() {
        return properties.depth();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AmfTypedObject that && className.equals(that.className) && properties().equals(that.properties());
    }

    @Override
    public int hashCode() {
        return 31 * className.hashCode() + properties().hashCode();
    }

    @Override
    public String toString() {
        return LogText.of(this);
    }
}
