package dev.millrace.amf;

/**
 * Limits on the AMF values of one message.
 *
 * @param maxDepth nesting depth of objects and arrays, 1 to {@link AmfValue#MAX_DEPTH}
 * @param maxValues number of values in one message, including those inside objects and arrays; at least 1. It also
 *     bounds the number of names
 * @param maxStringBytes length in UTF-8 of one string, name or XML text; at least 1
 */
public record AmfLimits(int maxDepth, int maxValues, int maxStringBytes) {

    /**
     * 32 levels, where other servers allow 16 to 64 and clients send 3; 4096 values, where large metadata has about
     * 100; strings of 64 KiB, where a long token in an URL has 4.
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
