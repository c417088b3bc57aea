package dev.millrace.amf;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A value with named properties: an object, an ECMA array or a typed object.
 *
 * <p>Immutable. Properties keep the order of the wire. Two values of the same kind are equal if they have equal
 * properties, in any order.
 */
public abstract sealed class AmfProperties implements AmfValue permits AmfObject, AmfEcmaArray, AmfTypedObject {

    private final Map<String, AmfValue> properties;
    private final int depth;

    /**
     * Copies the properties. Throws IllegalArgumentException if the value would be nested deeper than
     * {@link AmfValue#MAX_DEPTH}.
     */
    AmfProperties(Map<String, ? extends AmfValue> properties) {
        Map<String, AmfValue> copy = new LinkedHashMap<>(properties);
        copy.forEach((name, value) -> {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, name);
        });
        this.properties = Collections.unmodifiableMap(copy);
        this.depth = depthAround(copy.values());
    }

    /**
     * Returns all properties.
     *
     * @return in the order of the wire; cannot be modified. A name can be empty
     */
    public final Map<String, AmfValue> properties() {
        return properties;
    }

    /**
     * Returns a property.
     *
     * @param name the name, by exact case
     * @return its value, or empty if there is no such property
     */
    public final Optional<AmfValue> get(String name) {
        return Optional.ofNullable(properties.get(name));
    }

    /**
     * Returns a property that is a text.
     *
     * @param name the name, by exact case
     * @return the text, or empty if there is no such property or it is not an {@link AmfString}
     */
    public final Optional<String> string(String name) {
        return properties.get(name) instanceof AmfString string ? Optional.of(string.value()) : Optional.empty();
    }

    /**
     * Returns a property that is a number.
     *
     * @param name the name, by exact case
     * @return the number, which may be infinite or not a number; empty if there is no such property or it is not an
     *     {@link AmfNumber}
     */
    public final OptionalDouble number(String name) {
        return properties.get(name) instanceof AmfNumber number
                ? OptionalDouble.of(number.value())
                : OptionalDouble.empty();
    }

    /**
     * Returns a property that is a boolean.
     *
     * @param name the name, by exact case
     * @return the boolean, or empty if there is no such property or it is not an {@link AmfBoolean}
     */
    public final Optional<Boolean> bool(String name) {
        return properties.get(name) instanceof AmfBoolean bool ? Optional.of(bool.value()) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AmfProperties that
                && getClass() == that.getClass()
                && properties.equals(that.properties);
    }

    @Override
    public int hashCode() {
        return properties.hashCode();
    }

    @Override
    public final String toString() {
        return LogText.of(this);
    }

    /**
     * The depth of an object or array with these members: 1 without objects and arrays in it, at most
     * {@link AmfValue#MAX_DEPTH}.
     */
    static int depthAround(Collection<AmfValue> members) {
        int deepest = 0;
        for (AmfValue member : members) {
            if (member instanceof AmfProperties object) {
                deepest = Math.max(deepest, object.depth);
            } else if (member instanceof AmfStrictArray array) {
                deepest = Math.max(deepest, array.depth());
            }
        }
        if (deepest >= AmfValue.MAX_DEPTH) {
            throw new IllegalArgumentException("AMF value nested deeper than " + AmfValue.MAX_DEPTH);
        }
        return deepest + 1;
    }

    /**
     * Collects the properties of a value. It can be used again after {@link #build()}. Confined to one thread.
     *
     * @param <T> the kind of value
     */
    public static final class Builder<T extends AmfProperties> {

        private final Map<String, AmfValue> properties = new LinkedHashMap<>();
        private final Function<Map<String, AmfValue>, T> build;

        Builder(Function<Map<String, AmfValue>, T> build) {
            this.build = build;
        }

        /**
         * Sets a property. A property that is set again keeps its place.
         *
         * @param name the name; one of more than 65535 bytes in UTF-8 can be kept but not written
         * @param value the value
         * @return this builder
         */
        public Builder<T> put(String name, AmfValue value) {
            properties.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, name));
            return this;
        }

        /**
         * Sets a property to an {@link AmfString}.
         *
         * @param name the name
         * @param value the text
         * @return this builder
         */
        public Builder<T> put(String name, String value) {
            return put(name, new AmfString(value));
        }

        /**
         * Sets a property to an {@link AmfNumber}.
         *
         * @param name the name
         * @param value the number
         * @return this builder
         */
        public Builder<T> put(String name, double value) {
            return put(name, new AmfNumber(value));
        }

        /**
         * Sets a property to an {@link AmfBoolean}.
         *
         * @param name the name
         * @param value the boolean
         * @return this builder
         */
        public Builder<T> put(String name, boolean value) {
            return put(name, new AmfBoolean(value));
        }

        /**
         * Creates a value with the properties set so far.
         *
         * @return a value
         * @throws IllegalArgumentException if it would be nested deeper than {@link AmfValue#MAX_DEPTH}
         */
        public T build() {
            return build.apply(properties);
        }
    }
}
