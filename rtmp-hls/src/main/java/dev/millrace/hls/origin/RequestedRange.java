package dev.millrace.hls.origin;

/** The part of a content that a client requests (RFC 9110, 14.1.2, 14.2). */
sealed interface RequestedRange {

    /** All of it: no range, several ranges, another unit, or a malformed range, which must be ignored. */
    record Whole() implements RequestedRange {}

    /** One satisfiable part: {@code length} bytes, at least 1, from {@code position} on. */
    record Part(long position, long length) implements RequestedRange {}

    /** A part that begins after the end, or is empty. */
    record Unsatisfiable() implements RequestedRange {}

    /**
     * Reads the value of a {@code Range} field.
     *
     * <pre>
     * bytes=FIRST-LAST    bytes=FIRST-    bytes=-SUFFIX_LENGTH
     * </pre>
     *
     * @param size of the content in bytes, 0 or more
     */
    static RequestedRange of(String header, long size) {
        String unit = "bytes=";
        if (!header.regionMatches(/* ignoreCase= */ true, 0, unit, 0, unit.length())) {
            return new Whole();
        }
        String range = header.substring(unit.length()).strip();
        int dash = range.indexOf('-');
        if (dash < 0 || !isDigits(range.substring(0, dash)) || !isDigits(range.substring(dash + 1)) || range.length() == 1) {
            return new Whole();
        }
        if (dash == 0) {
            long length = Math.min(number(range.substring(1)), size);
            return length == 0 ? new Unsatisfiable() : new Part(size - length, length);
        }
        long first = number(range.substring(0, dash));
        long last = dash == range.length() - 1 ? Long.MAX_VALUE : number(range.substring(dash + 1));
        if (last < first) {
            return new Whole();
        }
        return first >= size ? new Unsatisfiable() : new Part(first, Math.min(last, size - 1) - first + 1);
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Numbers beyond 63 bits become the largest. */
    private static long number(String digits) {
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                return Long.MAX_VALUE;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
