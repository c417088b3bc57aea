package dev.millrace.rtmp.stream;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.rtmp.ByteBudget;
import java.time.Duration;
import java.util.Optional;

/** A stream on manual time with one manual executor. Closing it ends it and checks that nothing is held. */
final class TestStream implements AutoCloseable {

    static final StreamOptions AT_ONCE = options(2_500, Duration.ZERO, Duration.ZERO);

    final TrackedBuffers buffers = new TrackedBuffers();
    final ManualTime time = new ManualTime();
    final ManualExecutor executor = new ManualExecutor();
    final ByteBudget budget = new ByteBudget(1 << 26);
    final Publication publication;
    final LiveStream stream;

    TestStream(StreamOptions options) {
        StreamResources resources = new StreamResources(budget, buffers.allocator(), time, time);
        publication = Publication.create(new StreamName("live/test"), options, resources);
        stream = publication.stream();
    }

    static StreamOptions options(int maxFrames, Duration audioDelay, Duration mergeWindow) {
        return StreamOptions.DEFAULT
                .withRing(new RingLimits(maxFrames, 32 << 20, Duration.ofSeconds(4)))
                .withAudioDelay(audioDelay)
                .withMergeWindow(mergeWindow);
    }

    static TestStream withRingOf(int maxFrames) {
        return new TestStream(options(maxFrames, Duration.ZERO, Duration.ZERO));
    }

    /** One read batch of the publisher. */
    void publish(MediaFrame... frames) {
        for (MediaFrame frame : frames) {
            publication.publish(frame);
        }
        publication.flush();
    }

    /** One read batch, and all that it causes on the executor. */
    void deliver(MediaFrame... frames) {
        publish(frames);
        executor.runAll();
    }

    RecordingSubscriber subscriber(SubscribeOptions wanted) {
        RecordingSubscriber subscriber = new RecordingSubscriber();
        subscriber.subscription = stream.subscribe(subscriber, executor, wanted);
        return subscriber;
    }

    RecordingSubscriber subscriber() {
        return subscriber(SubscribeOptions.EVERYTHING);
    }

    /** A subscriber that has been told where it starts. */
    RecordingSubscriber joined(SubscribeOptions wanted) {
        RecordingSubscriber subscriber = subscriber(wanted);
        executor.runAll();
        return subscriber;
    }

    RecordingSubscriber joined() {
        return joined(SubscribeOptions.EVERYTHING);
    }

    RecordingSink sink(SubscribeOptions wanted) {
        return sink(wanted, 1, 4_096);
    }

    RecordingSink sink(SubscribeOptions wanted, int messageStreamId, int chunkBytes) {
        RecordingSink sink = new RecordingSink(executor, messageStreamId, chunkBytes);
        sink.subscription = stream.subscribe(sink, wanted);
        return sink;
    }

    @Override
    public void close() {
        publication.close(EndReason.UNPUBLISHED);
        executor.refusal = Optional.empty();
        executor.runAll();
        buffers.close();
        if (budget.usedBytes() != 0) {
            throw new AssertionError(budget.usedBytes() + " bytes of the budget were not given back");
        }
    }
}
