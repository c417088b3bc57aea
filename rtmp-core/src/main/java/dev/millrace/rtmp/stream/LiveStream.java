package dev.millrace.rtmp.stream;

import dev.millrace.flv.FlvFrames;
import dev.millrace.media.EndReason;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.MediaSource;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * One publisher's frames and those who want them. It ends with its publisher; a later publisher of the same name is another stream.
 *
 * <p>Thread-safe, but for the {@link #publication()}, which has one user at a time. No lock is held while frames are written or read.
 */
public final class LiveStream implements MediaSource {

    /** Longest header or configuration of a track. x265 writes two KiB; each player that joins gets all of them at once. */
    private static final int MAX_HEADER_BYTES = 64 << 10;

    /** Longest metadata. */
    private static final int MAX_METADATA_BYTES = 256 << 10;

    private final StreamName name;
    private final StreamOptions options;
    private final StreamResources resources;
    private final FrameRing ring;
    private final Instant startTime;
    private final StreamCounters counters;
    private final CompletableFuture<EndReason> end = new CompletableFuture<>();
    private final Publication publication;

    private volatile StreamHeaders headers = StreamHeaders.EMPTY;
    private volatile boolean videoKnown;
    private final Pumps pumps = new Pumps(this);

    private LiveStream(StreamName name, StreamOptions options, StreamResources resources) {
        this.name = Objects.requireNonNull(name, "name");
        this.options = Objects.requireNonNull(options, "options");
        this.resources = Objects.requireNonNull(resources, "resources");
        this.ring = new FrameRing(options.ring(), resources.ringBytes());
        this.startTime = resources.clock().instant();
        this.counters = new StreamCounters(startTime.toEpochMilli());
        this.publication = new Writer();
    }

    /**
     * Makes a stream that nobody has written to. Registries call this.
     *
     * @param name its name
     * @param options how it is kept and sent
     * @param resources what it shares with others
     * @return a stream
     */
    public static LiveStream create(StreamName name, StreamOptions options, StreamResources resources) {
        return new LiveStream(name, options, resources);
    }

    /**
     * The right to write, of which there is one.
     *
     * @return the same object at each call
     */
    public Publication publication() {
        return publication;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The same as {@link #subscribe(MediaSubscriber, Executor, SubscribeOptions)} with {@link SubscribeOptions#EVERYTHING}.
     */
    @Override
    public Subscription subscribe(MediaSubscriber subscriber, Executor executor) {
        return subscribe(subscriber, executor, SubscribeOptions.EVERYTHING);
    }

    /**
     * Delivers frames to a subscriber.
     *
     * @param subscriber called on {@code executor} only; if the stream is over, it gets what is left and the end
     * @param executor where the subscriber's code runs; may have many threads. If it refuses work, the subscription ends in silence
     * @param wanted what to deliver
     * @return the subscription
     */
    public Subscription subscribe(MediaSubscriber subscriber, Executor executor, SubscribeOptions wanted) {
        Objects.requireNonNull(subscriber, "subscriber");
        return subscribe(new FrameSubscription(this, wanted, subscriber), executor);
    }

    /**
     * Delivers bytes to a socket.
     *
     * @param sink called on its executor only
     * @param wanted what to deliver
     * @return the subscription
     */
    public Subscription subscribe(WireSink sink, SubscribeOptions wanted) {
        Objects.requireNonNull(sink, "sink");
        return subscribe(new WireSubscription(this, wanted, sink), sink.executor());
    }

    private Subscription subscribe(Subscription subscription, Executor executor) {
        pumps.add(subscription, Objects.requireNonNull(executor, "executor"));
        subscription.wake();
        return subscription;
    }

    /** Whether it was there. */
    boolean remove(Subscription subscription) {
        return pumps.remove(subscription);
    }

    /** Forgets a pump whose executor runs nothing any more. */
    void abandon(Pump pump) {
        for (int i = pumps.abandon(pump); i > 0; i--) {
            counters.subscriberFailed();
        }
    }

    PumpRun newRun(JoinImages joinImages) {
        return new PumpRun(ring, resources.allocator(), counters, joinImages);
    }

    FrameRing ring() {
        return ring;
    }

    StreamResources resources() {
        return resources;
    }

    StreamCounters counters() {
        return counters;
    }

    boolean isVideoKnown() {
        return videoKnown;
    }

    /**
     * Returns the name of the stream in the form of interfaces to people and programs.
     *
     * @return {@link StreamName#publicForm()}, such as {@code rtmp/live/test123}
     */
    @Override
    public String name() {
        return name.publicForm();
    }

    /**
     * Returns the name of the stream.
     *
     * @return the name that it was published under
     */
    public StreamName streamName() {
        return name;
    }

    /**
     * How the stream is kept and sent.
     *
     * @return options
     */
    public StreamOptions options() {
        return options;
    }

    /**
     * When it began.
     *
     * @return by the clock of the resources
     */
    public Instant startTime() {
        return startTime;
    }

    /**
     * What a decoder needs before the next frame.
     *
     * @return the headers in force
     */
    public StreamHeaders headers() {
        return headers;
    }

    /**
     * How long no audio or video has come.
     *
     * @return time since the last of them, or since the start
     */
    public Duration idleTime() {
        return Duration.ofMillis(Math.max(0, resources.clock().millis() - counters.lastFrameMillis()));
    }

    /**
     * Counters.
     *
     * @return a snapshot
     */
    public StreamStatistics statistics() {
        return counters.snapshot(pumps.subscribers(), pumps.players());
    }

    /**
     * Who takes the stream.
     *
     * @return a snapshot in no order
     */
    public List<Subscription> subscriptions() {
        return pumps.subscriptions();
    }

    /**
     * Why the stream is over, if it is.
     *
     * @return the reason, or empty while it lives
     */
    public Optional<EndReason> endReason() {
        return Optional.ofNullable(end.getNow(null));
    }

    /**
     * Completes when the stream is over.
     *
     * @return a stage that completes on the thread that ends the stream, and never fails
     */
    @Override
    public CompletionStage<EndReason> end() {
        return end.minimalCompletionStage();
    }

    /**
     * Ends the stream. Subscribers get what is in the ring, and then the end. Does nothing if it is over.
     *
     * @param reason told to subscribers and to the publisher
     */
    public void close(EndReason reason) {
        if (end.complete(Objects.requireNonNull(reason, "reason"))) {
            pumps.wake();
        }
    }

    @Override
    public String toString() {
        return name.toString();
    }

    /** The publisher's side. */
    private final class Writer implements Publication {

        private final long mergeWindowMillis = options.mergeWindow().toMillis();
        private final long audioDelayMillis = Math.max(mergeWindowMillis, options.audioDelay().toMillis());
        private final FlushTimer flushTimer = new FlushTimer(resources.clock(), resources.scheduler(), pumps::wake);
        private final Batch batch = new Batch();

        @Override
        public LiveStream stream() {
            return LiveStream.this;
        }

        @Override
        public void publish(MediaFrame frame) {
            if (end.isDone()) {
                counters.ignored();
                ring.giveBack();
                return;
            }
            counters.received(frame, resources.clock().millis());
            switch (frame.role()) {
                case METADATA, SEQUENCE_HEADER, CONFIGURATION -> FlvFrames.split(frame).forEach(this::header);
                default -> media(frame);
            }
        }

        private void media(MediaFrame frame) {
            videoKnown |= frame.kind() == MediaKind.VIDEO && frame.trackId() == 0;
            ring.write(frame, headers);
            batch.add(frame);
            if (batch.isLong()) {
                batch.clear();
                flushTimer.flushNow();
            }
        }

        private void header(MediaFrame header) {
            int most = header.role() == FrameRole.METADATA ? MAX_METADATA_BYTES : MAX_HEADER_BYTES;
            if (header.size() > most || header.role() == FrameRole.CONFIGURATION && !fitsTrack(header)) {
                counters.ignored();
                return;
            }
            headers = headers.with(header);
            videoKnown |= header.kind() == MediaKind.VIDEO && header.trackId() == 0;
        }

        /** A configuration never selects the codec of a track: FFmpeg sends those of extra tracks as if they were of the default one. */
        private boolean fitsTrack(MediaFrame configuration) {
            return headers.track(configuration.kind(), configuration.trackId())
                    .flatMap(track -> track.sequenceHeader())
                    .map(header -> header.codec() == configuration.codec())
                    .orElse(false);
        }

        @Override
        public void flush() {
            if (batch.isEmpty()) {
                return;
            }
            long delayMillis = videoKnown && !batch.hasVideo() ? audioDelayMillis : mergeWindowMillis;
            batch.clear();
            if (delayMillis == 0) {
                flushTimer.flushNow();
            } else {
                flushTimer.flushWithin(delayMillis);
            }
        }

        @Override
        public void timersOn(ScheduledExecutorService executor) {
            flushTimer.runOn(executor);
        }

        @Override
        public void close(EndReason reason) {
            LiveStream.this.close(reason);
            ring.giveBack();
        }
    }
}
