package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.media.MediaFrame;
import dev.millrace.media.StreamHeaders;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.stream.FrameRing.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A ring under one writer and readers that look all the time, without the pumps around it. Real threads, seeded work. */
class FrameRingStressTest {

    private static final int FRAMES = 6_000;
    private static final int READERS = 2;
    private static final int MEETINGS = 20_000;

    /** Bounded by frames, or by time, which moves on by one with each frame. */
    private static final List<RingLimits> LIMITS = List.of(
            new RingLimits(1, 1 << 22, Duration.ofHours(1)),
            new RingLimits(7, 1 << 22, Duration.ofHours(1)),
            new RingLimits(64, 1 << 22, Duration.ofHours(1)),
            new RingLimits(1_000, 1 << 22, Duration.ofMillis(40)));

    @AfterAll
    static void report() {
        Stress.report(FrameRingStressTest.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.millrace.rtmp.stream.Stress#seeds")
    void whatIsNotThereIsLost(long seed) throws Exception {
        for (RingLimits limits : LIMITS) {
            try (StressRun run = new StressRun(seed)) {
                ByteBudget budget = new ByteBudget(limits.maxBytes() / 2);
                FrameRing ring = new FrameRing(limits, budget);
                List<CompletableFuture<Void>> readers = new ArrayList<>();
                for (int i = 0; i < READERS; i++) {
                    SplittableRandom random = new SplittableRandom(seed + i);
                    readers.add(start(run, () -> read(ring, random)));
                }
                readers.add(start(run, () -> audit(ring, limits, new SplittableRandom(-seed))));
                write(ring);
                for (CompletableFuture<Void> reader : readers) {
                    run.await(reader);
                }
                assertEquals(ring.bytes(), budget.usedBytes());
                ring.giveBack();
                assertEquals(0, budget.usedBytes());
            }
        }
    }

    private static CompletableFuture<Void> start(StressRun run, Runnable reader) {
        return CompletableFuture.runAsync(() -> {
            try {
                reader.run();
            } catch (RuntimeException | Error e) {
                run.fail(e);
            }
        }, run.pool(1));
    }

    private static void write(FrameRing ring) {
        StreamHeaders headers = StreamHeaders.EMPTY;
        for (int i = 0; i < FRAMES; i++) {
            if (StressFrames.hasNewHeader(i)) {
                headers = headers.with(StressFrames.header(i));
            }
            ring.write(StressFrames.frame(i), headers);
        }
        Stress.FRAMES.add(FRAMES);
    }

    private static void check(Entry entry, long place) {
        StressFrames.check(entry.frame());
        boolean headerHolds = entry.headers().changesSince(StreamHeaders.EMPTY).get(0).hasSameContent(StressFrames.header(place));
        if (entry.sequence() != place || entry.millis() > place || entry.frame().timestampMillis() != place || !headerHolds) {
            throw new AssertionError("at " + place + ": " + entry);
        }
    }

    /** Takes what the cursor stands at, at once or after a while. */
    private static void read(FrameRing ring, SplittableRandom random) {
        RingCursor cursor = new RingCursor(ring, Duration.ofHours(1));
        long received = 0;
        long lost = 0;
        while (cursor.place().next() < FRAMES) {
            long before = cursor.place().next();
            Optional<Entry> entry = cursor.settle();
            long jumped = cursor.takeLost().total();
            if (cursor.place().next() - before != jumped) {
                throw new AssertionError("from " + before + " to " + cursor.place().next() + " with " + jumped + " lost");
            }
            lost += jumped;
            if (entry.isPresent()) {
                check(entry.get(), cursor.place().next());
                cursor.moveTo(Place.of(cursor.place().next() + 1, /* waitingForKeyframe= */ false));
                received++;
            }
            dawdle(entry.isPresent(), random);
        }
        assertEquals(FRAMES, received + lost);
        Stress.READERS.increment();
        Stress.RECEIVED.add(received);
        Stress.LOST.add(lost);
    }

    private static void dawdle(boolean busy, SplittableRandom random) {
        if (random.nextInt(64) == 0) {
            Thread.yield();
        }
        for (int spins = random.nextInt(busy ? 40 : 2); spins > 0; spins--) {
            Thread.onSpinWait();
        }
    }

    /**
     * Who is about to sleep says so and looks again; the writer writes and looks who sleeps. One of them at least sees the other: on that
     * all wake-ups rest, and it is why {@code written} is volatile. Nothing is dropped here, since that is volatile too.
     */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.millrace.rtmp.stream.Stress#seeds")
    void whoFallsAsleepIsSeenOrSeesTheFrame(long seed) throws Exception {
        try (StressRun run = new StressRun(seed)) {
            FrameRing ring = new FrameRing(new RingLimits(1 << 16, 1 << 24, Duration.ofHours(1)), new ByteBudget(1 << 24));
            StressMeeting meeting = new StressMeeting();
            AtomicLong sleeper = new AtomicLong(-1);
            AtomicLong seenBySleeper = new AtomicLong();
            CompletableFuture<Void> reader = start(run, () -> {
                SplittableRandom random = new SplittableRandom(seed);
                for (int i = 0; i < MEETINGS; i++) {
                    meeting.arrive(random);
                    sleeper.set(i);
                    seenBySleeper.setPlain(ring.written());
                    meeting.arrive();
                }
            });
            try {
                MediaFrame frame = Frames.inter(0);
                SplittableRandom random = new SplittableRandom(-seed);
                for (int i = 0; i < MEETINGS; i++) {
                    meeting.arrive(random);
                    ring.write(frame, StreamHeaders.EMPTY);
                    long asleep = sleeper.get();
                    meeting.arrive();
                    if (asleep < i && seenBySleeper.getPlain() <= i) {
                        throw new AssertionError("seed " + seed + ": frame " + i + " was not seen, and nobody was woken for it");
                    }
                }
            } finally {
                meeting.leave();
            }
            run.await(reader);
        }
    }

    /** What is written is there, or the oldest is newer. */
    private static void audit(FrameRing ring, RingLimits limits, SplittableRandom random) {
        long oldest = 0;
        for (long written = ring.written(); written < FRAMES; written = ring.written()) {
            lookAt(ring, written - 1, written);
            if (written - ring.oldest() > limits.maxFrames() + 1 || ring.oldest() < oldest) {
                throw new AssertionError(oldest + " and then " + ring.oldest() + " is the oldest of " + written);
            }
            oldest = ring.oldest();
            lookAt(ring, oldest, ring.written());
            long keyframe = ring.newestRandomAccessPoint();
            if (keyframe >= 0 && keyframe < oldest) {
                throw new AssertionError("keyframe at " + keyframe + " where " + oldest + " is the oldest");
            }
            if (random.nextInt(64) == 0) {
                lookAt(ring, oldest + random.nextInt(limits.maxFrames()), written);
                Thread.yield();
            }
        }
    }

    private static void lookAt(FrameRing ring, long place, long written) {
        Optional<Entry> entry = ring.at(place);
        if (entry.isEmpty() && place >= 0 && place < written && ring.oldest() <= place) {
            throw new AssertionError("nothing at " + place + ", though from " + ring.oldest() + " to " + written + " all is there");
        }
        if (entry.isPresent() && entry.get().sequence() != place) {
            throw new AssertionError("at " + place + ": " + entry.get());
        }
    }
}
