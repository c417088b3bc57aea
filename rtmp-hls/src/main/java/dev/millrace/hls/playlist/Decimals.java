package dev.millrace.hls.playlist;

/** Decimal numbers of playlists, without floating point (RFC 8216, 4.2). */
final class Decimals {

    private static final int FRACTION_DIGITS = 9;
    private static final long NANOS = 1_000_000_000;

    private Decimals() {}

    /** Parses a decimal-integer. */
    static long integer(String field, String text, long max) {
        if (text.isEmpty() || text.length() > 16 || !isDigits(text)) {
            throw new IllegalArgumentException(field + " " + text + ", wanted a decimal number of 1 to 16 digits");
        }
        long value = Long.parseLong(text);
        Checks.range(field, value, 0, max);
        return value;
    }

    /** Parses a decimal-floating-point in units of 10^-9; further digits are truncated. */
    static long nanos(String field, String text, long max) {
        int point = text.indexOf('.');
        long whole = integer(field, point < 0 ? text : text.substring(0, point), max);
        String fraction = point < 0 ? "0" : text.substring(point + 1);
        if (!isDigits(fraction)) {
            throw new IllegalArgumentException(field + " " + text + ", wanted digits after the point");
        }
        String nanos = fraction.substring(0, Math.min(FRACTION_DIGITS, fraction.length())) + "0".repeat(FRACTION_DIGITS);
        return whole * NANOS + Long.parseLong(nanos.substring(0, FRACTION_DIGITS));
    }

    /** Parses a duration in seconds to the nearest tick. */
    static long ticks(String field, String text) {
        long nanos = nanos(field, text, MediaSegment.MAX_DURATION_TICKS / MediaSegment.TICKS_PER_SECOND);
        return (nanos * 9 + 50_000) / 100_000;
    }

    /**
     * Writes seconds with five decimals. A tick is more than one step of the last decimal, so rounding to the nearest step keeps ticks apart,
     * and {@link #ticks} returns the same tick.
     */
    static void writeSeconds(long ticks, StringBuilder out) {
        long steps = (ticks * 10 + 4) / 9;
        out.append(steps / 100_000).append('.');
        digits((int) (steps % 100_000), 5, out);
    }

    /** Writes three decimals. */
    static void writeThousandths(long thousandths, StringBuilder out) {
        out.append(thousandths / 1_000).append('.');
        digits((int) (thousandths % 1_000), 3, out);
    }

    /** Writes leading zeros. */
    static void digits(int value, int digits, StringBuilder out) {
        int unit = 1;
        for (int i = 1; i < digits; i++) {
            unit *= 10;
        }
        for (; unit > 0; unit /= 10) {
            out.append((char) ('0' + value / unit % 10));
        }
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
