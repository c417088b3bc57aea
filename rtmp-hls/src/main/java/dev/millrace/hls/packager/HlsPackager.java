package dev.millrace.hls.packager;

import dev.millrace.hls.crypto.ContentKey;
import dev.millrace.hls.segment.Segment;
import dev.millrace.hls.segment.SegmentSink;
import dev.millrace.hls.segment.Segmenter;
import dev.millrace.hls.segment.SegmenterStatistics;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.media.Codec;
import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.Scheduler;
import dev.millrace.media.StreamHeaders;
import dev.millrace.sample.Demuxer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Packages one stream as live HLS: takes frames, writes segments to a store, and publishes playlists.
 *
 * <p>Belongs to the stream's name and outlives its publications. Each is {@linkplain #attach attached}; when one ends, the playlist waits for the
 * next one for the grace, and then ends. The playlist continues over publications, and over a restart of the process if the store survives it:
 * the number, name and duration of a listed segment never change.
 *
 * <p>Thread-safe. All work is done on {@link #executor()}, on which frames must be delivered.
 */
public final class HlsPackager implements HlsStream {

    /** The parts of a packager. */
    record Setup(
            String streamName,
            HlsOptions options,
            SegmentStore store,
            HlsListener listener,
            Scheduler scheduler,
            InstantSource clock) {}

    private final Setup setup;
    private final SerialExecutor executor;
    private final PlaylistPublisher publisher;
    private final SegmentQueue queue;
    private final Segmenter segmenter;
    private final PlaylistEnd end;
    private final List<Runnable> whenIdle = new ArrayList<>();

    // Confined to the executor.
    private Optional<Attachment> attached = Optional.empty();

    private volatile SegmenterStatistics segmenterStatistics;

    private HlsPackager(Setup setup, SerialExecutor executor, PlaylistPublisher publisher, String session) {
        this.setup = setup;
        this.executor = executor;
        this.publisher = publisher;
        this.queue = new SegmentQueue(setup, session, publisher, executor, this::nothingWaits);
        this.end = new PlaylistEnd(setup, executor, publisher, this::whenStored, queue::save);
        OptionalInt target = publisher.targetDurationSeconds();
        this.segmenter = new Segmenter(setup.options().segments(), setup.options().container(), setup.clock(), target, new Cuts());
        this.segmenterStatistics = segmenter.statistics();
    }

    /**
     * Opens a packager, with the state that the store has of the stream.
     *
     * @param streamName the stream, for the key provider
     * @param options how it is packaged
     * @param store the store of its segments; only this packager may write to it
     * @param threads runs the work; may have many threads
     * @param listener receives the events
     * @return completes on any thread; fails as the store does
     */
    public static CompletionStage<HlsPackager> open(
            String streamName, HlsOptions options, SegmentStore store, Executor threads, HlsListener listener) {
        return open(streamName, options, store, threads, listener, Scheduler.shared(), InstantSource.system());
    }

    /**
     * Opens a packager with a scheduler and a clock of the caller's.
     *
     * @param streamName the stream, for the key provider
     * @param options how it is packaged
     * @param store the store of its segments; only this packager may write to it
     * @param threads runs the work; may have many threads
     * @param listener receives the events
     * @param scheduler ends waits
     * @param clock for dates and deadlines; the scheduler's
     * @return completes on any thread; fails as the store does
     */
    public static CompletionStage<HlsPackager> open(
            String streamName,
            HlsOptions options,
            SegmentStore store,
            Executor threads,
            HlsListener listener,
            Scheduler scheduler,
            InstantSource clock) {
        Setup setup = new Setup(
                Objects.requireNonNull(streamName, "streamName"), Objects.requireNonNull(options, "options"),
                Objects.requireNonNull(store, "store"), Objects.requireNonNull(listener, "listener"),
                Objects.requireNonNull(scheduler, "scheduler"), Objects.requireNonNull(clock, "clock"));
        SerialExecutor executor = new SerialExecutor(Objects.requireNonNull(threads, "threads"));
        return store.state()
                .thenCompose(stored -> Restore.from(setup, stored.flatMap(SavedState::of)))
                .thenApplyAsync(restored -> new HlsPackager(setup, executor, restored, Restore.newSession()), executor);
    }

    /**
     * Returns the executor of all work, which runs one task after the other.
     *
     * @return the executor to subscribe {@link #attach} with; the same object at each call
     */
    public Executor executor() {
        return executor;
    }

    /**
     * Begins a publication, and ends the one before it.
     *
     * @return the subscriber to the stream, to be called on {@link #executor()} only; its end begins the grace
     */
    public MediaSubscriber attach() {
        return new Attachment();
    }

    /**
     * Ends the playlist now: pending segments are stored, then the playlist gets EXT-X-ENDLIST.
     *
     * @return completes on any thread when that is done, and never fails; the same for each call until something is attached again
     */
    public CompletionStage<Void> end() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        executor.execute(() -> {
            detach();
            end.finish().whenComplete((nothing, failure) -> done.complete(null));
        });
        return done;
    }

    /**
     * Completes when no segment waits for the store. Callers that are faster than real time wait for it.
     *
     * @return a new stage; completes on the executor
     */
    public CompletionStage<Void> stored() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        executor.execute(() -> whenStored(() -> done.complete(null)));
        return done;
    }

    private void whenStored(Runnable then) {
        if (queue.isIdle()) {
            then.run();
        } else {
            whenIdle.add(then);
        }
    }

    @Override
    public Optional<HlsSnapshot> snapshot() {
        return publisher.snapshot();
    }

    @Override
    public CompletionStage<HlsSnapshot> snapshotAfter(long version) {
        return publisher.after(version);
    }

    @Override
    public SegmentStore store() {
        return setup.store();
    }

    @Override
    public Optional<String> mediaType(ObjectName name) {
        return publisher.mediaType(name);
    }

    @Override
    public Optional<ContentKey> key(String id) {
        return publisher.keys().find(id);
    }

    /**
     * Returns the counters.
     *
     * @return a snapshot
     */
    public HlsStatistics statistics() {
        return publisher.statistics(queue.size(), segmenterStatistics);
    }

    private void detach() {
        if (attached.isPresent()) {
            attached = Optional.empty();
            segmenter.endPublication();
            segmenterStatistics = segmenter.statistics();
        }
    }

    private void nothingWaits() {
        List<Runnable> now = List.copyOf(whenIdle);
        whenIdle.clear();
        now.forEach(Runnable::run);
    }

    @Override
    public String toString() {
        return "HLS of " + setup.streamName();
    }

    /** The frames of one publication. */
    private final class Attachment implements MediaSubscriber {

        private final Demuxer demuxer = new Demuxer(segmenter);

        @Override
        public void onStart(StreamHeaders headers) {
            detach();
            end.revoke();
            attached = Optional.of(this);
            segmenter.begin();
            demuxer.onStart(headers);
        }

        private boolean isCurrent() {
            return attached.filter(current -> current == this).isPresent();
        }

        @Override
        public void onFrame(MediaFrame frame) {
            if (isCurrent()) {
                demuxer.onFrame(frame);
            }
        }

        @Override
        public void onGap(long lostFrames) {
            if (isCurrent()) {
                demuxer.onGap(lostFrames);
            }
        }

        @Override
        public void onBatchEnd() {
            segmenterStatistics = segmenter.statistics();
        }

        @Override
        public void onEnd(EndReason reason) {
            if (isCurrent()) {
                detach();
                end.beginGrace();
            }
        }
    }

    /** Receives the segments. */
    private final class Cuts implements SegmentSink {

        @Override
        public void onSegment(Segment segment) {
            publisher.targetDuration(segmenter.targetDurationSeconds().orElseThrow());
            queue.add(segment);
        }

        @Override
        public void onTrackRefused(Codec codec, String reason) {
            publisher.tell(listener -> listener.onTrackRefused(codec, reason));
        }
    }
}
