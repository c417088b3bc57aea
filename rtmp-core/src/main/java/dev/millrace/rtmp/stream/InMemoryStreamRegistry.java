package dev.millrace.rtmp.stream;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Streams of one process by name. A stream is there from the moment it has a publisher until it is over. */
final class InMemoryStreamRegistry implements StreamRegistry {

    private final StreamResources resources;
    private final Map<StreamName, LiveStream> streams = new ConcurrentHashMap<>();

    InMemoryStreamRegistry(StreamResources resources) {
        this.resources = resources;
    }

    @Override
    public CompletionStage<Publication> publish(StreamName name, StreamOptions options) {
        LiveStream old = streams.get(name);
        if (old != null && old.endReason().isEmpty()) {
            return CompletableFuture.failedStage(new StreamBusyException(name));
        }
        LiveStream created = LiveStream.create(name, options, resources);
        LiveStream owner = streams.merge(name, created, (first, second) -> first.endReason().isPresent() ? second : first);
        if (owner != created) {
            return CompletableFuture.failedStage(new StreamBusyException(name));
        }
        created.end().thenRun(() -> streams.remove(name, created));
        return CompletableFuture.completedStage(created.publication());
    }

    @Override
    public CompletionStage<Optional<LiveStream>> find(StreamName name) {
        return CompletableFuture.completedStage(Optional.ofNullable(streams.get(name)).filter(stream -> stream.endReason().isEmpty()));
    }

    @Override
    public Collection<LiveStream> streams() {
        return List.copyOf(streams.values());
    }
}
