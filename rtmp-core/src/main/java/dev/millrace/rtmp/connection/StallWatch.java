package dev.millrace.rtmp.connection;

import java.time.Duration;

/** Notices a client that takes nothing of what waits for it. Silence of a client for whom nothing waits is no stall. */
final class StallWatch {

    private final long limitMillis;
    private long sentBefore;
    private long sinceMillis;
    private boolean watching;

    StallWatch(Duration limit) {
        this.limitMillis = limit.toMillis();
    }

    /**
     * Looks at the counters.
     *
     * @param writtenBytes all that was ever written
     * @param pendingBytes what of that has not left
     * @return whether something waits and nothing has left for longer than the limit
     */
    boolean isStalled(long writtenBytes, long pendingBytes, long nowMillis) {
        long sent = writtenBytes - pendingBytes;
        if (pendingBytes == 0 || !watching || sent > sentBefore) {
            watching = pendingBytes > 0;
            sentBefore = sent;
            sinceMillis = nowMillis;
            return false;
        }
        // A transport may count more for what waits than was written, so a new write can look like a step back.
        sentBefore = sent;
        return nowMillis - sinceMillis >= limitMillis;
    }
}
