package dev.millrace.amf;

import java.util.List;
import java.util.Objects;

/**
 * What the objects of one class have in common.
 *
 * @param className the name of the sender's class, empty for none. A text like any other: no class is ever looked up by it
 * @param dynamic whether an object may have members besides the sealed ones
 * @param sealedNames the names of the members that each object has, at most {@link #MAX_SEALED}; copied. A name can be empty
 */
public record Amf3Traits(String className, boolean dynamic, List<String> sealedNames) {

    /** How many sealed members the 25 bits of their count allow. */
    public static final int MAX_SEALED = (1 << 25) - 1;

    /** Of objects without a class, whose members are all dynamic. */
    public static final Amf3Traits ANONYMOUS = new Amf3Traits("", /* dynamic= */ true, List.of());

    /**
     * Copies the names. {@code null} is refused.
     *
     * @throws IllegalArgumentException if there are too many sealed members
     */
    public Amf3Traits {
        Objects.requireNonNull(className, "className");
        if (sealedNames.size() > MAX_SEALED) {
            throw new IllegalArgumentException("AMF3 sealed members " + sealedNames.size() + " exceed " + MAX_SEALED);
        }
        sealedNames = List.copyOf(sealedNames);
    }
}
