package dev.millrace.amf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Values whose keys are values too, marker 11. The sender compares keys by identity; here they stay a list, and equal keys stay apart.
 *
 * <p>Immutable once built; see {@link Amf3Container}.
 */
public final class Amf3Dictionary extends Amf3Container {

    private final boolean weakKeys;
    private final List<Entry> entries = new ArrayList<>();

    private Amf3Dictionary(boolean weakKeys) {
        this.weakKeys = weakKeys;
    }

    /**
     * A key and its value.
     *
     * @param key any value
     * @param value any value
     */
    public record Entry(Amf3Value key, Amf3Value value) {

        /** Refuses {@code null}. */
        public Entry {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * Starts an empty dictionary.
     *
     * @param weakKeys whether the sender forgets a key that is used nowhere else
     * @return a builder
     */
    public static Builder builder(boolean weakKeys) {
        return new Builder(weakKeys);
    }

    /**
     * Whether the sender forgets a key that is used nowhere else.
     *
     * @return the flag, which changes nothing here
     */
    public boolean weakKeys() {
        return weakKeys;
    }

    /**
     * The keys with their values.
     *
     * @return in the order of the wire; cannot be modified
     * @throws IllegalStateException if the dictionary is not built yet
     */
    public List<Entry> entries() {
        checkBuilt();
        return Collections.unmodifiableList(entries);
    }

    @Override
    Object shape() {
        return List.of(Amf3Dictionary.class, weakKeys, entries().size());
    }

    @Override
    void forEachPart(Amf3Parts parts) {
        for (Entry entry : entries()) {
            parts.value(entry.key());
            parts.value(entry.value());
        }
    }

    /** Makes one dictionary. Confined to one thread. */
    public static final class Builder {

        private final Amf3Dictionary node;

        private Builder(boolean weakKeys) {
            this.node = new Amf3Dictionary(weakKeys);
        }

        /**
         * The dictionary to be built, to be put inside itself.
         *
         * @return what {@link #build} will return
         */
        public Amf3Dictionary node() {
            return node;
        }

        /**
         * Adds a key with its value, whatever keys there are.
         *
         * @param key the key
         * @param value the value
         * @return this builder
         * @throws IllegalStateException if the dictionary is built
         */
        public Builder add(Amf3Value key, Amf3Value value) {
            node.checkOpen();
            node.entries.add(new Entry(key, value));
            return this;
        }

        /**
         * Makes the dictionary. Nothing can be done with the builder after that.
         *
         * @return the dictionary
         * @throws IllegalStateException if the dictionary is built already
         */
        public Amf3Dictionary build() {
            node.markBuilt();
            return node;
        }
    }
}
