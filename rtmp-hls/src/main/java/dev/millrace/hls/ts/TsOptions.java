package dev.millrace.hls.ts;

/**
 * How elementary streams become packets. Immutable.
 *
 * @param pcrDelayTicks how far the program clock reference is behind the decoding time that it comes with, in ticks of 90 kHz: the time that a
 *     decoder has to get the access unit. 1 to 90,000
 * @param audioFrames audio frames in one PES packet at most, 1 to 64. More of them save stuffing and headers, and reach the segment later
 * @param audioSpanTicks how much of the time of the stream one PES packet with audio covers at most, in ticks of 90 kHz, 1 to 90,000; a single
 *     frame may be longer. With no video the program clock reference comes with audio, and MPEG wants one every 100 ms
 */
public record TsOptions(long pcrDelayTicks, int audioFrames, long audioSpanTicks) {

    /** 100 ms; 4 frames, which are 85 ms of AAC at 48 kHz; 100 ms. */
    public static final TsOptions DEFAULT = new TsOptions(9_000, 4, 9_000);

    private static final int MAX_AUDIO_FRAMES = 64; // far behind, no stuffing is left to save
    private static final long MAX_TICKS = 90_000; // 1 s: MPEG allows no access unit to wait longer in a decoder

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is outside what is said above
     */
    public TsOptions {
        checkRange("pcrDelayTicks", pcrDelayTicks, MAX_TICKS);
        checkRange("audioFrames", audioFrames, MAX_AUDIO_FRAMES);
        checkRange("audioSpanTicks", audioSpanTicks, MAX_TICKS);
    }

    private static void checkRange(String field, long value, long max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(field + " " + value + " is not 1 to " + max);
        }
    }
}
