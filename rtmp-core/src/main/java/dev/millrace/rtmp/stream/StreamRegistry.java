package dev.millrace.rtmp.stream;

import dev.millrace.media.Cancellable;
import dev.millrace.media.EndReason;
import dev.millrace.media.Scheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The streams of a process by name. It decides who may publish under a name, and finds the stream of a name;
 * {@link LiveStream} does the fan-out.
 *
 * <p>A host with one process uses {@link #inMemory()}. A host with many uses {@link #claiming}, and may wrap that to
 * start a pull when {@link #find} misses. A registry that wraps another should delegate the default methods too.
 * Implementations are thread-safe, do not block, and may complete their stages on any thread.
 */
public interface StreamRegistry {

    /**
     * Claims a name for a new stream.
     *
     * @param name the name
     * @param options how the stream is kept and sent
     * @return completes with the right to write; fails with {@link StreamBusyException} if the name has a live
     *     publisher. The name is free again when the stream is over
     */
    CompletionStage<Publication> publish(StreamName name, StreamOptions options);

    /**
     * Claims a name for a new stream, or takes it from a publisher whose name may be taken.
     *
     * <p>The default method calls {@link #publish(StreamName, StreamOptions)}; if the name is in use and may be taken,
     * it closes the stream that {@link #find} returns and publishes again, once.
     *
     * @param name the name
     * @param options how the name is claimed, and how the stream is kept and sent
     * @return completes with the right to write; fails with {@link StreamBusyException} if the name has a live
     *     publisher and may not be taken. The name is free again when the stream is over
     */
    default CompletionStage<Publication> publish(StreamName name, PublishOptions options) {
        Takeover takeover = options.takeover();
        CompletionStage<Publication> claimed = publish(name, options.options());
        if (takeover.afterIdle().isEmpty()) {
            return claimed;
        }
        return claimed.exceptionallyCompose(failure -> {
            if (!StreamBusyException.isCauseOf(failure)) {
                return CompletableFuture.failedStage(failure);
            }
            return find(name).thenCompose(owner -> {
                owner.filter(stream -> takeover.allows(stream.idleTime()))
                        .ifPresent(stream -> stream.close(EndReason.TAKEN_OVER));
                return publish(name, options.options());
            });
        });
    }

    /**
     * Finds a live stream. For players that wait for a stream it is asked again after each call of their
     * {@linkplain #watch watch}, so a pull should be started once.
     *
     * @param name the name
     * @return completes with the stream, or empty if there is none
     */
    CompletionStage<Optional<LiveStream>> find(StreamName name);

    /**
     * Returns the live streams of this process.
     *
     * @return a snapshot in no order
     */
    Collection<LiveStream> streams();

    /**
     * Adds a listener for the start and end of each stream of this process. Streams that are live already are not
     * reported.
     *
     * @param listener the listener; if added twice, it is called twice
     * @return removes the listener; a call that is under way is not waited for
     * @throws UnsupportedOperationException if the registry does not report starts and ends, as this default method
     */
    default Cancellable addListener(StreamListener listener) {
        throw new UnsupportedOperationException(getClass().getName() + " does not report starts and ends of streams");
    }

    /**
     * Calls back whenever {@link #find} of a name may have a new stream, until it is cancelled. Used for players that
     * wait for a stream.
     *
     * <p>The default method calls back once a second, since a registry that does not override it may learn of streams
     * from anywhere.
     *
     * @param name the name
     * @param changed called on any thread, without a lock held; must not block
     * @return ends the calls; one that is under way is not waited for
     */
    default Cancellable watch(StreamName name, Runnable changed) {
        return RepeatedCall.start(Scheduler.shared(), InstantSource.system(), Duration.ofSeconds(1), changed);
    }

    /**
     * Creates a registry for one process of many: it claims each name in all of them before it publishes it here.
     *
     * <p>Claims and releases of a name are made one after the other. A claim is released when its stream is over, and
     * {@link LiveStream#end()} completes after that: a publisher that waits for the end can publish in any process. A publisher that
     * takes over the name of another of this process gets its claim transferred. A claim that is lost ends its stream.
     * Finding, listing and listening are those of {@code local}. A claim or release that is not answered within 30 s
     * lets the next one begin.
     *
     * @param local the registry of this process
     * @param claims the claims that all processes share
     * @return a new registry
     */
    static StreamRegistry claiming(StreamRegistry local, NameClaims claims) {
        return new ClaimingStreamRegistry(local, claims, ClaimingStreamRegistry.LIMIT);
    }

    /**
     * Creates a registry for one process.
     *
     * @return a new registry with resources of its own
     */
    static StreamRegistry inMemory() {
        return inMemory(StreamResources.create());
    }

    /**
     * Creates a registry for one process.
     *
     * @param resources the resources that its streams share
     * @return a new registry
     */
    static StreamRegistry inMemory(StreamResources resources) {
        return new InMemoryStreamRegistry(resources);
    }
}
