package dev.millrace.examples;

import dev.millrace.media.Cancellable;
import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.Scheduler;
import dev.millrace.media.StreamHeaders;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.PublishOptions;
import dev.millrace.rtmp.stream.StreamListener;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.SubscribeOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry for one node of a cluster: a name has one publisher in all nodes, and a stream of another node
 * is pulled when a player of this node asks for it. Wraps a claiming registry, which does everything else.
 * Thread-safe.
 */
public final class ClusterRegistry implements StreamRegistry {

    /** Pulls a stream from the node that has it, over RTMP or any other protocol of the nodes. */
    @FunctionalInterface
    interface Puller {

        /** Publishes the stream to {@code local}, completes with it, and forwards frames until the stream ends. */
        CompletionStage<LiveStream> pull(StreamName name, String node, StreamRegistry local);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ClusterRegistry.class);

    /** Waiting players ask once a second each; after a miss, the directory is not asked again for this long. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final String node;
    private final StreamRegistry local;
    private final StreamRegistry claiming;
    private final NameDirectory directory;
    private final Puller puller;
    private final Scheduler scheduler;
    private final InstantSource clock;

    private final Map<StreamName, CompletableFuture<Optional<LiveStream>>> pulls = new ConcurrentHashMap<>();

    ClusterRegistry(
            String node, StreamRegistry local, NameDirectory directory, Puller puller, Scheduler scheduler, InstantSource clock) {
        this.node = node;
        this.local = local;
        this.claiming = StreamRegistry.claiming(local, directory.claims(node));
        this.directory = directory;
        this.puller = puller;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /**
     * Runs two nodes in one process until it is terminated.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        NameDirectory directory = new NameDirectory();
        Map<String, StreamRegistry> locals = Map.of("one", StreamRegistry.inMemory(), "two", StreamRegistry.inMemory());
        Puller puller = (name, node, local) -> pull(locals.get(node), name, local);
        for (Map.Entry<String, Integer> node : Map.of("one", 1935, "two", 1936).entrySet()) {
            ClusterRegistry registry = new ClusterRegistry(
                    node.getKey(), locals.get(node.getKey()), directory, puller, Scheduler.shared(), InstantSource.system());
            RtmpServer.builder().port(node.getValue()).registry(registry).build().start().join();
        }
        System.out.println("Publish to rtmp://localhost:1935/live/NAME and play rtmp://localhost:1936/live/NAME, or the other way round");
    }

    @Override
    public CompletionStage<Publication> publish(StreamName name, StreamOptions options) {
        return claiming.publish(name, options);
    }

    @Override
    public CompletionStage<Publication> publish(StreamName name, PublishOptions options) {
        return claiming.publish(name, options);
    }

    @Override
    public CompletionStage<Optional<LiveStream>> find(StreamName name) {
        return local.find(name).thenCompose(found -> found.isPresent() ? CompletableFuture.completedStage(found) : pullOnce(name));
    }

    /** Concurrent callers share one pull. */
    private CompletionStage<Optional<LiveStream>> pullOnce(StreamName name) {
        CompletableFuture<Optional<LiveStream>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<LiveStream>> running = pulls.putIfAbsent(name, mine);
        if (running != null) {
            return running;
        }
        directory.owner(name).thenCompose(owner -> pullFrom(owner, name)).whenComplete((pulled, failure) -> {
            if (failure == null && pulled.isPresent()) {
                pulls.remove(name, mine);
                mine.complete(pulled);
                return;
            }
            if (failure != null) {
                LOG.warn("{} could not be pulled: {}", name, failure.toString());
            }
            scheduler.at(clock.instant().plus(RETRY), () -> pulls.remove(name, mine));
            mine.complete(Optional.empty());
        });
        return mine;
    }

    private CompletionStage<Optional<LiveStream>> pullFrom(Optional<String> owner, StreamName name) {
        return owner.filter(other -> !other.equals(node))
                .map(other -> puller.pull(name, other, local).thenApply(Optional::of))
                .orElse(CompletableFuture.completedStage(Optional.empty()));
    }

    @Override
    public Collection<LiveStream> streams() {
        return local.streams();
    }

    // watch is not delegated: a stream may start on another node, so waiting players ask again once a second.
    @Override
    public Cancellable addListener(StreamListener listener) {
        return local.addListener(listener);
    }

    /** Pulls between nodes of one process. Over a network, a client plays there and publishes here in the same way. */
    static CompletionStage<LiveStream> pull(StreamRegistry from, StreamName name, StreamRegistry to) {
        return from.find(name).thenCompose(found -> {
            LiveStream source = found.orElseThrow(() -> new IllegalStateException(name + " is over"));
            return to.publish(name, source.options()).thenApply(copy -> {
                source.subscribe(new Relay(copy), ForkJoinPool.commonPool(), SubscribeOptions.EVERYTHING);
                return copy.stream();
            });
        });
    }

    /** Forwards frames to a publication. */
    private record Relay(Publication to) implements MediaSubscriber {

        @Override
        public void onStart(StreamHeaders headers) {
            headers.changesSince(StreamHeaders.EMPTY).forEach(to::publish);
        }

        @Override
        public void onFrame(MediaFrame frame) {
            to.publish(frame);
        }

        @Override
        public void onBatchEnd() {
            to.flush();
        }

        @Override
        public void onEnd(EndReason reason) {
            to.close(reason);
        }
    }
}
