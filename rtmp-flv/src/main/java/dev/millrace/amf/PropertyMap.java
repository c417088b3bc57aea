package dev.millrace.amf;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The properties of an object, copied and measured. Immutable. */
final class PropertyMap {

    private final Map<String, AmfValue> values;
    private final int depth;

    /**
     * Copies the properties. {@code null} is refused.
     *
     * @throws IllegalArgumentException if the value would be nested deeper than {@link AmfValue#MAX_DEPTH}
     */
    PropertyMap(Map<String, ? extends AmfValue> properties) {
        Map<String, AmfValue> copy = new LinkedHashMap<>(properties);
        for (Map.Entry<String, AmfValue> property : copy.entrySet()) {
            Objects.requireNonNull(property.getKey(), "name");
            Objects.requireNonNull(property.getValue(), property.getKey());
        }
        this.values = Collections.unmodifiableMap(copy);
        this.depth = depthAround(copy.values());
    }

    Map<String, AmfValue> values() {
        return values;
    }

    /** Objects and arrays one inside the other, this one included. */
    int depth() {
        return depth;
    }

    /** The depth of an object or array with these members, which is at most {@link AmfValue#MAX_DEPTH}. */
    static int depthAround(Collection<AmfValue> members) {
        int deepest = 0;
        for (AmfValue member : members) {
            deepest = Math.max(deepest, depthOf(member));
        }
        if (deepest >= AmfValue.MAX_DEPTH) {
            throw new IllegalArgumentException("AMF value nested deeper than " + AmfValue.MAX_DEPTH);
        }
        return deepest + 1;
    }

    private static int depthOf(AmfValue value) {
        if (value instanceof AmfObject object) {
            return object.depth();
        }
        if (value instanceof AmfEcmaArray array) {
            return array.depth();
        }
        if (value instanceof AmfTypedObject object) {
            return object.depth();
        }
        return value instanceof AmfStrictArray array ? array.depth() : 0;
    }
}
