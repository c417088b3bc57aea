package dev.millrace.amf;

import java.util.List;

/**
 * An array without names, marker 0A.
 *
 * <p>Immutable.
 */
public final class AmfStrictArray implements AmfValue {

    private final List<AmfValue> values;
    private final int depth;

    /**
     * Creates an array.
     *
     * @param values the elements; copied
     * @throws IllegalArgumentException if it would be nested deeper than {@link AmfValue#MAX_DEPTH}
     */
    public AmfStrictArray(List<? extends AmfValue> values) {
        this.values = List.copyOf(values);
        this.depth = AmfProperties.depthAround(this.values);
    }

    /**
     * Returns the elements.
     *
     * @return in order; cannot be modified
     */
    public List<AmfValue> values() {
        return values;
    }

    /** Objects and arrays one inside the other, this one included. */
    int depth() {
        return depth;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AmfStrictArray that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return LogText.of(this);
    }
}
