package dev.millrace.amf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What the builders of the three kinds of {@link AmfProperties} share. Confined to one thread. */
abstract class PropertiesBuilder<B extends PropertiesBuilder<B>> {

    private final Map<String, AmfValue> properties = new LinkedHashMap<>();

    PropertiesBuilder() {}

    /** This builder. */
    abstract B self();

    final Map<String, AmfValue> properties() {
        return properties;
    }

    /**
     * Sets a property. A property that is set again keeps its place.
     *
     * @param name the name; one of more than 65535 bytes in UTF-8 can be kept but not written
     * @param value the value
     * @return this builder
     */
    public final B put(String name, AmfValue value) {
        properties.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, name));
        return self();
    }

    /**
     * Sets a property to an {@link AmfString}.
     *
     * @param name the name
     * @param value the text
     * @return this builder
     */
    public final B put(String name, String value) {
        return put(name, new AmfString(value));
    }

    /**
     * Sets a property to an {@link AmfNumber}.
     *
     * @param name the name
     * @param value the number
     * @return this builder
     */
    public final B put(String name, double value) {
        return put(name, new AmfNumber(value));
    }

    /**
     * Sets a property to an {@link AmfBoolean}.
     *
     * @param name the name
     * @param value the truth
     * @return this builder
     */
    public final B put(String name, boolean value) {
        return put(name, new AmfBoolean(value));
    }
}
