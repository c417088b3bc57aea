package dev.millrace.rtmp;

/** Counts how often something happens in each second. Confined to one thread at a time. */
public final class RateLimit {

    private final int perSecond;
    private long second = Long.MIN_VALUE;
    private int count;

    /**
     * Makes a limit that nothing has used yet.
     *
     * @param perSecond 1 or more
     * @throws IllegalArgumentException if it is less
     */
    public RateLimit(int perSecond) {
        Checks.atLeast("perSecond", perSecond, 1);
        this.perSecond = perSecond;
    }

    /**
     * Counts one event.
     *
     * @param nowMillis the time of the event on any steady clock
     * @return whether it is within the limit of its second
     */
    public boolean allows(long nowMillis) {
        long now = Math.floorDiv(nowMillis, 1000L);
        if (now != second) {
            second = now;
            count = 0;
        }
        if (count == perSecond) {
            return false;
        }
        count++;
        return true;
    }
}
