package dev.millrace.rtmp.stream;

import dev.millrace.flv.FlvFrames;
import dev.millrace.media.EndReason;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.StreamHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The ring of one stream, its headers and counters, and its readers with a pump for each executor that they live on.
 *
 * <p>Readers and pumps know this class, never the {@link LiveStream} in front of it. Thread-safe, except that one
 * thread at a time writes; no lock is held while frames are written or read.
 */
final class FanOut {

    /**
     * Longest header or configuration of a track. x265 writes two KiB; each player that joins gets all of them at once.
     */
    private static final int MAX_HEADER_BYTES = 64 << 10;

    /** Longest metadata. */
    private static final int MAX_METADATA_BYTES = 256 << 10;

    private static final Pump[] NONE = {};

    /**
     * Across all streams, so that a later publication of a name has a higher epoch, whether it continues a stream or
     * starts one.
     */
    private static final AtomicLong EPOCHS = new AtomicLong();

    private final StreamName name;
    private final StreamOptions options;
    private final StreamResources resources;
    private final FrameRing ring;
    private final StreamCounters counters;
    private final CompletableFuture<EndReason> end = new CompletableFuture<>();

    /** Set once. From then on nothing is written, and readers get the rest of the ring and the end. */
    private volatile Optional<EndReason> endReason = Optional.empty();
    /** Guarded by this object's lock until the stream ends, and not changed after. */
    private final List<Supplier<CompletionStage<?>>> beforeEnd = new ArrayList<>(1);
    private volatile StreamHeaders headers = StreamHeaders.EMPTY;
    private volatile boolean videoKnown;
    private volatile long epoch;

    /** Copied when it changes, guarded by this object's lock. */
    private volatile Pump[] pumps = NONE;

    FanOut(StreamName name, StreamOptions options, StreamResources resources) {
        this.name = name;
        this.options = options;
        this.resources = resources;
        this.ring = new FrameRing(options.ring(), resources.ringBytes());
        this.counters = new StreamCounters(resources.clock().millis());
    }

    StreamName name() {
        return name;
    }

    StreamOptions options() {
        return options;
    }

    StreamResources resources() {
        return resources;
    }

    FrameRing ring() {
        return ring;
    }

    StreamCounters counters() {
        return counters;
    }

    StreamHeaders headers() {
        return headers;
    }

    /** Whether the stream has video on its default track, as far as is known. */
    boolean isVideoKnown() {
        return videoKnown;
    }

    /** Completes with the reason when the stream is over and all work of {@link #beforeEnd} is done. */
    CompletionStage<EndReason> end() {
        return end.minimalCompletionStage();
    }

    Optional<EndReason> endReason() {
        return endReason;
    }

    boolean isEnded() {
        return endReason.isPresent();
    }

    /**
     * Adds work that {@link #end()} waits for, started when the stream ends. Returns false if it has ended.
     *
     * @param work starts the work; must not throw
     */
    synchronized boolean beforeEnd(Supplier<CompletionStage<?>> work) {
        return endReason.isEmpty() && beforeEnd.add(work);
    }

    /** Ends the stream: readers get the rest of the ring, and then the end. Does nothing if it is over. */
    void end(EndReason reason) {
        synchronized (this) {
            if (endReason.isPresent()) {
                return;
            }
            endReason = Optional.of(reason);
        }
        CompletableFuture<?>[] work = beforeEnd.stream()
                .map(each -> each.get().toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(work).whenComplete((done, failure) -> end.complete(reason));
        wake();
    }

    // The writer's side.

    /** Makes the publications so far too old to write. */
    long startEpoch() {
        long started = EPOCHS.incrementAndGet();
        epoch = started;
        return started;
    }

    /** The epoch of the publication that may write. */
    long epoch() {
        return epoch;
    }

    /** Adds a frame to the ring, behind the headers in force. Readers are not woken. */
    void write(MediaFrame frame) {
        videoKnown |= frame.kind() == MediaKind.VIDEO && frame.trackId() == 0;
        ring.write(frame, headers);
    }

    /**
     * Puts metadata, sequence headers or configurations in force. Those that are too long or fit no track are dropped
     * and counted.
     */
    void writeHeaders(MediaFrame message) {
        for (MediaFrame header : FlvFrames.split(message)) {
            int most = header.role() == FrameRole.METADATA ? MAX_METADATA_BYTES : MAX_HEADER_BYTES;
            if (header.size() > most || header.role() == FrameRole.CONFIGURATION && !fitsTrack(header)) {
                counters.ignored();
            } else {
                headers = headers.with(header);
                videoKnown |= header.kind() == MediaKind.VIDEO && header.trackId() == 0;
            }
        }
    }

    /**
     * A configuration never selects the codec of a track: FFmpeg sends those of extra tracks as if they were of the
     * default one.
     */
    private boolean fitsTrack(MediaFrame configuration) {
        return headers.track(configuration.kind(), configuration.trackId())
                .flatMap(track -> track.sequenceHeader())
                .map(header -> header.codec() == configuration.codec())
                .orElse(false);
    }

    // The readers' side.

    /** Adds a reader and wakes it. */
    void add(Subscription subscription, Executor executor) {
        synchronized (this) {
            Pump pump = pumpOn(executor);
            subscription.assign(pump);
            pump.add(subscription);
        }
        subscription.wake();
    }

    private Pump pumpOn(Executor executor) {
        for (Pump pump : pumps) {
            if (pump.runsOn(executor)) {
                return pump;
            }
        }
        Pump pump = new Pump(this, executor);
        Pump[] more = Arrays.copyOf(pumps, pumps.length + 1);
        more[more.length - 1] = pump;
        pumps = more;
        return pump;
    }

    /** Removes a reader and returns true if it was there. */
    synchronized boolean remove(Subscription subscription) {
        Pump pump = subscription.pump();
        boolean removed = pump.remove(subscription);
        if (pump.size() == 0) {
            forget(pump);
        }
        return removed;
    }

    /** Removes a pump whose executor runs nothing any more, with its readers. */
    synchronized void abandon(Pump pump) {
        forget(pump);
        for (int i = pump.size(); i > 0; i--) {
            counters.subscriberFailed();
        }
    }

    private void forget(Pump pump) {
        pumps = Arrays.stream(pumps).filter(other -> other != pump).toArray(Pump[]::new);
    }

    /** Wakes all readers. Takes no lock. */
    void wake() {
        for (Pump pump : pumps) {
            pump.wake();
        }
    }

    List<Subscription> subscriptions() {
        return Arrays.stream(pumps).flatMap(pump -> pump.subscriptions().stream()).toList();
    }

    StreamStatistics statistics() {
        int subscribers = 0;
        int players = 0;
        for (Pump pump : pumps) {
            subscribers += pump.size();
            players += pump.players();
        }
        return counters.snapshot(subscribers, players);
    }
}
