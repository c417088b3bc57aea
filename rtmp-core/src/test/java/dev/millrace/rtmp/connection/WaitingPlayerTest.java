package dev.millrace.rtmp.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.Cancellable;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Players that wait for a stream, with a registry whose answers and changes the test decides. */
class WaitingPlayerTest {

    private final Stage stage = new Stage();
    private final StreamRegistry memory = stage.registry;

    /** The finds that are not answered yet. */
    private final List<CompletableFuture<Optional<LiveStream>>> finds = new ArrayList<>();

    private final List<Runnable> watches = new ArrayList<>();
    private Optional<RuntimeException> watchFailure = Optional.empty();

    /** Publishes in memory; finds nothing by itself. */
    private final class Scripted implements StreamRegistry {

        @Override
        public CompletionStage<Publication> publish(StreamName name, StreamOptions options) {
            return memory.publish(name, options);
        }

        @Override
        public CompletionStage<Optional<LiveStream>> find(StreamName name) {
            CompletableFuture<Optional<LiveStream>> find = new CompletableFuture<>();
            finds.add(find);
            return find;
        }

        @Override
        public Collection<LiveStream> streams() {
            return memory.streams();
        }

        @Override
        public Cancellable watch(StreamName name, Runnable changed) {
            watchFailure.ifPresent(failure -> {
                throw failure;
            });
            watches.add(changed);
            return () -> watches.remove(changed);
        }
    }

    @BeforeEach
    void waitForAMinute() {
        stage.registry = new Scripted();
        stage.access = new AccessPolicy() {
            @Override
            public CompletionStage<PlayDecision> play(PlayRequest request) {
                return CompletableFuture.completedStage(PlayDecision.accept().waitAtMost(Duration.ofMinutes(1)));
            }
        };
    }

    @AfterEach
    void nothingIsHeld() {
        stage.close();
    }

    private void answer(Optional<LiveStream> found) {
        finds.remove(0).complete(found);
        stage.settle();
    }

    private void change() {
        List.copyOf(watches).forEach(Runnable::run);
        stage.settle();
    }

    @Test
    void asksAgainAfterAChangeOnly() {
        TestClient player = stage.player("cam");
        answer(Optional.empty());
        stage.advance(Duration.ofSeconds(30));
        assertEquals(List.of(), finds);
        change();
        assertEquals(1, finds.size());
        answer(Optional.empty());
        Publication publication = memory.publish(new StreamName("live/cam"), StreamOptions.DEFAULT).toCompletableFuture().join();
        change();
        answer(Optional.of(publication.stream()));
        assertTrue(Stage.plays(player));
        assertEquals(List.of(), watches);
        publication.close();
    }

    /** The registry had looked before the stream started, and answers after it has reported the start. */
    @Test
    void asksAgainIfAChangeOvertakesAnAnswer() {
        stage.player("cam");
        change();
        change();
        assertEquals(1, finds.size());
        answer(Optional.empty());
        assertEquals(1, finds.size());
        answer(Optional.empty());
        assertEquals(List.of(), finds);
        assertEquals(1, watches.size());
    }

    @Test
    void changesAfterTheEndOfTheWaitAreIgnored() {
        TestClient player = stage.player("cam");
        answer(Optional.empty());
        Runnable late = watches.get(0);
        stage.advance(Duration.ofSeconds(61));
        assertEquals("error on 1", player.told(Status.PLAY_STREAM_NOT_FOUND));
        assertEquals(List.of(), watches);
        late.run();
        stage.settle();
        assertEquals(List.of(), finds);
    }

    @Test
    void aPlayerThatLeavesWatchesNoLonger() {
        TestClient player = stage.player("cam");
        answer(Optional.empty());
        assertEquals(1, watches.size());
        player.hangUp();
        stage.settle();
        assertEquals(List.of(), watches);
    }

    @Test
    void aPlayerThatNeedNotWaitWatchesNothing() {
        stage.access = AccessPolicy.ALLOW_ALL;
        stage.player("cam");
        assertEquals(List.of(), watches);
        answer(Optional.empty());
    }

    @Test
    void aRegistryThatCannotBeWatchedRefusesThePlayer() {
        watchFailure = Optional.of(new IllegalStateException("no watch, thrown by a test"));
        TestClient player = stage.player("cam");
        assertEquals("error on 1", player.told(Status.PLAY_FAILED));
        assertFalse(Stage.plays(player));
        assertEquals(List.of(), finds);
    }
}
