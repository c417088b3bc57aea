package dev.millrace.rtmp.stream;

import dev.millrace.media.Cancellable;
import dev.millrace.media.EndReason;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams of one process by name. A stream is listed from the moment it has a publisher until it ends. */
final class InMemoryStreamRegistry implements StreamRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(InMemoryStreamRegistry.class);

    private final StreamResources resources;
    private final Map<StreamName, Registered> streams = new ConcurrentHashMap<>();
    private final Set<Registration> listeners = ConcurrentHashMap.newKeySet();

    /** One addition of a listener, which may be added many times. Compared by identity. */
    private static final class Registration {

        private final StreamListener listener;

        Registration(StreamListener listener) {
            this.listener = listener;
        }
    }

    /** A stream, and how far its start and end are reported. */
    private final class Registered {

        private final LiveStream stream;
        private final AtomicBoolean endReported = new AtomicBoolean();
        private volatile boolean startReported;

        Registered(LiveStream stream) {
            this.stream = stream;
        }

        boolean isLive() {
            return stream.endReason().isEmpty();
        }

        void reportStart() {
            report(stream, "start", listener -> listener.onStreamStarted(stream));
            startReported = true;
        }

        /** Does nothing while the start is being reported; who reports that reports the end too. */
        void reportEnd() {
            if (startReported && endReported.compareAndSet(false, true)) {
                report(stream, "end", listener -> listener.onStreamEnded(stream, stream.endReason().orElseThrow()));
            }
        }
    }

    InMemoryStreamRegistry(StreamResources resources) {
        this.resources = resources;
    }

    @Override
    public CompletionStage<Publication> publish(StreamName name, StreamOptions options) {
        return publish(name, PublishOptions.DEFAULT.withOptions(options));
    }

    @Override
    public CompletionStage<Publication> publish(StreamName name, PublishOptions options) {
        Optional<LiveStream> owner = live(name);
        if (owner.isPresent() && !options.takeover().allows(owner.get().idleTime())) {
            return CompletableFuture.failedStage(new StreamBusyException(name));
        }
        owner.ifPresent(stream -> stream.close(EndReason.TAKEN_OVER));
        Publication created = Publication.create(name, options.options(), resources);
        Registered mine = new Registered(created.stream());
        for (Registered old = streams.putIfAbsent(name, mine); old != null; old = streams.putIfAbsent(name, mine)) {
            if (old.isLive()) {
                return CompletableFuture.failedStage(new StreamBusyException(name));
            }
            remove(old);
        }
        mine.reportStart();
        created.stream().end().thenRun(() -> remove(mine));
        return CompletableFuture.completedStage(created);
    }

    /**
     * Removes a stream that has ended. Its end is reported before its name is found free, unless another thread reports it at
     * the moment.
     */
    private void remove(Registered ended) {
        ended.reportEnd();
        streams.remove(ended.stream.streamName(), ended);
    }

    private void report(LiveStream stream, String event, Consumer<StreamListener> call) {
        for (Registration registration : listeners) {
            try {
                call.accept(registration.listener);
            } catch (RuntimeException | Error e) {
                LOG.warn("Stream listener failed stream={} event={}", stream, event, e);
            }
        }
    }

    private Optional<LiveStream> live(StreamName name) {
        return Optional.ofNullable(streams.get(name)).filter(Registered::isLive).map(registered -> registered.stream);
    }

    @Override
    public CompletionStage<Optional<LiveStream>> find(StreamName name) {
        return CompletableFuture.completedStage(live(name));
    }

    @Override
    public Collection<LiveStream> streams() {
        return streams.values().stream().filter(Registered::isLive).map(registered -> registered.stream).toList();
    }

    @Override
    public Cancellable addListener(StreamListener listener) {
        Registration registration = new Registration(Objects.requireNonNull(listener, "listener"));
        listeners.add(registration);
        return () -> listeners.remove(registration);
    }

    @Override
    public Cancellable watch(StreamName name, Runnable changed) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(changed, "changed");
        return addListener(new StreamListener() {
            @Override
            public void onStreamStarted(LiveStream stream) {
                if (stream.streamName().equals(name)) {
                    changed.run();
                }
            }
        });
    }
}
