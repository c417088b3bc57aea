package dev.millrace.rtmp.stream;

/**
 * Turns the 32-bit times of one published stream into times that do not wrap (RTMP 1.0, section 5.3.1; RFC 1982).
 *
 * <p>The signed difference to the newest media time decides. Many senders keep only 31 bits, so a difference of about
 * 2<sup>31</sup> is a wrap of theirs. Confined to one thread at a time.
 */
public final class TimestampUnwrapper {

    private static final long HALF = 1L << 31;

    /** How far from 2<sup>31</sup> a step is still a wrap at 31 bits. */
    private static final long TOLERANCE_MILLIS = 10 * 60 * 1000;

    private boolean started;
    private long newestMillis;

    /** Makes an unwrapper that takes the first media time as it is. */
    public TimestampUnwrapper() {}

    /**
     * Unwraps the time of audio or video, which moves the clock.
     *
     * @param timestampMillis 32 bits without sign
     * @return milliseconds that go on where the last call's went
     */
    public long media(int timestampMillis) {
        newestMillis = other(timestampMillis);
        started = true;
        return newestMillis;
    }

    /**
     * Unwraps the time of a header or of data, which often is 0 in the middle of a stream and moves nothing.
     *
     * @param timestampMillis 32 bits without sign
     * @return milliseconds on the same clock
     */
    public long other(int timestampMillis) {
        if (!started) {
            return Integer.toUnsignedLong(timestampMillis);
        }
        long step = timestampMillis - (int) newestMillis;
        step = (int) step;
        if (step <= -HALF + TOLERANCE_MILLIS) {
            step += HALF;
        } else if (step >= HALF - TOLERANCE_MILLIS) {
            step -= HALF;
        }
        return newestMillis + step;
    }
}
