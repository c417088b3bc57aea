package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.EndReason;
import dev.millrace.media.Scheduler;
import dev.millrace.rtmp.stream.StressReceiver.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real threads, seeded work. Whatever a reader does not get is lost and counted; and no wake-up is missed, or else a wait does not end. */
class FanOutStressTest {

    private static final int FRAMES = 3_000;
    private static final int TURNS = 2_500;

    /** One after the other, seed by seed. In the smallest there is not always a keyframe; the largest loses nothing. */
    private static final int[] RINGS = {16, 64, FRAMES};

    /** At most this often at once, so that readers sleep as often as they lag. */
    private static final int[] BURSTS = {1, 1, 2, 7, 60, 400};

    private static final int[] CHUNK_BYTES = {128, 4_096};

    @AfterAll
    static void report() {
        Stress.report(FanOutStressTest.class);
    }

    private static int ring(long seed) {
        return RINGS[Math.floorMod(seed, RINGS.length)];
    }

    private static int pick(int[] values, SplittableRandom random) {
        return values[random.nextInt(values.length)];
    }

    /** On executors with one thread, with many, and with that of the writer; faster than the writer and slower. */
    private static List<StressReceiver> join(StressRun run, LiveStream stream, SplittableRandom random) throws Exception {
        List<StressReceiver> receivers = new ArrayList<>();
        Executor many = run.executor(3);
        join(run, stream, many, random.nextLong(), Pace.AT_ONCE, receivers);
        join(run, stream, many, random.nextLong(), Pace.FITFUL, receivers);
        join(run, stream, run.executor(2), random.nextLong(), Pace.SLOW, receivers);
        join(run, stream, StressRun.direct(), random.nextLong(), Pace.AT_ONCE, receivers);
        for (Pace pace : Pace.values()) {
            Executor loop = run.executor(1);
            join(run, stream, loop, random.nextLong(), pace, receivers);
            for (int i = 0; i < 2; i++) {
                StressSink sink = new StressSink(run, loop, pick(CHUNK_BYTES, random), random.nextLong(), pace);
                sink.subscription.complete(stream.subscribe(sink, SubscribeOptions.PLAYER));
                receivers.add(sink);
            }
        }
        for (StressReceiver receiver : receivers) {
            run.await(receiver.start);
        }
        return receivers;
    }

    private static void join(StressRun run, LiveStream stream, Executor executor, long seed, Pace pace, List<StressReceiver> receivers) {
        StressSubscriber subscriber = new StressSubscriber(run, seed, pace, /* awaited= */ true);
        stream.subscribe(subscriber, executor, SubscribeOptions.EVERYTHING);
        receivers.add(subscriber);
    }

    private static void checkEnds(StressRun run, LiveStream stream, List<StressReceiver> receivers, long sent) throws Exception {
        long lost = 0;
        for (StressReceiver receiver : receivers) {
            assertEquals(EndReason.UNPUBLISHED, run.await(receiver.end));
            assertEquals(sent, receiver.received + receiver.lost);
            lost += receiver.lost;
        }
        assertEquals(lost, stream.statistics().lostFrames());
        assertEquals(0, stream.statistics().subscribers());
        assertEquals(0, stream.statistics().failedSubscribers());
        if (stream.options().ring().maxFrames() == FRAMES) {
            assertEquals(0, lost);
        }
    }

    /** After each burst the writer does nothing more until all readers have got to its end. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.millrace.rtmp.stream.Stress#seeds")
    void everyReaderGetsToTheEndOfEachBurst(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        try (StressRun run = new StressRun(seed)) {
            Publication publication = run.publish(ring(seed));
            LiveStream stream = publication.stream();
            List<StressReceiver> receivers = join(run, stream, random);
            StressWriter writer = new StressWriter(publication, random);
            while (writer.next() < FRAMES) {
                int burst = (int) Math.min(pick(BURSTS, random), FRAMES - writer.next());
                run.expect(writer.next() + burst, receivers.size());
                writer.publish(burst);
                run.awaitReaders();
            }
            writer.close();
            checkEnds(run, stream, receivers, FRAMES);
        }
    }

    /** The writer never waits, and the end comes while frames are still in the ring. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.millrace.rtmp.stream.Stress#seeds")
    void receivedAndLostIsSent(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(-seed);
        try (StressRun run = new StressRun(seed)) {
            Publication publication = run.publish(ring(seed));
            LiveStream stream = publication.stream();
            List<StressReceiver> receivers = join(run, stream, random);
            StressWriter writer = new StressWriter(publication, random);
            writer.publish(FRAMES);
            writer.close();
            checkEnds(run, stream, receivers, FRAMES);
        }
    }

    /** Frame by frame, while the reader is still busy with the end of its turn: each frame needs the wake-up that goes with it. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.millrace.rtmp.stream.Stress#seeds")
    void noWakeUpIsMissed(long seed) throws Exception {
        for (int threads = 1; threads <= 2; threads++) {
            try (StressRun run = new StressRun(seed)) {
                takeTurns(run, run.publish(64), run.executor(threads), new SplittableRandom(seed));
            }
        }
    }

    /** The same where a timer wakes the readers: it runs at once, while the writer is busy setting it or the next one. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.millrace.rtmp.stream.Stress#seeds")
    void noTimerIsMissed(long seed) throws Exception {
        try (StressRun run = new StressRun(seed)) {
            Executor timer = run.pool(1);
            Scheduler atOnce = (when, task) -> {
                timer.execute(task);
                return () -> {};
            };
            takeTurns(run, run.publish(64, Duration.ofMillis(1), atOnce), run.executor(1), new SplittableRandom(seed));
        }
    }

    private static void takeTurns(StressRun run, Publication publication, Executor executor, SplittableRandom random) throws Exception {
        LiveStream stream = publication.stream();
        List<StressReceiver> receivers = new ArrayList<>();
        join(run, stream, executor, random.nextLong(), Pace.AT_ONCE, receivers);
        run.await(receivers.get(0).start);
        StressWriter writer = new StressWriter(publication, random);
        for (int i = 1; i <= TURNS; i++) {
            run.expect(i, 1);
            writer.publish(1);
            run.awaitReaders();
            for (int spins = random.nextInt(50); spins > 0; spins--) {
                Thread.onSpinWait();
            }
        }
        writer.close();
        checkEnds(run, stream, receivers, TURNS);
        assertTrue(receivers.get(0).isExact());
    }
}
