package dev.millrace.hls.ts;

/**
 * Where the program clock reference stands, and what comes next (ISO/IEC 13818-1, 2.4.2.1 and 2.7.2). In ticks of 90
 * kHz; its extension is always 0.
 */
final class PcrClock {

    /** MPEG wants one every 100 ms. */
    static final long MAX_INTERVAL_TICKS = 9_000;

    /**
     * A step of more than 11 s, back or forth, is no gap to be filled but a clock that was set anew. Senders may
     * leave gaps of 10 s, and audio that is timed by its samples is up to half a second from where it was sent.
     */
    static final long JUMP_TICKS = 990_000;

    private boolean running;
    private long lastTicks;

    /** How many packets with nothing but a PCR must stand before one with that PCR. */
    int missingBefore(long pcr) {
        long gap = pcr - lastTicks;
        return running && gap > 0 && !isJump(pcr) ? (int) ((gap - 1) / MAX_INTERVAL_TICKS) : 0;
    }

    /** The PCR of the next such packet. */
    long fill() {
        lastTicks += MAX_INTERVAL_TICKS;
        return lastTicks;
    }

    boolean isJump(long pcr) {
        return running && (pcr > lastTicks ? pcr - lastTicks : lastTicks - pcr) > JUMP_TICKS;
    }

    /** Whether a PCR may be written: it never stands still or goes back, unless it jumps. */
    boolean isNext(long pcr) {
        return !running || pcr > lastTicks || isJump(pcr);
    }

    void set(long pcr) {
        running = true;
        lastTicks = pcr;
    }
}
