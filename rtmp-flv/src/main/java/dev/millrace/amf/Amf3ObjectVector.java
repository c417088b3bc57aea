package dev.millrace.amf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Values of one type, marker 10. Whether they are of that type is never checked here.
 *
 * <p>Immutable once built; see {@link Amf3Container}.
 */
public final class Amf3ObjectVector extends Amf3Container {

    private final String typeName;
    private final boolean fixed;
    private final List<Amf3Value> values = new ArrayList<>();

    private Amf3ObjectVector(String typeName, boolean fixed) {
        this.typeName = Objects.requireNonNull(typeName, "typeName");
        this.fixed = fixed;
    }

    /**
     * Starts an empty vector.
     *
     * @param typeName the name of the elements' class, empty or {@code "*"} for any
     * @param fixed whether its length is not to change
     * @return a builder
     */
    public static Builder builder(String typeName, boolean fixed) {
        return new Builder(typeName, fixed);
    }

    /**
     * The name of the elements' class.
     *
     * @return any text: no class is ever looked up by it
     */
    public String typeName() {
        return typeName;
    }

    /**
     * Whether the length is not to change, for the sender.
     *
     * @return the flag
     */
    public boolean fixed() {
        return fixed;
    }

    /**
     * The elements.
     *
     * @return in order; cannot be modified
     * @throws IllegalStateException if the vector is not built yet
     */
    public List<Amf3Value> values() {
        checkBuilt();
        return Collections.unmodifiableList(values);
    }

    @Override
    Object shape() {
        return List.of(Amf3ObjectVector.class, typeName, fixed, values().size());
    }

    @Override
    void forEachPart(Amf3Parts parts) {
        values().forEach(parts::value);
    }

    /** Makes one vector. Confined to one thread. */
    public static final class Builder {

        private final Amf3ObjectVector node;

        private Builder(String typeName, boolean fixed) {
            this.node = new Amf3ObjectVector(typeName, fixed);
        }

        /**
         * The vector to be built, to be put inside itself.
         *
         * @return what {@link #build} will return
         */
        public Amf3ObjectVector node() {
            return node;
        }

        /**
         * Adds an element.
         *
         * @param value the element
         * @return this builder
         * @throws IllegalStateException if the vector is built
         */
        public Builder add(Amf3Value value) {
            node.checkOpen();
            node.values.add(Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Makes the vector. Nothing can be done with the builder after that.
         *
         * @return the vector
         * @throws IllegalStateException if the vector is built already
         */
        public Amf3ObjectVector build() {
            node.markBuilt();
            return node;
        }
    }
}
