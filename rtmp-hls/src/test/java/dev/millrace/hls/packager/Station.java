package dev.millrace.hls.packager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.FlvReader;
import dev.millrace.flv.FlvTag;
import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.playlist.PlaylistHistory;
import dev.millrace.hls.playlist.PlaylistSyntax;
import dev.millrace.hls.store.SegmentContent;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.testkit.TsReader;
import dev.millrace.media.Cancellable;
import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.Scheduler;
import dev.millrace.media.StreamHeaders;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A packager on manual time, with a publisher that sends a file in real time, over and over. Each playlist is checked against those before
 * it, and each segment that it lists, or has listed not long ago, is looked for at that moment.
 */
final class Station implements InstantSource, Scheduler, HlsListener {

    private record Task(Instant when, Runnable body) {}

    /** 6 s of H.264 with a keyframe each second or so, and AAC. */
    private static final List<MediaFrame> FILE = file();
    private static final long FILE_MILLIS = 6_000;

    final List<String> events = new ArrayList<>();
    final List<HlsSnapshot> snapshots = new ArrayList<>();
    final HlsPackager packager;
    private final SegmentStore store;
    private final Memory memory;
    private final List<Task> tasks = new ArrayList<>();
    private Instant now;
    private Optional<AssertionError> failure = Optional.empty();
    private MediaSubscriber publisher;
    private long sentMillis;

    /** What players remember, whichever process serves them. */
    static final class Memory {
        private final PlaylistHistory history = new PlaylistHistory(3_600);
        private final Availability availability = new Availability();
        private long bandwidth;
    }

    Station(HlsOptions options, SegmentStore store, Memory memory, Instant now) {
        this.now = now;
        this.store = store;
        this.memory = memory;
        this.packager = HlsPackager.open("live/cam", options, store, Runnable::run, this, this, this).toCompletableFuture().join();
    }

    Station(HlsOptions options, SegmentStore store) {
        this(options, store, new Memory(), Instant.parse("2026-01-01T00:00:00Z"));
    }

    private static List<MediaFrame> file() {
        try (InputStream in = Station.class.getResourceAsStream("/media/avc-high-bframes-aac.flv")) {
            FlvReader reader = new FlvReader();
            reader.append(Unpooled.wrappedBuffer(in.readAllBytes()));
            reader.end();
            List<MediaFrame> frames = new ArrayList<>();
            for (Optional<FlvTag> tag = reader.read(); tag.isPresent(); tag = reader.read()) {
                frames.add(tag.get().toFrame());
            }
            return frames;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A publication begins, with times from zero. */
    void connect() {
        publisher = packager.attach();
        publisher.onStart(StreamHeaders.EMPTY);
        sentMillis = 0;
    }

    void hangUp() {
        publisher.onEnd(EndReason.CONNECTION_LOST);
    }

    /** Sends for a while; the clock goes with it. */
    void send(int seconds) {
        send(seconds, /* realTime= */ true);
    }

    /** Is held up for a while, and then sends all of it at once. */
    void burst(int seconds) {
        pass(seconds * 1_000L);
        send(seconds, /* realTime= */ false);
    }

    /** Sends faster than what it sends lasts. */
    void flood(int seconds) {
        memory.history.datesMove();
        send(seconds, /* realTime= */ false);
    }

    private void send(int seconds, boolean realTime) {
        long until = sentMillis + seconds * 1_000L;
        while (sentMillis < until) {
            long base = sentMillis - sentMillis % FILE_MILLIS;
            long from = sentMillis % FILE_MILLIS;
            long to = Math.min(FILE_MILLIS, from + until - sentMillis);
            for (MediaFrame frame : FILE) {
                boolean header = frame.isSequenceHeader();
                long millis = frame.timestampMillis();
                if (header ? base + from == 0 : millis >= from && millis < to) {
                    if (realTime && base + millis > sentMillis) {
                        pass(base + millis - sentMillis);
                        sentMillis = base + millis;
                    }
                    publisher.onFrame(frame.atTime(base + millis));
                }
            }
            long end = base + to;
            if (realTime) {
                pass(end - sentMillis);
            }
            sentMillis = end;
            publisher.onBatchEnd();
        }
    }

    void pass(long millis) {
        Instant until = now.plusMillis(millis);
        while (true) {
            Optional<Task> due = tasks.stream().filter(task -> !task.when().isAfter(until)).min(Comparator.comparing(Task::when));
            if (due.isEmpty()) {
                break;
            }
            tasks.remove(due.get());
            now = due.get().when().isAfter(now) ? due.get().when() : now;
            due.get().body().run();
        }
        now = until;
    }

    MediaPlaylist list() {
        return packager.snapshot().orElseThrow().media();
    }

    long discontinuities() {
        return list().discontinuitySequence() + list().segments().stream().filter(MediaSegment::discontinuity).count();
    }

    byte[] fetch(String uri) {
        SegmentContent content =
                packager.store().read(ObjectName.ofFileName(uri).orElseThrow()).toCompletableFuture().join().orElseThrow();
        return TsReader.bytes(((SegmentContent.InMemory) content).chunks());
    }

    boolean isThere(String uri) {
        return packager.store().read(ObjectName.ofFileName(uri).orElseThrow()).toCompletableFuture().join().isPresent();
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
            check(snapshot);
        } catch (AssertionError e) {
            // A packager counts what its listener throws, and goes on.
            failure = failure.or(() -> Optional.of(e));
        }
    }

    /** Throws what was wrong with any playlist so far. */
    void assertAllGood() {
        failure.ifPresent(wrong -> {
            throw wrong;
        });
        assertEquals(0, packager.statistics().failedCallbacks());
    }

    private void check(HlsSnapshot snapshot) {
        snapshots.add(snapshot);
        memory.history.check(snapshot.media());
        memory.availability.check(snapshot.media(), store, now);
        PlaylistSyntax.check(snapshot.media().render());
        long bandwidth = snapshot.multivariant().variants().get(0).bandwidth();
        assertTrue(bandwidth >= memory.bandwidth, "invariant 26: bandwidth " + bandwidth + " after " + memory.bandwidth);
        memory.bandwidth = bandwidth;
    }

    @Override
    public void onSegmentLost(String reason) {
        events.add("lost: " + reason);
    }

    @Override
    public void onEnded() {
        events.add("ended");
    }

    @Override
    public void onExpired() {
        events.add("expired");
    }
}
