package dev.millrace.examples.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The coded frames that came to the server. Thread-safe. */
final class Arrivals implements MediaSubscriber {

    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final List<MediaFrame> frames = new ArrayList<>();

    @Override
    public synchronized void onFrame(MediaFrame frame) {
        if (frame.role() == FrameRole.CODED) {
            frames.add(frame);
            notifyAll();
        }
    }

    /** Waits for a frame of a time or later. */
    synchronized void awaitTime(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        while (!reached(millis) && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
        }
        assertTrue(reached(millis), () -> "nothing as late as " + millis + " ms came to the server");
    }

    private boolean reached(long millis) {
        return frames.stream().anyMatch(frame -> frame.timestampMillis() >= millis);
    }

    /** The lowest time in milliseconds. */
    synchronized long firstMillis() {
        return frames.stream().mapToLong(MediaFrame::timestampMillis).min().orElseThrow();
    }

    /** The highest time in milliseconds. */
    synchronized long lastMillis() {
        return frames.stream().mapToLong(MediaFrame::timestampMillis).max().orElseThrow();
    }
}
