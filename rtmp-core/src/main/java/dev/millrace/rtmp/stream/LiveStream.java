package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaSource;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The frames that are published under one name, and their subscribers. {@link Publication#create} makes a stream; it
 * ends when its publisher stops, or is lost and does not come back within {@link StreamOptions#resumeWindow()}. A later
 * publisher of the name is another stream.
 *
 * <p>Thread-safe. No lock is held while frames are written or read.
 */
public final class LiveStream implements MediaSource {

    private final FanOut fanOut;
    private final Instant startTime;

    LiveStream(StreamName name, StreamOptions options, StreamResources resources) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(resources, "resources");
        this.fanOut = new FanOut(name, options, resources);
        this.startTime = resources.clock().instant();
    }

    FanOut fanOut() {
        return fanOut;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The same as {@link #subscribe(MediaSubscriber, Executor, SubscribeOptions)} with
     * {@link SubscribeOptions#EVERYTHING}.
     */
    @Override
    public Subscription subscribe(MediaSubscriber subscriber, Executor executor) {
        return subscribe(subscriber, executor, SubscribeOptions.EVERYTHING);
    }

    /**
     * Delivers frames to a subscriber.
     *
     * @param subscriber called on {@code executor} only; if the stream is over, it receives the rest of the ring and
     *     the end
     * @param executor runs the subscriber; may have many threads. If it refuses a task, the subscription ends without
     *     notice
     * @param wanted where the subscriber starts, and what it receives
     * @return the subscription
     */
    public Subscription subscribe(MediaSubscriber subscriber, Executor executor, SubscribeOptions wanted) {
        Objects.requireNonNull(subscriber, "subscriber");
        return subscribe(new FrameSubscription(fanOut, wanted, subscriber), executor);
    }

    /**
     * Delivers bytes to a socket.
     *
     * @param sink called on its executor only
     * @param wanted where the sink starts, and what it receives
     * @return the subscription
     */
    public Subscription subscribe(WireSink sink, SubscribeOptions wanted) {
        Objects.requireNonNull(sink, "sink");
        return subscribe(new WireSubscription(fanOut, wanted, sink), sink.executor());
    }

    private Subscription subscribe(Subscription subscription, Executor executor) {
        fanOut.add(subscription, Objects.requireNonNull(executor, "executor"));
        return subscription;
    }

    /**
     * Returns the name of the stream in the form of interfaces to people and programs.
     *
     * @return {@link StreamName#publicForm()}, such as {@code rtmp/live/test123}
     */
    @Override
    public String name() {
        return fanOut.name().publicForm();
    }

    /**
     * Returns the name of the stream.
     *
     * @return the name that it was published under
     */
    public StreamName streamName() {
        return fanOut.name();
    }

    /**
     * Returns how the stream is kept and sent.
     *
     * @return the options that it was published with
     */
    public StreamOptions options() {
        return fanOut.options();
    }

    /**
     * Returns when the stream started.
     *
     * @return a time of the clock of its {@link StreamResources}
     */
    public Instant startTime() {
        return startTime;
    }

    /**
     * Returns the headers in force: those that a decoder needs before the next frame.
     *
     * @return the headers; empty at first
     */
    public StreamHeaders headers() {
        return fanOut.headers();
    }

    /**
     * Returns how long the publisher has sent no audio or video.
     *
     * @return the time since the last such frame, or since the start
     */
    public Duration idleTime() {
        long idleMillis = fanOut.resources().clock().millis() - fanOut.counters().lastFrameMillis();
        return Duration.ofMillis(Math.max(0, idleMillis));
    }

    /**
     * Returns the counters of the stream.
     *
     * @return a snapshot
     */
    public StreamStatistics statistics() {
        return fanOut.statistics();
    }

    /**
     * Returns the subscriptions to the stream.
     *
     * @return a snapshot in no order
     */
    public List<Subscription> subscriptions() {
        return fanOut.subscriptions();
    }

    /**
     * Returns why the stream is over, if it is.
     *
     * @return the reason, or empty while the stream is live
     */
    public Optional<EndReason> endReason() {
        return fanOut.endReason();
    }

    /**
     * Completes once, when the stream is over and its registry has freed its name everywhere. {@link #endReason()} may
     * be known before.
     *
     * @return a stage that completes on the thread that ends the stream, or on one of the registry's, and never fails
     */
    @Override
    public CompletionStage<EndReason> end() {
        return fanOut.end();
    }

    /**
     * Ends the stream. Subscribers receive the rest of the ring, and then the end. Does nothing if the stream is over.
     *
     * @param reason the reason for subscribers and for the publisher
     */
    public void close(EndReason reason) {
        fanOut.end(Objects.requireNonNull(reason, "reason"));
    }

    @Override
    public String toString() {
        return fanOut.name().toString();
    }
}
