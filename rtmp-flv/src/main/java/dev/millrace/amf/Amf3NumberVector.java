package dev.millrace.amf;

import java.util.Arrays;
import java.util.Objects;

/**
 * Numbers of one kind, marker 0D, 0E or 0F.
 *
 * <p>Immutable.
 */
public final class Amf3NumberVector implements Amf3Complex {

    /** What the numbers are on the wire. */
    public enum Kind {
        /** 32 bits with sign, marker 0D. */
        INT,
        /** 32 bits without sign, marker 0E. */
        UINT,
        /** 64 bits of floating point, marker 0F. */
        DOUBLE
    }

    private static final long MAX_UINT = 0xFFFFFFFFL;

    private final Kind kind;
    private final boolean fixed;
    private final double[] values; // a double holds each of 32 bits as it is

    /** Takes the array, whose numbers are in the range of the kind: the caller forgets it. */
    Amf3NumberVector(Kind kind, boolean fixed, double[] values) {
        this.kind = kind;
        this.fixed = fixed;
        this.values = values;
    }

    /**
     * Makes a vector of numbers with sign.
     *
     * @param fixed whether its length is not to change
     * @param values the numbers; copied
     * @return a vector
     */
    public static Amf3NumberVector ofInts(boolean fixed, int... values) {
        return new Amf3NumberVector(Kind.INT, fixed, Arrays.stream(values).asDoubleStream().toArray());
    }

    /**
     * Makes a vector of numbers without sign.
     *
     * @param fixed whether its length is not to change
     * @param values the numbers, 0 to 2<sup>32</sup> - 1; copied
     * @return a vector
     * @throws IllegalArgumentException if a number is out of the range
     */
    public static Amf3NumberVector ofUints(boolean fixed, long... values) {
        for (long value : values) {
            if (value < 0 || value > MAX_UINT) {
                throw new IllegalArgumentException("AMF3 uint " + value + " is not 0 to " + MAX_UINT);
            }
        }
        return new Amf3NumberVector(Kind.UINT, fixed, Arrays.stream(values).asDoubleStream().toArray());
    }

    /**
     * Makes a vector of doubles.
     *
     * @param fixed whether its length is not to change
     * @param values any numbers; copied
     * @return a vector
     */
    public static Amf3NumberVector ofDoubles(boolean fixed, double... values) {
        return new Amf3NumberVector(Kind.DOUBLE, fixed, values.clone());
    }

    /**
     * What the numbers are on the wire.
     *
     * @return their kind
     */
    public Kind kind() {
        return kind;
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
     * Length.
     *
     * @return how many numbers, 0 or more
     */
    public int size() {
        return values.length;
    }

    /**
     * One number.
     *
     * @param index 0 to {@code size() - 1}
     * @return the number; a whole one in the range of its kind, unless that is {@link Kind#DOUBLE}
     * @throws IndexOutOfBoundsException if there is no such number
     */
    public double valueAt(int index) {
        return values[Objects.checkIndex(index, values.length)];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Amf3NumberVector that && kind == that.kind && fixed == that.fixed && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hash(kind, fixed) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Amf3LogText.of(this);
    }
}
