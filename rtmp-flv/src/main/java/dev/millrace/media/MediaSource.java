package dev.millrace.media;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A stream of frames that subscribers can be added to: a live stream, or anything else that delivers {@linkplain MediaFrame frames}.
 *
 * <p>Packagers and recorders depend on this interface alone, so that they work without a server. Implementations are thread-safe.
 */
public interface MediaSource {

    /**
     * Returns the name of the stream, such as {@code rtmp/live/test123}. Sources of the same name are publications of one stream, one after the
     * other.
     *
     * @return the path, without secrets; never empty, and the same at each call
     */
    String name();

    /**
     * Delivers all messages of the stream, from the earliest that the source still has.
     *
     * @param subscriber the subscriber; its methods are called on {@code executor} only, one at a time
     * @param executor the executor that runs the subscriber; it may have many threads
     * @return the subscription, which {@link Cancellable#cancel()} ends
     */
    Cancellable subscribe(MediaSubscriber subscriber, Executor executor);

    /**
     * Returns a stage that completes when the stream has ended.
     *
     * @return the reason of the end; completes on any thread and never fails
     */
    CompletionStage<EndReason> end();
}
