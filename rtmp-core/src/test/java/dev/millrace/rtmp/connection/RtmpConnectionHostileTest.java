package dev.millrace.rtmp.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.amf.AmfString;
import dev.millrace.media.Cancellable;
import dev.millrace.media.EndReason;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.message.Command;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients and hosts that misbehave. Cases are those of HOSTILE-INPUTS.md. */
class RtmpConnectionHostileTest {

    private final Stage stage = new Stage();

    @AfterEach
    void nothingIsHeld() {
        stage.close();
    }

    // Case 43.
    @Test
    void publishOnAMessageStreamThatDoesNotExistIsRefused() {
        TestClient client = stage.client("live");
        client.session.publish("other");
        stage.settle();
        client.command(9, Commands.publish("cam"));
        stage.settle();
        assertEquals("error on 9", client.told(Status.PUBLISH_BAD_NAME));
        assertTrue(stage.stream("live/cam").isEmpty());
    }

    // Case 43.
    @Test
    void publishAndPlayShareNoMessageStream() {
        TestClient client = stage.publisher("cam");
        client.command(TestClient.FIRST, Commands.publish("second"));
        client.command(TestClient.FIRST, Commands.play("cam"));
        stage.settle();
        assertEquals("error on 1", client.told(Status.PUBLISH_BAD_NAME));
        assertEquals("error on 1", client.told(Status.PLAY_FAILED));
        assertFalse(client.isClosed());
        assertEquals(1, stage.registry.streams().size());
    }

    // Case 43.
    @Test
    void mediaBeforePublishAreIgnored() {
        TestClient client = stage.client("live");
        stage.settle();
        client.send(MediaKind.VIDEO, 0, TestMedia.KEYFRAME);
        client.session.publish("cam");
        stage.settle();
        assertTrue(Stage.publishes(client));
        assertEquals(0, stage.stream("live/cam").orElseThrow().statistics().videoFrames());
    }

    // Case 46.
    @Test
    void mediaAfterTheEndAreIgnored() {
        TestClient client = stage.publisher("cam");
        client.session.stop(TestClient.FIRST, "cam");
        client.send(MediaKind.VIDEO, 0, TestMedia.KEYFRAME);
        stage.settle();
        assertTrue(stage.registry.streams().isEmpty());
        assertFalse(client.isClosed());
        assertTrue(client.connection.statistics().ignoredMessages() > 0);
    }

    // Case 46.
    @ParameterizedTest(name = "{0}")
    @CsvSource({"hangs up", "says so", "says so and hangs up at once"})
    void aThousandPublishersThatCloseAtOnceLeaveNothing(String how) {
        for (int i = 0; i < 1000; i++) {
            TestClient client = stage.publisher("cam");
            assertTrue(Stage.publishes(client), "round " + i);
            TestMedia.headers(client);
            client.send(MediaKind.VIDEO, 0, TestMedia.KEYFRAME);
            if (!how.equals("hangs up")) {
                client.session.stop(TestClient.FIRST, "cam");
            }
            client.exchange();
            stage.forget(client);
            assertTrue(stage.registry.streams().isEmpty(), "round " + i);
        }
        assertEquals(0, stage.ringBytes.usedBytes());
    }

    // Case 47.
    @Test
    void whoIsRefusedAndDoesNotCloseIsClosed() {
        TestClient client = stage.client("live");
        client.closes = false;
        client.session.play("nothing");
        stage.settle();
        assertEquals("error on 1", client.told(Status.PLAY_STREAM_NOT_FOUND));
        assertTrue(client.pipe.closing);
        ByteBuf chatter = Unpooled.wrappedBuffer(new byte[1000]);
        client.connection.transportListener().received(chatter);
        assertFalse(chatter.isReadable());
        stage.advance(Duration.ofMillis(2_900));
        assertFalse(client.isClosed());
        stage.advance(Duration.ofMillis(200));
        assertTrue(client.isClosed());
        assertEquals(1, stage.heard.count("closed REFUSED"));
    }

    // Case 49.
    @Test
    void tenThousandUnknownNamesLeaveNothing() {
        for (int i = 0; i < 10_000; i++) {
            TestClient client = stage.player("unknown" + i);
            assertTrue(client.isTold(Status.PLAY_STREAM_NOT_FOUND));
            stage.forget(client);
        }
        assertTrue(stage.registry.streams().isEmpty());
        assertFalse(stage.executor.runAll());
    }

    // Case 51.
    @Test
    void manyCommandsEndTheConnection() {
        TestClient client = stage.publisher("cam");
        for (int i = 0; i < 5000; i++) {
            client.command(0, Commands.plain("_checkbw", i + 1));
        }
        stage.settle();
        assertTrue(client.isClosed());
        assertEquals(1, stage.heard.count("closed PROTOCOL_ERROR"));
        assertEquals(1, stage.heard.count("published live/cam CONNECTION_LOST"));
    }

    // Case 50.
    @Test
    void othersStreamsCannotBeReleased() {
        stage.publisher("cam");
        TestClient other = stage.client("live");
        other.session.publish("mine");
        stage.settle();
        for (String command : List.of("releaseStream", "FCPublish", "FCUnpublish")) {
            other.command(0, Command.of(command, 50, new AmfString("cam")));
        }
        stage.settle();
        assertEquals(2, stage.registry.streams().size());
    }

    // Case 72: a host whose listener throws in every method.
    @Test
    void aListenerThatThrowsHarmsNobody() {
        SafeListener safe = SafeListener.of(new ThrowingListener());
        stage.listener = safe;
        TestClient publisher = stage.publisher("cam");
        TestClient player = stage.player("cam");
        TestClient nobody = stage.player("nothing");
        publisher.send(MediaKind.VIDEO, 0, TestMedia.KEYFRAME);
        stage.settle();
        player.reads = false;
        for (int i = 0; i < 60; i++) {
            publisher.send(MediaKind.VIDEO, i * 1000, TestMedia.keyframe(50_000));
            stage.settle();
        }
        player.reads = true;
        stage.settle();
        assertTrue(Stage.publishes(publisher) && Stage.plays(player));
        assertTrue(nobody.isClosed());
        safe.onConnectionRefused(player.pipe.remoteAddress(), "too many");
        publisher.session.stop(TestClient.FIRST, "cam");
        stage.settle();
        publisher.hangUp();
        // Opened three times, published, played, refused, lost once and kept up again, not taken, stopped twice, closed twice.
        assertEquals(3 + 1 + 1 + 1 + 2 + 1 + 2 + 2, safe.failures());
    }

    @Test
    void servicesCountTheExceptionsOfTheirListener() {
        ConnectionServices services =
                ConnectionServices.create(stage.access, stage.registry, new ThrowingListener(), stage.limits);
        services.listener().onConnectionRefused(new InetSocketAddress(1935), "too many");
        services.listener().onConnectionRefused(new InetSocketAddress(1935), "too many");
        assertEquals(2, services.listenerFailures());
    }

    private static final class ThrowingListener implements RtmpListener {

        @Override
        public void onConnectionOpened(RtmpConnection connection) {
            throw new IllegalStateException("opened");
        }

        @Override
        public void onConnectionRefused(SocketAddress remoteAddress, String reason) {
            throw new IllegalStateException("not taken");
        }

        @Override
        public void onConnectionClosed(RtmpConnection connection, CloseReason reason) {
            throw new AssertionError("closed");
        }

        @Override
        public void onRequestRefused(RtmpConnection connection, String request, String code, String description) {
            throw new IllegalStateException("refused");
        }

        @Override
        public void onPublishStarted(RtmpConnection connection, LiveStream stream) {
            throw new AssertionError("publishes");
        }

        @Override
        public void onPublishStopped(RtmpConnection connection, LiveStream stream, EndReason reason) {
            throw new IllegalStateException("published");
        }

        @Override
        public void onPlayStarted(RtmpConnection connection, LiveStream stream) {
            throw new IllegalStateException("plays");
        }

        @Override
        public void onPlayStopped(RtmpConnection connection, LiveStream stream, EndReason reason) {
            throw new IllegalStateException("played");
        }

        @Override
        public void onLossStarted(RtmpConnection connection, LiveStream stream, long lostFrames) {
            throw new IllegalStateException("lost");
        }

        @Override
        public void onLossEnded(RtmpConnection connection, LiveStream stream, long lostFrames) {
            throw new IllegalStateException("keeps up");
        }
    }

    @Test
    void aHostsDefectEndsItsConnectionAndNotTheExecutor() {
        List<Runnable> watches = new ArrayList<>();
        AtomicInteger finds = new AtomicInteger();
        StreamRegistry memory = stage.registry;
        stage.registry = new StreamRegistry() {
            @Override
            public CompletionStage<Publication> publish(StreamName name, StreamOptions options) {
                return memory.publish(name, options);
            }

            @Override
            public CompletionStage<Optional<LiveStream>> find(StreamName name) {
                return finds.getAndIncrement() == 0 ? memory.find(name) : new BrokenStage<>();
            }

            @Override
            public Collection<LiveStream> streams() {
                return memory.streams();
            }

            @Override
            public Cancellable watch(StreamName name, Runnable changed) {
                watches.add(changed);
                return () -> {
                    throw new IllegalStateException("cancel, thrown by a test");
                };
            }
        };
        stage.access = new AccessPolicy() {
            @Override
            public CompletionStage<PlayDecision> play(PlayRequest request) {
                return CompletableFuture.completedStage(PlayDecision.accept().waitAtMost(Duration.ofMinutes(1)));
            }
        };
        TestClient player = stage.player("cam");
        watches.get(0).run();
        stage.settle();
        assertTrue(player.isClosed());
        assertEquals(1, stage.heard.count("closed PROTOCOL_ERROR"));
    }

    private static final class BrokenStage<T> extends CompletableFuture<T> {
        @Override
        public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
            throw new UnsupportedOperationException("not this one");
        }
    }
}
