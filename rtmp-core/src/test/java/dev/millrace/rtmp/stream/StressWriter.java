package dev.millrace.rtmp.stream;

import java.util.SplittableRandom;

/** Publishes frame after frame. One thread at a time. */
final class StressWriter {

    private final Publication publication;
    private final SplittableRandom random;
    private long next;

    StressWriter(Publication publication, SplittableRandom random) {
        this.publication = publication;
        this.random = random;
    }

    /** The number of the next frame. */
    long next() {
        return next;
    }

    /** Publishes frames, flushes after some of them and after the last. */
    void publish(int frames) {
        for (int i = 0; i < frames; i++, next++) {
            if (StressFrames.hasNewHeader(next)) {
                publication.publish(StressFrames.header(next));
            }
            publication.publish(StressFrames.frame(next));
            if (random.nextInt(4) == 0) {
                flush();
            }
            if (random.nextInt(200) == 0) {
                Thread.yield();
            }
        }
        flush();
        Stress.FRAMES.add(frames);
    }

    private void flush() {
        publication.flush();
        Stress.FLUSHES.increment();
    }

    void close() {
        publication.close();
    }
}
