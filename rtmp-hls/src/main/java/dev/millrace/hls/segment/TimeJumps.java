package dev.millrace.hls.segment;

/**
 * Tells a clock that was set anew from a single wrong time. Where decoding can start anyway, the first wrong time counts; elsewhere it
 * takes a second one that goes on from it. Confined to one thread.
 */
final class TimeJumps {

    /** Times may go back by this much without being another timeline (nginx-rtmp and LAL have the same). */
    static final long BACKWARD_MILLIS = 1_000;

    /** Nothing is bridged that is longer. */
    static final long FORWARD_MILLIS = 10_000;

    private boolean suspected;
    private long suspectMillis;

    /** Whether a time does not go on from the one before it in its track. */
    static boolean isJump(long lastMillis, long millis) {
        return millis < lastMillis - BACKWARD_MILLIS || millis > lastMillis + FORWARD_MILLIS;
    }

    /** A time was as expected. */
    void clear() {
        suspected = false;
    }

    /**
     * A time was not as expected.
     *
     * @return whether to believe it
     */
    boolean believe(long millis, boolean randomAccess) {
        long step = millis - suspectMillis;
        if (randomAccess || suspected && step >= 0 && step <= BACKWARD_MILLIS) {
            suspected = false;
            return true;
        }
        suspected = true;
        suspectMillis = millis;
        return false;
    }
}
