package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.Scheduler;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.stream.StressReceiver.FrameReceiver;
import dev.millrace.rtmp.stream.StressReceiver.SinkReceiver;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real threads, seeded work. A missed wake-up shows as a wait that does not end. */
class FanOutStressTest {

    private static final int FRAMES = 6_000;
    private static final int GROUP = 25;

    private final List<ExecutorService> executors = new ArrayList<>();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(/* preferDirect= */ false);
    private final ByteBudget budget = new ByteBudget(1 << 24);

    @AfterEach
    void nothingIsHeld() throws Exception {
        for (ExecutorService executor : executors) {
            executor.shutdown();
            assertTrue(executor.awaitTermination(30, TimeUnit.SECONDS));
        }
        assertEquals(0, allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory());
        assertEquals(0, budget.usedBytes());
    }

    private ExecutorService executor(int threads) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        executors.add(executor);
        return executor;
    }

    private LiveStream stream(int maxFrames) {
        StreamResources resources = new StreamResources(budget, allocator, InstantSource.system(), Scheduler.shared());
        RingLimits limits = new RingLimits(maxFrames, 1 << 22, Duration.ofHours(1));
        return LiveStream.create(new StreamName("live/stress"),
                new StreamOptions(limits, SlowPolicy.skipToKeyframe(Duration.ofHours(1)), Duration.ZERO, Duration.ZERO), resources);
    }

    /** The time of a frame is its number. */
    private static MediaFrame frame(int number) {
        return number % GROUP == 0 ? Frames.key(number) : number % 3 == 0 ? Frames.audio(number) : Frames.inter(number);
    }

    private void publish(LiveStream stream, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Publication publication = stream.publication();
        for (int i = 0; i < FRAMES; i++) {
            publication.publish(frame(i));
            if (random.nextInt(4) == 0) {
                publication.flush();
            }
            if (random.nextInt(200) == 0) {
                Thread.yield();
            }
        }
        publication.close();
    }

    @ParameterizedTest(name = "ring of {0}")
    @ValueSource(ints = {64, 1_000, FRAMES})
    void receivedAndLostIsSent(int maxFrames) throws Exception {
        LiveStream stream = stream(maxFrames);
        List<StressReceiver> receivers = new ArrayList<>();
        ExecutorService pool = executor(2);
        for (int i = 0; i < 3; i++) {
            FrameReceiver receiver = new FrameReceiver(i);
            stream.subscribe(receiver, pool, SubscribeOptions.EVERYTHING);
            receivers.add(receiver);
        }
        for (int i = 0; i < 2; i++) {
            ExecutorService loop = executor(1);
            FrameReceiver receiver = new FrameReceiver(10 + i);
            stream.subscribe(receiver, loop, SubscribeOptions.EVERYTHING);
            receivers.add(receiver);
            for (int j = 0; j < 2; j++) {
                SinkReceiver sink = new SinkReceiver(loop, 20 + 2 * i + j);
                sink.subscription.complete(stream.subscribe(sink, SubscribeOptions.PLAYER));
                receivers.add(sink);
            }
        }
        for (StressReceiver receiver : receivers) {
            receiver.start.get(30, TimeUnit.SECONDS);
        }
        publish(stream, maxFrames);
        long lost = 0;
        for (StressReceiver receiver : receivers) {
            assertEquals(EndReason.UNPUBLISHED, receiver.end.get(30, TimeUnit.SECONDS));
            assertEquals(FRAMES, receiver.received + receiver.lost);
            lost += receiver.lost;
        }
        assertEquals(lost, stream.statistics().lostFrames());
        assertEquals(0, stream.statistics().subscribers());
        if (maxFrames == FRAMES) {
            assertEquals(0, lost);
        }
    }

    /** Writer and reader take turns, so that each frame needs the wake-up that goes with it. */
    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {1, 2})
    void noWakeUpIsMissed(int threads) throws Exception {
        LiveStream stream = stream(64);
        Executor executor = executor(threads);
        CyclicBarrier turn = new CyclicBarrier(2);
        CompletableFuture<EndReason> end = new CompletableFuture<>();
        stream.subscribe(new MediaSubscriber() {
            @Override
            public void onFrame(MediaFrame frame) {
                try {
                    turn.await(30, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException("frame " + frame.timestampMillis(), e);
                }
            }

            @Override
            public void onEnd(EndReason reason) {
                end.complete(reason);
            }
        }, executor, SubscribeOptions.EVERYTHING);
        for (int i = 0; i < 3_000; i++) {
            stream.publication().publish(Frames.audio(i));
            stream.publication().flush();
            turn.await(30, TimeUnit.SECONDS);
        }
        stream.publication().close();
        assertEquals(EndReason.UNPUBLISHED, end.get(30, TimeUnit.SECONDS));
    }

    /** Who joins and leaves at any moment hears of a start, of frames in order and of one end. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void joiningAndLeavingAtAnyMoment(long seed) throws Exception {
        LiveStream stream = stream(200);
        ExecutorService pool = executor(2);
        List<FrameReceiver> receivers = new ArrayList<>();
        CompletableFuture<Void> host = CompletableFuture.runAsync(() -> {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < 500; i++) {
                FrameReceiver receiver = new FrameReceiver(i);
                Subscription subscription = stream.subscribe(receiver, pool, SubscribeOptions.EVERYTHING);
                receivers.add(receiver);
                if (random.nextBoolean()) {
                    subscription.cancel();
                }
            }
        }, executor(1));
        publish(stream, seed);
        host.get(30, TimeUnit.SECONDS);
        for (FrameReceiver receiver : receivers) {
            EndReason reason = receiver.end.get(30, TimeUnit.SECONDS);
            assertTrue(reason == EndReason.CANCELLED || reason == EndReason.UNPUBLISHED, reason.toString());
        }
        assertEquals(0, stream.statistics().subscribers());
        assertEquals(0, stream.statistics().failedSubscribers());
    }
}
