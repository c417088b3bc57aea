package dev.millrace.amf;

/**
 * What one message may make the reader hold and do.
 *
 * @param maxDepth objects and arrays one inside the other, 1 to {@link AmfValue#MAX_DEPTH}
 * @param maxValues values in one message, those inside objects and arrays included; at least 1. It bounds names too, since each has a value
 * @param maxStringBytes length in UTF-8 of one string, name or XML text; at least 1. A string is also never longer than what is left of the
 *     message
 */
public record AmfLimits(int maxDepth, int maxValues, int maxStringBytes) {

    /**
     * 32 levels, where other servers allow 16 to 64 and clients send 3; 4096 values, where large metadata has about 100; strings of 64 KiB,
     * where a long token in an URL has 4.
     */
    public static final AmfLimits DEFAULT = new AmfLimits(32, 4096, 65536);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a limit is out of its range
     */
    public AmfLimits {
        if (maxDepth < 1 || maxDepth > AmfValue.MAX_DEPTH) {
            throw new IllegalArgumentException("maxDepth " + maxDepth + " is not 1 to " + AmfValue.MAX_DEPTH);
        }
        if (maxValues < 1) {
            throw new IllegalArgumentException("maxValues " + maxValues + " is less than 1");
        }
        if (maxStringBytes < 1) {
            throw new IllegalArgumentException("maxStringBytes " + maxStringBytes + " is less than 1");
        }
    }
}
