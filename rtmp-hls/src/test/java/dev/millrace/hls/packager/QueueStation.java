package dev.millrace.hls.packager;

import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.playlist.PlaylistHistory;
import dev.millrace.hls.playlist.PlaylistSyntax;
import dev.millrace.hls.segment.Segment;
import dev.millrace.hls.segment.SegmentFacts;
import dev.millrace.hls.segment.SegmentFormat;
import dev.millrace.hls.segment.SegmentMuxer;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentContent;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.testkit.TsReader;
import dev.millrace.media.Bytes;
import dev.millrace.media.Cancellable;
import dev.millrace.media.Scheduler;
import dev.millrace.sample.TrackFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The part of a packager behind its segmenter, on manual time: made-up segments of 2 s in a format with initialization segments go into a
 * store. Each playlist is checked against those before it; what it names is looked for at that moment.
 */
final class QueueStation implements InstantSource, Scheduler, HlsListener {

    static final SegmentMuxer.Factory CONTAINER =
            new MadeUpContainer(new SegmentFormat("m4s", "video/mp4", /* hasInitializationSegment= */ true));

    private static final long SEGMENT_TICKS = 180_000;
    private static final long SEGMENT_MILLIS = 2_000;
    private static final SegmentFacts FACTS =
            new SegmentFacts(List.of("mp4a.40.2"), OptionalInt.empty(), OptionalInt.empty(), OptionalDouble.empty());

    /** A format alone: segments are made up here. */
    private record MadeUpContainer(SegmentFormat format) implements SegmentMuxer.Factory {
        @Override
        public Optional<String> refusal(TrackFormat track) {
            throw new AssertionError("no segmenter here");
        }

        @Override
        public SegmentMuxer create(boolean timedMetadata) {
            throw new AssertionError("no segmenter here");
        }
    }

    private record Task(Instant when, Runnable body) {}

    /** What players remember, whichever process serves them. */
    static final class Memory {
        private final PlaylistHistory history = new PlaylistHistory(3_600);
        private final Availability availability = new Availability();
    }

    final List<MediaPlaylist> lists = new ArrayList<>();
    final List<String> lost = new ArrayList<>();
    final PlaylistPublisher publisher;
    private final SegmentMuxer.Factory container;
    private final SegmentQueue queue;
    private final SegmentStore store;
    private final Memory memory;
    private final List<Task> tasks = new ArrayList<>();
    private Instant now;
    private boolean discontinuity = true;
    private Optional<AssertionError> failure = Optional.empty();

    QueueStation(HlsOptions options, SegmentMuxer.Factory container, SegmentStore store, Memory memory, Instant now) {
        this.container = container;
        this.store = store;
        this.memory = memory;
        this.now = now;
        HlsPackager.Setup setup = new HlsPackager.Setup("live/cam", options.withContainer(container), store, this, this, this);
        publisher = store.state()
                .thenCompose(stored -> Restore.from(setup, stored.flatMap(SavedState::of)))
                .toCompletableFuture()
                .join();
        queue = new SegmentQueue(setup, Restore.newSession(), publisher, new SerialExecutor(Runnable::run), () -> { });
    }

    QueueStation(HlsOptions options, SegmentStore store) {
        this(options, CONTAINER, store, new Memory(), Instant.parse("2026-01-01T00:00:00Z"));
    }

    /** Cuts a segment after 2 s. The first has a discontinuity, as that of a segmenter has. */
    void cut(Optional<String> initialization) {
        Instant start = now;
        pass(SEGMENT_MILLIS);
        byte[] media = {1, 2, 3, (byte) lists.size()};
        publisher.targetDuration(2);
        queue.add(new Segment(
                container.format(), initialization.map(QueueStation::content), List.of(ByteBuffer.wrap(media).asReadOnlyBuffer()),
                media.length, 0, SEGMENT_TICKS, discontinuity, /* independent= */ true, start, FACTS));
        discontinuity = false;
    }

    void save() {
        queue.save().toCompletableFuture().join();
    }

    static Bytes content(String initialization) {
        return Bytes.takeOver(("initialization " + initialization).getBytes(StandardCharsets.US_ASCII));
    }

    void pass(long millis) {
        Instant until = now.plusMillis(millis);
        for (Optional<Task> due = due(until); due.isPresent(); due = due(until)) {
            tasks.remove(due.get());
            now = due.get().when().isAfter(now) ? due.get().when() : now;
            due.get().body().run();
        }
        now = until;
    }

    private Optional<Task> due(Instant until) {
        return tasks.stream().filter(task -> !task.when().isAfter(until)).min(Comparator.comparing(Task::when));
    }

    MediaPlaylist list() {
        return publisher.snapshot().orElseThrow().media();
    }

    /** The names of the initialization segments of what is listed, each where it changes. */
    List<ObjectName> initializations() {
        List<ObjectName> names = new ArrayList<>();
        for (MediaSegment segment : list().segments()) {
            ObjectName name = ObjectName.ofFileName(segment.initialization().orElseThrow().uri()).orElseThrow();
            if (names.isEmpty() || !names.get(names.size() - 1).equals(name)) {
                names.add(name);
            }
        }
        return names;
    }

    Optional<Bytes> read(ObjectName name) {
        return store.read(name)
                .toCompletableFuture()
                .join()
                .map(content -> Bytes.takeOver(TsReader.bytes(((SegmentContent.InMemory) content).chunks())));
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Cancellable at(Instant when, Runnable body) {
        Task task = new Task(when, body);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    @Override
    public void onPlaylist(HlsSnapshot snapshot) {
        try {
            lists.add(snapshot.media());
            memory.history.check(snapshot.media());
            memory.availability.check(snapshot.media(), store, now);
            PlaylistSyntax.check(snapshot.media().render());
        } catch (AssertionError e) {
            // A packager counts what its listener throws, and goes on.
            failure = failure.or(() -> Optional.of(e));
        }
    }

    @Override
    public void onSegmentLost(String reason) {
        lost.add(reason);
    }

    /** Throws what was wrong with any playlist so far. */
    void assertAllGood() {
        failure.ifPresent(wrong -> {
            throw wrong;
        });
    }
}
