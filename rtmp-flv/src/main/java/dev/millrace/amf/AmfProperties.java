package dev.millrace.amf;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A value with named properties: an object, an ECMA array or a typed object.
 *
 * <p>Immutable. Properties keep the order of the wire. Two values of the same kind are equal if they have equal properties, in any order.
 */
public sealed interface AmfProperties extends AmfValue permits AmfObject, AmfEcmaArray, AmfTypedObject {

    /**
     * All properties.
     *
     * @return in the order of the wire; cannot be modified. A name can be empty
     */
    Map<String, AmfValue> properties();

    /**
     * One property.
     *
     * @param name the name, by exact case
     * @return its value, or empty if there is no such property
     */
    default Optional<AmfValue> get(String name) {
        return Optional.ofNullable(properties().get(name));
    }

    /**
     * One property that is a text.
     *
     * @param name the name, by exact case
     * @return the text, or empty if there is no such property or it is not an {@link AmfString}
     */
    default Optional<String> string(String name) {
        return properties().get(name) instanceof AmfString string ? Optional.of(string.value()) : Optional.empty();
    }

    /**
     * One property that is a number.
     *
     * @param name the name, by exact case
     * @return the number, which may be infinite or not a number; empty if there is no such property or it is not an {@link AmfNumber}
     */
    default OptionalDouble number(String name) {
        return properties().get(name) instanceof AmfNumber number ? OptionalDouble.of(number.value()) : OptionalDouble.empty();
    }

    /**
     * One property that is a truth value.
     *
     * @param name the name, by exact case
     * @return the truth, or empty if there is no such property or it is not an {@link AmfBoolean}
     */
    default Optional<Boolean> bool(String name) {
        return properties().get(name) instanceof AmfBoolean bool ? Optional.of(bool.value()) : Optional.empty();
    }
}
