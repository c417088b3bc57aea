package dev.millrace.amf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An object, marker 0A: its traits, the values of the members that the traits name, and dynamic members if the traits allow.
 *
 * <p>Immutable once built; see {@link Amf3Container}.
 */
public final class Amf3Object extends Amf3Container {

    private final Amf3Traits traits;
    private final List<Amf3Value> sealedValues = new ArrayList<>();
    private final Map<String, Amf3Value> dynamicMembers = new LinkedHashMap<>();

    private Amf3Object(Amf3Traits traits) {
        this.traits = Objects.requireNonNull(traits, "traits");
    }

    /**
     * Starts an object without a class.
     *
     * @return a builder
     */
    public static Builder builder() {
        return builder(Amf3Traits.ANONYMOUS);
    }

    /**
     * Starts an object of a class.
     *
     * @param traits what it has in common with others of its class
     * @return a builder
     */
    public static Builder builder(Amf3Traits traits) {
        return new Builder(traits);
    }

    /**
     * What it has in common with others of its class.
     *
     * @return its traits, which are there before the object is built
     */
    public Amf3Traits traits() {
        return traits;
    }

    /**
     * The values of the sealed members.
     *
     * @return as many as {@link Amf3Traits#sealedNames} and in their order; cannot be modified
     * @throws IllegalStateException if the object is not built yet
     */
    public List<Amf3Value> sealedValues() {
        checkBuilt();
        return Collections.unmodifiableList(sealedValues);
    }

    /**
     * The members that the traits do not name.
     *
     * @return in the order of the wire; cannot be modified. No name is empty
     * @throws IllegalStateException if the object is not built yet
     */
    public Map<String, Amf3Value> dynamicMembers() {
        checkBuilt();
        return Collections.unmodifiableMap(dynamicMembers);
    }

    /**
     * One member, sealed or dynamic.
     *
     * @param name the name, by exact case
     * @return its value, or empty if there is no such member. Of several with one name, the first sealed one
     * @throws IllegalStateException if the object is not built yet
     */
    public Optional<Amf3Value> get(String name) {
        checkBuilt();
        int sealedAt = traits.sealedNames().indexOf(Objects.requireNonNull(name, "name"));
        return sealedAt < 0 ? Optional.ofNullable(dynamicMembers.get(name)) : Optional.of(sealedValues.get(sealedAt));
    }

    @Override
    Object shape() {
        checkBuilt();
        return List.of(Amf3Object.class, traits);
    }

    @Override
    void forEachPart(Amf3Parts parts) {
        sealedValues().forEach(parts::value);
        if (!traits.dynamic()) {
            return;
        }
        dynamicMembers.forEach((name, value) -> {
            parts.name(name);
            parts.value(value);
        });
        parts.name("");
    }

    /** Makes one object. Confined to one thread. */
    public static final class Builder {

        private final Amf3Object node;

        private Builder(Amf3Traits traits) {
            this.node = new Amf3Object(traits);
        }

        /**
         * The object to be built, to be put inside itself.
         *
         * @return what {@link #build} will return
         */
        public Amf3Object node() {
            return node;
        }

        /**
         * Adds the value of the next sealed member.
         *
         * @param value the value
         * @return this builder
         * @throws IllegalStateException if all sealed members have values, or the object is built
         */
        public Builder addSealed(Amf3Value value) {
            node.checkOpen();
            if (node.sealedValues.size() == node.traits.sealedNames().size()) {
                throw new IllegalStateException("more AMF3 sealed members than " + node.sealedValues.size());
            }
            node.sealedValues.add(Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Sets a dynamic member. One that is set again keeps its place.
         *
         * @param name the name, not empty
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if {@code name} is empty
         * @throws IllegalStateException if the traits are not dynamic, or the object is built
         */
        public Builder put(String name, Amf3Value value) {
            node.checkOpen();
            checkName(name);
            if (!node.traits.dynamic()) {
                throw new IllegalStateException("AMF3 traits are not dynamic");
            }
            node.dynamicMembers.put(name, Objects.requireNonNull(value, name));
            return this;
        }

        /**
         * Makes the object. Nothing can be done with the builder after that.
         *
         * @return the object
         * @throws IllegalStateException if a sealed member has no value, or the object is built already
         */
        public Amf3Object build() {
            int wanted = node.traits.sealedNames().size();
            if (node.sealedValues.size() != wanted) {
                throw new IllegalStateException("AMF3 sealed members " + node.sealedValues.size() + " are not " + wanted);
            }
            node.markBuilt();
            return node;
        }
    }
}
