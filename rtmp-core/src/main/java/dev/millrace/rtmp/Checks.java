package dev.millrace.rtmp;

import java.time.Duration;

/** Checks of the limits' own values. */
final class Checks {

    private Checks() {}

    static void atLeast(String field, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(field + " " + value + " is less than " + least);
        }
    }

    static void positive(String field, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(field + " " + value + " is not positive");
        }
    }
}
