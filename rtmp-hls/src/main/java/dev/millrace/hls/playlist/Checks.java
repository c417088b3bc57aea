package dev.millrace.hls.playlist;

/** Ranges of values. */
final class Checks {

    /** The largest integer of a player in JavaScript: 2^53 - 1. */
    static final long MAX_DECIMAL = (1L << 53) - 1;

    private Checks() {}

    static void range(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + " " + value + " is not " + min + " to " + max);
        }
    }
}
