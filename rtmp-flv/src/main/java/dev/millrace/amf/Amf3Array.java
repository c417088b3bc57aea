package dev.millrace.amf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An array, marker 09: values with names, then values without.
 *
 * <p>Immutable once built; see {@link Amf3Container}.
 */
public final class Amf3Array extends Amf3Container {

    private final Map<String, Amf3Value> associative = new LinkedHashMap<>();
    private final List<Amf3Value> dense = new ArrayList<>();

    private Amf3Array() {}

    /**
     * Makes an array without names.
     *
     * @param dense the elements
     * @return an array
     */
    public static Amf3Array of(Amf3Value... dense) {
        Builder builder = builder();
        for (Amf3Value element : dense) {
            builder.add(element);
        }
        return builder.build();
    }

    /**
     * Starts an empty array.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The values with names.
     *
     * @return in the order of the wire; cannot be modified. No name is empty
     * @throws IllegalStateException if the array is not built yet
     */
    public Map<String, Amf3Value> associative() {
        checkBuilt();
        return Collections.unmodifiableMap(associative);
    }

    /**
     * The values without names.
     *
     * @return in order; cannot be modified
     * @throws IllegalStateException if the array is not built yet
     */
    public List<Amf3Value> dense() {
        checkBuilt();
        return Collections.unmodifiableList(dense);
    }

    @Override
    Object shape() {
        return List.of(Amf3Array.class, dense().size());
    }

    @Override
    void forEachPart(Amf3Parts parts) {
        associative().forEach((name, value) -> {
            parts.name(name);
            parts.value(value);
        });
        parts.name("");
        dense.forEach(parts::value);
    }

    /** Makes one array. Confined to one thread. */
    public static final class Builder {

        private final Amf3Array node = new Amf3Array();

        private Builder() {}

        /**
         * The array to be built, to be put inside itself.
         *
         * @return what {@link #build} will return
         */
        public Amf3Array node() {
            return node;
        }

        /**
         * Sets a value with a name. One that is set again keeps its place.
         *
         * @param name the name, not empty
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if {@code name} is empty
         * @throws IllegalStateException if the array is built
         */
        public Builder put(String name, Amf3Value value) {
            node.checkOpen();
            checkName(name);
            node.associative.put(name, Objects.requireNonNull(value, name));
            return this;
        }

        /**
         * Adds a value without a name.
         *
         * @param value the value
         * @return this builder
         * @throws IllegalStateException if the array is built
         */
        public Builder add(Amf3Value value) {
            node.checkOpen();
            node.dense.add(Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Makes the array. Nothing can be done with the builder after that.
         *
         * @return the array
         * @throws IllegalStateException if the array is built already
         */
        public Amf3Array build() {
            node.markBuilt();
            return node;
        }
    }
}
