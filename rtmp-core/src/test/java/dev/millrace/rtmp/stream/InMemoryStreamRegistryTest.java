package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.media.Scheduler;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.testkit.StreamRegistryContract;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class InMemoryStreamRegistryTest extends StreamRegistryContract {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    protected StreamRegistry createRegistry() {
        return StreamRegistry.inMemory();
    }

    @Test
    void givesItsResourcesToItsStreams() {
        StreamResources resources = new StreamResources(
                new ByteBudget(1 << 20), UnpooledByteBufAllocator.DEFAULT, InstantSource.fixed(NOW), Scheduler.shared());
        StreamRegistry registry = StreamRegistry.inMemory(resources);
        Publication publication = registry.publish(new StreamName("live/a"), StreamOptions.DEFAULT).toCompletableFuture().join();
        assertEquals(NOW, publication.stream().startTime());
        publication.publish(Frames.audio(0));
        assertEquals(Frames.audio(0).size() + 96, resources.ringBytes().usedBytes());
        publication.close();
        assertEquals(0, resources.ringBytes().usedBytes());
    }
}
