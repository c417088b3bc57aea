package dev.millrace.hls.segment;

/**
 * Tells a clock that was set anew from a single wrong time, in ticks of the sender's clock. Where decoding can start
 * anyway, the first wrong time counts; elsewhere it takes a second one that goes on from it. Confined to one thread.
 */
final class TimeJumps {

    /** Times may go back by this much without being another timeline (nginx-rtmp and LAL have the same). */
    static final long BACKWARD_TICKS = Ticks.PER_SECOND;

    /** Nothing is bridged that is longer. */
    static final long FORWARD_TICKS = 10 * Ticks.PER_SECOND;

    private boolean suspected;
    private long suspect;

    /** Whether a time does not go on from the one before it in its track. */
    static boolean isJump(long last, long time) {
        return time < last - BACKWARD_TICKS || time > last + FORWARD_TICKS;
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
    boolean believe(long time, boolean randomAccess) {
        long step = time - suspect;
        if (randomAccess || suspected && step >= 0 && step <= BACKWARD_TICKS) {
            suspected = false;
            return true;
        }
        suspected = true;
        suspect = time;
        return false;
    }
}
