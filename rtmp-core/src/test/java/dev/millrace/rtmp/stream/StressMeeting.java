package dev.millrace.rtmp.stream;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Where two threads meet again and again, and go on at the same moment. A lock would let one of them go first. */
final class StressMeeting {

    private static final int MAX_SPINS = 16;

    private final AtomicInteger arrivals = new AtomicInteger();
    private volatile boolean over;

    /** Waits for the other thread, unless it has left. */
    void arrive() {
        int wanted = (arrivals.getAndIncrement() | 1) + 1;
        for (int i = 1; arrivals.get() < wanted && !over; i++) {
            if (i % 256 == 0) {
                Thread.yield();
            }
            Thread.onSpinWait();
        }
    }

    /** The same, and goes on a little later: what the two do next shall meet at every place. */
    void arrive(SplittableRandom random) {
        int spins = random.nextInt(MAX_SPINS);
        arrive();
        for (int i = 0; i < spins; i++) {
            Thread.onSpinWait();
        }
    }

    /** The other thread waits no more. */
    void leave() {
        over = true;
    }
}
