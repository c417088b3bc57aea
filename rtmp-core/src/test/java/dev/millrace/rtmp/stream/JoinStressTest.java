package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.rtmp.stream.StressReceiver.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Subscribers that join and leave while frames are written. Real threads, seeded work. */
class JoinStressTest {

    private static final int HOSTS = 2;
    private static final int JOINERS = 150;
    private static final int MAX_BURST = 30;
    private static final int MEETINGS = 8_000;

    @AfterAll
    static void report() {
        Stress.report(JoinStressTest.class);
    }

    /**
     * Either the joiner's first look finds the frame, or the writer finds the joiner. Each joiner has an executor of its own, so no wake-up
     * of others helps. There is nothing but data, so it looks once and late; and nothing is dropped from the ring, which would take time.
     */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.millrace.rtmp.stream.Stress#seeds")
    void whoJoinsWhileAFrameIsWrittenGetsIt(long seed) throws Exception {
        try (StressRun run = new StressRun(seed)) {
            Publication publication = run.publish(1 << 16);
            LiveStream stream = publication.stream();
            StressMeeting meeting = new StressMeeting();
            CompletableFuture<Void> joiner = CompletableFuture.runAsync(() -> {
                try {
                    joinAgainAndAgain(stream, meeting, new SplittableRandom(seed));
                } catch (RuntimeException | Error e) {
                    run.fail(e);
                } finally {
                    meeting.leave();
                }
            }, run.pool(1));
            SplittableRandom random = new SplittableRandom(-seed);
            for (int i = 0; i < MEETINGS; i++) {
                MediaFrame frame = Frames.data(i);
                meeting.arrive(random);
                publication.publish(frame);
                publication.flush();
                meeting.arrive();
            }
            run.await(joiner);
            publication.close();
        }
    }

    private static void joinAgainAndAgain(LiveStream stream, StressMeeting meeting, SplittableRandom random) {
        for (int i = 0; i < MEETINGS; i++) {
            Executor executor = StressRun.direct();
            meeting.arrive(random);
            Subscription subscription = stream.subscribe(frame -> {}, executor, SubscribeOptions.EVERYTHING);
            meeting.arrive();
            if (subscription.cursor.place().next() != stream.fanOut().ring().written()) {
                throw new AssertionError("a reader sleeps at " + subscription.cursor.place().next() + " of " + stream.fanOut().ring().written());
            }
            subscription.cancel();
            if (stream.statistics().subscribers() > 0) {
                throw new AssertionError("a reader stays that has left");
            }
        }
        Stress.READERS.add(MEETINGS);
    }

    /**
     * Executors are shared, so pumps come and go with the first and the last of their subscribers. The writer writes no more than a burst
     * for each who joins: while hosts wait for a start or an end, nobody wakes the pumps.
     */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.millrace.rtmp.stream.Stress#seeds")
    void joiningAndLeavingAtAnyMoment(long seed) throws Exception {
        try (StressRun run = new StressRun(seed)) {
            Publication publication = run.publish(200);
            LiveStream stream = publication.stream();
            List<Executor> executors = List.of(run.executor(1), run.executor(1), run.executor(3));
            Semaphore joins = new Semaphore(0);
            List<CompletableFuture<List<StressSubscriber>>> hosts = new ArrayList<>();
            for (int i = 0; i < HOSTS; i++) {
                SplittableRandom random = new SplittableRandom(seed + i);
                hosts.add(CompletableFuture.supplyAsync(() -> comeAndGo(run, stream, executors, joins, random), run.pool(1)));
            }
            SplittableRandom random = new SplittableRandom(-seed);
            StressWriter writer = new StressWriter(publication, random);
            for (int i = 0; i < HOSTS * JOINERS; i++) {
                assertTrue(joins.tryAcquire(StressRun.PATIENCE_SECONDS, TimeUnit.SECONDS), "seed " + seed + ": a host waits for ever");
                run.check();
                writer.publish(random.nextInt(MAX_BURST));
            }
            writer.close();
            for (CompletableFuture<List<StressSubscriber>> host : hosts) {
                for (StressSubscriber left : run.await(host)) {
                    checkEnd(run, left, writer.next());
                }
            }
            assertEquals(0, stream.statistics().subscribers());
            assertEquals(0, stream.statistics().failedSubscribers());
        }
    }

    /** Some are waited for, others leave while the next one joins, and one of eight stays. */
    private static List<StressSubscriber> comeAndGo(
            StressRun run, LiveStream stream, List<Executor> executors, Semaphore joins, SplittableRandom random) {
        List<StressSubscriber> all = new ArrayList<>();
        try {
            for (int i = 0; i < JOINERS; i++) {
                joins.release();
                Executor executor = executors.get(random.nextInt(executors.size()));
                StressSubscriber subscriber = new StressSubscriber(run, random.nextLong(), Pace.FITFUL, /* awaited= */ false);
                Subscription subscription = stream.subscribe(subscriber, executor, SubscribeOptions.EVERYTHING);
                all.add(subscriber);
                if (random.nextBoolean()) {
                    run.await(subscriber.start);
                }
                if (random.nextInt(8) > 0) {
                    subscription.cancel();
                    if (random.nextBoolean()) {
                        run.await(subscriber.end);
                    }
                }
            }
        } catch (Exception | Error e) {
            run.fail(e);
            joins.release(JOINERS);
        }
        return all;
    }

    private static void checkEnd(StressRun run, StressSubscriber left, long sent) throws Exception {
        EndReason reason = run.await(left.end);
        assertTrue(left.start.isDone());
        assertTrue(reason == EndReason.CANCELLED || reason == EndReason.UNPUBLISHED, reason.toString());
        if (reason == EndReason.UNPUBLISHED && left.isExact()) {
            assertEquals(sent, left.place());
        }
    }
}
