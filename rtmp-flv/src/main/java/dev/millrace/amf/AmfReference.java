package dev.millrace.amf;

/**
 * A reference to an object or array of the same message, marker 07.
 *
 * <p>It is kept as an index and never followed, so that a value stays a tree. It means something only beside the other
 * values of its message, in their order: writing it into another message refers to something else. Objects and arrays
 * that were read from AMF3 are not counted.
 *
 * @param index counts from 0 the objects, typed objects, ECMA arrays and strict arrays of the message, in the order in
 *     which they begin; at most 65535
 */
public record AmfReference(int index) implements AmfValue {

    /**
     * Checks the index.
     *
     * @throws IllegalArgumentException if {@code index} does not fit 16 bits
     */
    public AmfReference {
        if (index < 0 || index > 0xFFFF) {
            throw new IllegalArgumentException("index " + index + " is not 0 to 65535");
        }
    }

    @Override
    public String toString() {
        return LogText.of(this);
    }
}
