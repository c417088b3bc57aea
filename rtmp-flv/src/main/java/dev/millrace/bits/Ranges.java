package dev.millrace.bits;

/** Checks the ranges of what a caller passes. */
public final class Ranges {

    private Ranges() {}

    /**
     * Checks a number.
     *
     * @param field its name
     * @param value the number
     * @param min the least legal number
     * @param max the greatest legal number
     * @throws IllegalArgumentException if {@code value} is not {@code min} to {@code max}
     */
    public static void check(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + " " + value + " is not " + min + " to " + max);
        }
    }
}
