package dev.millrace.amf;

import java.util.Map;

/**
 * An array with named properties, marker 08, such as the metadata of a stream. The count it has on the wire is only a hint, which the reader
 * ignores and the writer sets to the number of properties.
 *
 * <p>Immutable.
 */
public final class AmfEcmaArray implements AmfProperties {

    private final PropertyMap properties;

    private AmfEcmaArray(PropertyMap properties) {
        this.properties = properties;
    }

    /**
     * Makes an array with the properties of a map.
     *
     * @param properties name and value of each, in the order in which they will be written; copied
     * @return an array
     * @throws IllegalArgumentException if it would be nested deeper than {@link AmfValue#MAX_DEPTH}
     */
    public static AmfEcmaArray of(Map<String, ? extends AmfValue> properties) {
        return new AmfEcmaArray(new PropertyMap(properties));
    }

    /**
     * Starts to make an array.
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
        return other instanceof AmfEcmaArray that && properties().equals(that.properties());
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
         * Makes an array of the properties so far.
         *
         * @return an array
         * @throws IllegalArgumentException if it would be nested deeper than {@link AmfValue#MAX_DEPTH}
         */
        public AmfEcmaArray build() {
            return of(properties());
        }
    }
}
