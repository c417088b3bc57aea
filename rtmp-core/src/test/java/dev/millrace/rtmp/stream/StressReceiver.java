package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * A reader that finds out if a frame is torn, missing and not told to be lost, out of order, without its header, or delivered by two
 * threads at once; and if video goes on behind a loss without a keyframe. Its fields need no lock: if they did, this would find out too.
 */
abstract class StressReceiver {

    /** How long a reader takes for a frame. */
    enum Pace {
        AT_ONCE(0),
        /** Now and then another thread gets the processor. */
        FITFUL(0),
        /** On the whole slower than the writer. */
        SLOW(600);

        private final int maxSpins;

        Pace(int maxSpins) {
            this.maxSpins = maxSpins;
        }
    }

    final StressRun run;
    final SplittableRandom random;
    private final Pace pace;
    private final boolean awaited;

    final CompletableFuture<Boolean> start = new CompletableFuture<>();
    final CompletableFuture<EndReason> end = new CompletableFuture<>();

    long received;
    long lost;
    private long first;
    private long last = -1;
    private long told;
    /** No video until the next keyframe. */
    private boolean waiting = true;
    /** From the first frame on, every frame is either received or lost. */
    private boolean exact;
    private int headerVersion = -1;
    private boolean busy;

    /**
     * Makes a reader.
     *
     * @param awaited whether it joins before the first frame, and the run waits for it
     */
    StressReceiver(StressRun run, long seed, Pace pace, boolean awaited) {
        this.run = run;
        this.random = new SplittableRandom(seed);
        this.pace = pace;
        this.awaited = awaited;
        this.first = awaited ? 0 : -1;
        this.exact = awaited;
        Stress.READERS.increment();
    }

    /** Does what a callback does, and tells if it goes wrong. */
    final void callback(Runnable body) {
        try {
            if (busy) {
                throw new AssertionError("two callbacks at once");
            }
            busy = true;
            body.run();
            busy = false;
        } catch (RuntimeException | Error e) {
            run.fail(e);
            throw e;
        }
    }

    final void knows(MediaFrame header) {
        headerVersion = header.byteAt(header.size() - 1);
    }

    final void take(MediaFrame frame) {
        if (frame.isSequenceHeader()) {
            knows(frame);
            return;
        }
        StressFrames.check(frame);
        long number = frame.timestampMillis();
        boolean video = frame.kind() == MediaKind.VIDEO;
        if (first < 0) {
            first = number - lost; // it may have lost some already
            exact = frame.isKeyframe();
        }
        boolean follows = number == last + 1 || number > last && (waiting || lost > told);
        boolean decodable = !video || !waiting || frame.isKeyframe();
        if (!follows || !decodable) {
            throw new AssertionError("frame " + number + " after " + last + ", " + place());
        }
        if (video && !StressFrames.header(number).hasSameContent(Frames.videoHeader(headerVersion))) {
            throw new AssertionError("frame " + number + " with header " + headerVersion);
        }
        waiting &= !video;
        told = lost;
        last = number;
        received++;
        dawdle();
        moved();
    }

    private void dawdle() {
        if (pace == Pace.FITFUL && random.nextInt(64) == 0) {
            Thread.yield();
        }
        for (int i = pace.maxSpins == 0 ? 0 : random.nextInt(pace.maxSpins); i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    final void gap(long frames) {
        waiting = true;
        lost += frames;
        moved();
    }

    private void moved() {
        if (awaited) {
            run.reached(place());
        }
    }

    /** The place behind the last frame received or lost, if {@link #isExact()}. */
    final long place() {
        return first + received + lost;
    }

    /** Whether it began at a keyframe: who waits for one passes over frames that nobody counts. */
    final boolean isExact() {
        return exact;
    }

    /** What must hold between any two calls, if {@link #isExact()}. */
    final void checkPlace() {
        if (exact && place() != last + 1) {
            throw new AssertionError("frame " + last + " came at place " + place() + ": " + received + " received, " + lost + " lost");
        }
    }

    final void over(EndReason reason) {
        Stress.RECEIVED.add(received);
        Stress.LOST.add(lost);
        if (!end.complete(reason)) {
            throw new AssertionError("a second end: " + reason);
        }
    }
}
