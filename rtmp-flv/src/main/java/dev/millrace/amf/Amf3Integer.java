package dev.millrace.amf;

/**
 * A number of 29 bits with sign, marker 04. A number outside is for {@link Amf3Double}.
 *
 * @param value {@link #MIN} to {@link #MAX}
 */
public record Amf3Integer(int value) implements Amf3Value {

    /** The least one. */
    public static final int MIN = -(1 << 28);
    /** The greatest one. */
    public static final int MAX = (1 << 28) - 1;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if {@code value} does not fit 29 bits
     */
    public Amf3Integer {
        if (value < MIN || value > MAX) {
            throw new IllegalArgumentException("AMF3 integer " + value + " is not " + MIN + " to " + MAX);
        }
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
