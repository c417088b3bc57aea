package dev.millrace.rtmp.stream;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Decides who owns a name, and finds the stream behind one. Fan-out is not its business: that is {@link LiveStream}'s.
 *
 * <p>A host with one process uses {@link #inMemory()}. A host with many wraps it: it claims the name elsewhere before it delegates
 * {@link #publish}, and starts a pull when {@link #find} misses. Implementations are thread-safe, do not block, and may complete their stages on
 * any thread.
 */
public interface StreamRegistry {

    /**
     * Claims a name for a new stream.
     *
     * @param name the name
     * @param options how the stream is kept and sent
     * @return completes with the right to write; fails with {@link StreamBusyException} if the name has a live publisher. The name is free again
     *     when the stream is over
     */
    CompletionStage<Publication> publish(StreamName name, StreamOptions options);

    /**
     * Finds a live stream. Asked again about five times a second for each player that waits for a stream, so a pull should be started once.
     *
     * @param name the name
     * @return completes with the stream, or empty if there is none
     */
    CompletionStage<Optional<LiveStream>> find(StreamName name);

    /**
     * All live streams of this process.
     *
     * @return a snapshot in no order
     */
    Collection<LiveStream> streams();

    /**
     * A registry for one process.
     *
     * @return a new registry with resources of its own
     */
    static StreamRegistry inMemory() {
        return inMemory(StreamResources.create());
    }

    /**
     * A registry for one process.
     *
     * @param resources what its streams share
     * @return a new registry
     */
    static StreamRegistry inMemory(StreamResources resources) {
        return new InMemoryStreamRegistry(resources);
    }
}
