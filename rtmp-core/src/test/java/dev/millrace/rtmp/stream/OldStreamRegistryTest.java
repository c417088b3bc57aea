package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.Cancellable;
import dev.millrace.media.EndReason;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The default methods of a registry that implements the abstract ones alone, and completes its stages later. */
class OldStreamRegistryTest {

    private static final StreamName NAME = new StreamName("live/old");
    private static final PublishOptions TAKING = PublishOptions.DEFAULT.withTakeover(Takeover.ALWAYS);

    private final StreamRegistry memory = StreamRegistry.inMemory();
    private final ManualExecutor executor = new ManualExecutor();
    private Optional<RuntimeException> failure = Optional.empty();

    private final StreamRegistry registry = new StreamRegistry() {

        @Override
        public CompletionStage<Publication> publish(StreamName name, StreamOptions options) {
            return later(() -> memory.publish(name, options));
        }

        @Override
        public CompletionStage<Optional<LiveStream>> find(StreamName name) {
            return later(() -> memory.find(name));
        }

        @Override
        public Collection<LiveStream> streams() {
            return memory.streams();
        }

        private <T> CompletionStage<T> later(Supplier<CompletionStage<T>> call) {
            return CompletableFuture.runAsync(() -> failure.ifPresent(thrown -> {
                throw thrown;
            }), executor).thenCompose(done -> call.get());
        }
    };

    private Publication publish(PublishOptions options) {
        CompletableFuture<Publication> publication = registry.publish(NAME, options).toCompletableFuture();
        executor.runAll();
        return publication.join();
    }

    @Test
    void takesANameFromAPublisher() {
        Publication first = publish(PublishOptions.DEFAULT);
        Publication second = publish(TAKING);
        assertEquals(Optional.of(EndReason.TAKEN_OVER), first.stream().endReason());
        assertEquals(List.of(second.stream()), List.copyOf(registry.streams()));
    }

    @Test
    void refusesWhoMayNotTakeTheName() {
        Publication first = publish(PublishOptions.DEFAULT);
        CompletionException e = assertThrows(CompletionException.class, () -> publish(PublishOptions.DEFAULT));
        assertInstanceOf(StreamBusyException.class, e.getCause());
        assertEquals(Optional.empty(), first.stream().endReason());
    }

    @Test
    void passesOtherFailuresOn() {
        Publication first = publish(PublishOptions.DEFAULT);
        failure = Optional.of(new IllegalStateException("thrown by a test"));
        CompletionException e = assertThrows(CompletionException.class, () -> publish(TAKING));
        assertSame(failure.get(), e.getCause());
        assertEquals(Optional.empty(), first.stream().endReason());
    }

    @Test
    void callsWatchesAgainAndAgain() throws Exception {
        CountDownLatch calls = new CountDownLatch(2);
        Cancellable watch = registry.watch(NAME, calls::countDown);
        assertTrue(calls.await(30, TimeUnit.SECONDS));
        watch.cancel();
    }

    @Test
    void refusesListenersThatItWouldNotCall() {
        UnsupportedOperationException e =
                assertThrows(UnsupportedOperationException.class, () -> registry.addListener(new StreamListener() {}));
        assertEquals(registry.getClass().getName() + " does not report starts and ends of streams", e.getMessage());
    }
}
