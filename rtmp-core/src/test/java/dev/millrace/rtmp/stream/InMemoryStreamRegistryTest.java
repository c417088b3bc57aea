package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.media.Cancellable;
import dev.millrace.media.EndReason;
import dev.millrace.media.Scheduler;
import dev.millrace.rtmp.ByteBudget;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InMemoryStreamRegistryTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void callsWatchesOfANameAtItsStartsOnly() {
        StreamRegistry registry = StreamRegistry.inMemory();
        AtomicInteger calls = new AtomicInteger();
        Cancellable watch = registry.watch(new StreamName("live/a"), calls::incrementAndGet);
        registry.publish(new StreamName("live/b"), StreamOptions.DEFAULT);
        assertEquals(0, calls.get());
        Publication publication = registry.publish(new StreamName("live/a"), StreamOptions.DEFAULT).toCompletableFuture().join();
        assertEquals(1, calls.get());
        publication.close();
        assertEquals(1, calls.get());
        watch.cancel();
        registry.publish(new StreamName("live/a"), StreamOptions.DEFAULT);
        assertEquals(1, calls.get());
    }

    /** Streams come and go on many threads: each listener sees each stream start once, and then end once. */
    @Test
    void reportsStartsBeforeEndsOnManyThreads() throws Exception {
        StreamRegistry registry = StreamRegistry.inMemory();
        Map<LiveStream, String> events = new ConcurrentHashMap<>();
        registry.addListener(new StreamListener() {
            @Override
            public void onStreamStarted(LiveStream stream) {
                events.merge(stream, "start", String::concat);
            }

            @Override
            public void onStreamEnded(LiveStream stream, EndReason reason) {
                events.merge(stream, " end", String::concat);
            }
        });
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(CompletableFuture.runAsync(() -> {
                    for (int n = 0; n < 2_000; n++) {
                        StreamName name = new StreamName("live/" + n % 3);
                        registry.publish(name, StreamOptions.DEFAULT).thenAccept(Publication::close);
                        registry.find(name).thenAccept(found -> found.ifPresent(stream -> stream.close(EndReason.CLOSED_BY_HOST)));
                    }
                }, threads));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdown();
        }
        assertEquals(Set.of("start end"), Set.copyOf(events.values()));
        assertEquals(List.of(), List.copyOf(registry.streams()));
    }

    /** A registry of a host that has the three old methods only. */
    @Test
    void aRegistryThatReportsNothingIsAskedOnceASecond() {
        ManualTime time = new ManualTime();
        AtomicInteger calls = new AtomicInteger();
        RepeatedCall watch = RepeatedCall.start(time, time, Duration.ofSeconds(1), calls::incrementAndGet);
        time.advance(999);
        assertEquals(0, calls.get());
        time.advance(1);
        assertEquals(1, calls.get());
        time.advance(1_000);
        assertEquals(2, calls.get());
        watch.cancel();
        assertEquals(0, time.waiting());
        time.advance(5_000);
        assertEquals(2, calls.get());
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
