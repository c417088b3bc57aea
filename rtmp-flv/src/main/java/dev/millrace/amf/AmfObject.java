package dev.millrace.amf;

import java.util.Map;

/**
 * An anonymous object, marker 03: named properties, such as the arguments of a command.
 *
 * <p>Immutable.
 */
public final class AmfObject implements AmfProperties {

    private final PropertyMap properties;

    private AmfObject(PropertyMap properties) {
        this.properties = properties;
    }

    /**
     * Makes an object with the properties of a map.
     *
     * @param properties name and value of each, in the order in which they will be written; copied
     * @return an object
     * @throws IllegalArgumentException if it would be nested deeper than {@link AmfValue#MAX_DEPTH}
     */
    public static AmfObject of(Map<String, ? extends AmfValue> properties) {
        return new AmfObject(new PropertyMap(properties));
    }

    /**
     * Starts to make an object.
     *
     * @return a builder without properties
     */
    public static Builder builder() {
        return new Builder();
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
        return other instanceof AmfObject that && properties().equals(that.properties());
    }

    @Override
    public int hashCode() {
        return properties().hashCode();
    }

    @Override
    public String toString() {
        return LogText.of(this);
    }

    /** Collects properties. It can be used again after {@link #build()}. Confined to one thread. */
    public static final class Builder extends PropertiesBuilder<Builder> {

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Makes an object of the properties so far.
         *
         * @return an object
         * @throws IllegalArgumentException if it would be nested deeper than {@link AmfValue#MAX_DEPTH}
         */
        public AmfObject build() {
            return of(properties());
        }
    }
}
