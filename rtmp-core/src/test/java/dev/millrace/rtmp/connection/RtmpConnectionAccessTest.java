package dev.millrace.rtmp.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When and how the host's answer to a publisher takes effect. */
class RtmpConnectionAccessTest {

    private final Stage stage = new Stage();
    private final CompletableFuture<PublishDecision> decision = new CompletableFuture<>();

    @AfterEach
    void nothingIsHeld() {
        stage.close();
    }

    private TestClient asking() {
        stage.access = new AccessPolicy() {
            @Override
            public CompletionStage<PublishDecision> publish(PublishRequest request) {
                return decision;
            }
        };
        return stage.publisher("cam");
    }

    @Test
    void publishingStartsAfterTheDecisionAndNotBefore() {
        TestClient client = asking();
        assertFalse(Stage.publishes(client));
        assertTrue(stage.stream("live/cam").isEmpty());
        decision.complete(PublishDecision.accept());
        stage.settle();
        assertTrue(Stage.publishes(client));
    }

    @Test
    void requestsDoNotTellSecretsToLogs() {
        List<Object> requests = new ArrayList<>();
        stage.access = new AccessPolicy() {
            @Override
            public CompletionStage<PublishDecision> publish(PublishRequest request) {
                requests.add(request);
                return CompletableFuture.completedStage(PublishDecision.accept());
            }

            @Override
            public CompletionStage<PlayDecision> play(PlayRequest request) {
                requests.add(request);
                return CompletableFuture.completedStage(PlayDecision.accept());
            }
        };
        stage.publisher("s3cr3t?token=s3cr3t");
        stage.player("s3cr3t?token=s3cr3t");
        assertEquals(2, requests.size());
        assertFalse(requests.toString().contains("s3cr3t"), requests::toString);
    }

    @Test
    void anAnswerOnAnotherThreadIsTakenOnTheExecutor() throws InterruptedException {
        TestClient client = asking();
        Thread other = new Thread(() -> decision.complete(PublishDecision.accept()));
        other.start();
        other.join();
        assertTrue(stage.stream("live/cam").isEmpty(), "taken on the other thread");
        stage.settle();
        assertTrue(Stage.publishes(client));
    }

    @Test
    void whileTheHostThinksNothingMoreIsConsumed() {
        TestClient client = asking();
        assertFalse(client.pipe.reading);
        client.pipe.reading = true; // what was on its way when reading was turned off
        client.command(0, Commands.plain("createStream", 77));
        client.exchange();
        long before = client.pipe.writtenBytes;
        stage.settle();
        assertEquals(before, client.pipe.writtenBytes, "createStream was answered");

        decision.complete(PublishDecision.accept());
        stage.settle();
        assertTrue(client.pipe.writtenBytes > before);
        assertTrue(client.pipe.reading);
        assertFalse(client.isClosed());
    }

    @Test
    void whileTheHostThinksAtMost64KilobytesAreKept() {
        TestClient client = asking();
        ByteBuf much = Unpooled.wrappedBuffer(new byte[60 << 10]);
        client.connection.transportListener().received(much.duplicate());
        assertFalse(client.pipe.closing);
        client.connection.transportListener().received(much.duplicate());
        assertTrue(client.pipe.closing);
        client.hangUp();
        assertEquals(1, stage.heard.count("closed PROTOCOL_ERROR"));
    }

    @Test
    void noAnswerInTenSecondsIsARefusal() {
        TestClient client = asking();
        stage.advance(Duration.ofMillis(9_900));
        assertFalse(client.isClosed());
        stage.advance(Duration.ofMillis(200));
        refused(client);

        decision.complete(PublishDecision.accept());
        stage.settle();
        assertTrue(stage.registry.streams().isEmpty());
        assertEquals(0, stage.heard.count("publishes live/cam"));
    }

    private void refused(TestClient client) {
        assertEquals("error on 1", client.told(Status.PUBLISH_REJECTED));
        assertTrue(client.isClosed());
        assertEquals(1, stage.heard.count("refused publish " + Status.PUBLISH_REJECTED));
        assertEquals(1, stage.heard.count("closed REFUSED"));
    }

    @Test
    void nullInsteadOfAStageIsARefusal() {
        stage.access = new AccessPolicy() {
            @Override
            public CompletionStage<PublishDecision> publish(PublishRequest request) {
                return null;
            }
        };
        refused(stage.publisher("cam"));
    }

    @Test
    void nullInAStageIsARefusal() {
        TestClient client = asking();
        decision.complete(null);
        stage.settle();
        refused(client);
    }

    @Test
    void aFailedStageIsARefusal() {
        TestClient client = asking();
        decision.completeExceptionally(new IllegalStateException("database down"));
        stage.settle();
        refused(client);
    }

    @Test
    void anExceptionIsARefusal() {
        stage.access = new AccessPolicy() {
            @Override
            public CompletionStage<PublishDecision> publish(PublishRequest request) {
                throw new IllegalStateException("database down");
            }
        };
        refused(stage.publisher("cam"));
    }

    @Test
    void anErrorIsARefusalToo() {
        stage.access = new AccessPolicy() {
            @Override
            public CompletionStage<PublishDecision> publish(PublishRequest request) {
                throw new AssertionError("host is wrong");
            }
        };
        refused(stage.publisher("cam"));
    }

    @Test
    void anAnswerAfterTheClientHasGoneHasNoEffect() {
        TestClient client = asking();
        client.hangUp();
        decision.complete(PublishDecision.accept());
        stage.settle();
        assertEquals(List.of("opened", "closed CLIENT_CLOSED"), stage.heard.events);
        assertTrue(stage.registry.streams().isEmpty());
    }

    @Test
    void aClaimGrantedAfterTheClientHasGoneIsReleased() {
        StreamRegistry memory = stage.registry;
        CompletableFuture<Void> lock = new CompletableFuture<>();
        stage.registry = new StreamRegistry() {
            @Override
            public CompletionStage<Publication> publish(StreamName name, StreamOptions options) {
                return lock.thenCompose(held -> memory.publish(name, options));
            }

            @Override
            public CompletionStage<Optional<LiveStream>> find(StreamName name) {
                return memory.find(name);
            }

            @Override
            public Collection<LiveStream> streams() {
                return memory.streams();
            }
        };
        TestClient client = stage.publisher("cam");
        client.hangUp();
        lock.complete(null);
        assertEquals(1, stage.registry.streams().size(), "the registry gave the name away");
        stage.settle();
        assertTrue(stage.registry.streams().isEmpty());
        assertEquals(List.of("opened", "closed CLIENT_CLOSED"), stage.heard.events);
    }

    @Test
    void aRegistryThatFailsIsARefusal() {
        StreamRegistry memory = stage.registry;
        stage.registry = new StreamRegistry() {
            @Override
            public CompletionStage<Publication> publish(StreamName name, StreamOptions options) {
                return CompletableFuture.failedStage(new IllegalStateException("no lock service"));
            }

            @Override
            public CompletionStage<Optional<LiveStream>> find(StreamName name) {
                return memory.find(name);
            }

            @Override
            public Collection<LiveStream> streams() {
                return memory.streams();
            }
        };
        refused(stage.publisher("cam"));
    }

    @Test
    void aKeyBecomesAPublicName() {
        TestClient client = asking();
        decision.complete(PublishDecision.accept().as(new StreamName("public/show")).attach("alice"));
        stage.settle();
        assertTrue(Stage.publishes(client));
        assertTrue(stage.stream("live/cam").isEmpty());
        assertTrue(stage.stream("public/show").isPresent());
        client.hangUp();
        stage.settle();
        assertEquals(
                List.of(
                        "opened", "publishes public/show of alice", "published public/show CONNECTION_LOST of alice", "closed CLIENT_CLOSED of alice"),
                stage.heard.events);
    }

    @Test
    void aHostThatClosesWhileItThinksGetsNoLaterEvent() {
        TestClient client = asking();
        client.connection.close("no longer wanted");
        stage.settle();
        decision.complete(PublishDecision.accept());
        stage.settle();
        assertTrue(client.isClosed());
        assertEquals(List.of("opened", "closed HOST"), stage.heard.events);
    }

    @Test
    void aReasonIsNeeded() {
        TestClient client = stage.client("live");
        assertThrows(NullPointerException.class, () -> client.connection.close(null));
    }
}
