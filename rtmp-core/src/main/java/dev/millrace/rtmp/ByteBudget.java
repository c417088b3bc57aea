package dev.millrace.rtmp;

import java.util.concurrent.atomic.AtomicLong;

/** An amount of memory that many share. Thread-safe, and never waits. */
public final class ByteBudget {

    private final long limitBytes;
    private final AtomicLong usedBytes = new AtomicLong();

    /**
     * Makes a budget of which nothing is used.
     *
     * @param limitBytes 0 or more
     * @throws IllegalArgumentException if {@code limitBytes} is negative
     */
    public ByteBudget(long limitBytes) {
        if (limitBytes < 0) {
            throw new IllegalArgumentException("limitBytes " + limitBytes + " is negative");
        }
        this.limitBytes = limitBytes;
    }

    /**
     * Takes bytes if they are left.
     *
     * @param bytes 0 or more
     * @return whether they were taken; if not, nothing changed
     */
    public boolean tryTake(long bytes) {
        long used;
        do {
            used = usedBytes.get();
            if (bytes > limitBytes - used) {
                return false;
            }
        } while (!usedBytes.compareAndSet(used, used + bytes));
        return true;
    }

    /**
     * Takes bytes, whether they are left or not: for what has arrived already.
     *
     * @param bytes 0 or more
     * @return whether the budget held them
     */
    public boolean take(long bytes) {
        return usedBytes.addAndGet(bytes) <= limitBytes;
    }

    /**
     * Gives bytes back.
     *
     * @param bytes at most what was taken
     */
    public void giveBack(long bytes) {
        usedBytes.addAndGet(-bytes);
    }

    /**
     * What is taken now.
     *
     * @return bytes
     */
    public long usedBytes() {
        return usedBytes.get();
    }

    /**
     * What can be taken altogether.
     *
     * @return bytes
     */
    public long limitBytes() {
        return limitBytes;
    }
}
