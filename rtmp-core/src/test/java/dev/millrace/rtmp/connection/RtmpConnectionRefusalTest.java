package dev.millrace.rtmp.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.session.ClientEvent;
import dev.millrace.rtmp.stream.StreamName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals of every kind, decisions on connect and play, and players that wait. */
class RtmpConnectionRefusalTest {

    private final Stage stage = new Stage();

    @AfterEach
    void nothingIsHeld() {
        stage.close();
    }

    private void decide(Optional<ConnectDecision> connect, Optional<PublishDecision> publish, Optional<PlayDecision> play) {
        stage.access = new AccessPolicy() {
            @Override
            public CompletionStage<ConnectDecision> connect(ConnectRequest request) {
                return connect.map(CompletableFuture::completedStage).orElse(new CompletableFuture<>());
            }

            @Override
            public CompletionStage<PublishDecision> publish(PublishRequest request) {
                return publish.map(CompletableFuture::completedStage).orElse(new CompletableFuture<>());
            }

            @Override
            public CompletionStage<PlayDecision> play(PlayRequest request) {
                return play.map(CompletableFuture::completedStage).orElse(new CompletableFuture<>());
            }
        };
    }

    private static final Optional<ConnectDecision> CONNECT = Optional.of(ConnectDecision.accept());

    @Test
    void connectIsRefused() {
        decide(Optional.of(ConnectDecision.reject("go away")), Optional.empty(), Optional.empty());
        TestClient client = stage.publisher("cam");
        assertEquals(new ClientEvent.Refused(Status.error(Status.CONNECT_REJECTED, "go away")), client.events.get(0));
        assertEquals(1, client.events.size());
        assertTrue(client.isClosed());
        assertEquals(1, stage.heard.count("refused connect " + Status.CONNECT_REJECTED));
        assertEquals(1, stage.heard.count("closed REFUSED"));
    }

    @Test
    void connectIsRefusedForWantOfAnAnswer() {
        decide(Optional.empty(), Optional.empty(), Optional.empty());
        TestClient client = stage.publisher("cam");
        stage.advance(Duration.ofSeconds(11));
        assertEquals(1, stage.heard.count("refused connect " + Status.CONNECT_REJECTED));
        assertTrue(client.isClosed());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            usual,      '',                                NetStream.Publish.Rejected
            of a host,  NetStream.Publish.Unauthorized,    NetStream.Publish.Unauthorized
            """)
    void publishIsRefused(String name, String code, String told) {
        Reject reject = new Reject(Optional.of(code).filter(text -> !text.isEmpty()), "no such key");
        decide(CONNECT, Optional.of(reject), Optional.empty());
        TestClient client = stage.publisher("cam");
        assertEquals(Status.error(told, "no such key"), client.statuses().get(0));
        assertEquals("error on 1", client.told(told));
        assertTrue(client.isClosed());
        assertEquals(1, stage.heard.count("refused publish " + told));
    }

    @Test
    void playIsRefused() {
        decide(CONNECT, Optional.empty(), Optional.of(PlayDecision.reject("members only")));
        TestClient client = stage.player("cam");
        assertEquals("error on 1", client.told(Status.PLAY_FAILED));
        assertTrue(client.isClosed());
        assertEquals(1, stage.heard.count("refused play " + Status.PLAY_FAILED));
    }

    @Test
    void playIsRefusedForWantOfAnAnswer() {
        decide(CONNECT, Optional.empty(), Optional.empty());
        TestClient client = stage.player("cam");
        stage.advance(Duration.ofSeconds(11));
        assertEquals("error on 1", client.told(Status.PLAY_FAILED));
        assertTrue(client.isClosed());
    }

    @Test
    void aSecondPublisherIsRefusedAndClosed() {
        TestClient first = stage.publisher("cam");
        TestClient second = stage.publisher("cam");
        assertEquals("error on 1", second.told(Status.PUBLISH_BAD_NAME));
        assertTrue(second.isClosed());
        assertFalse(first.isClosed());
    }

    // Cases 40 and 52: names that are none. The query is cut off before the name is looked at.
    @ParameterizedTest
    @ValueSource(strings = {"..", "a/../b", "..%2f", "a//b", "a\\b", "a\r\nb", "\u001b[31m", "a\u0000b", "\u202egpj", "\ufffd", "%0d%0a"})
    void badNamesAreRefused(String name) {
        TestClient publisher = stage.publisher(name);
        assertEquals("error on 1", publisher.told(Status.PUBLISH_BAD_NAME));
        assertTrue(publisher.isClosed());
        TestClient player = stage.player(name);
        assertEquals("error on 1", player.told(Status.PLAY_STREAM_NOT_FOUND));
        assertTrue(player.isClosed());
    }

    @ParameterizedTest(name = "{0} bytes")
    @CsvSource({"507, true", "508, false", "60000, false"})
    void longNamesAreRefused(int bytes, boolean taken) {
        assertEquals(taken, Stage.publishes(stage.publisher("n".repeat(bytes))));
    }

    @Test
    void thereIsNoSuchStream() {
        TestClient client = stage.player("cam");
        assertEquals("error on 1", client.told(Status.PLAY_STREAM_NOT_FOUND));
        assertTrue(client.isClosed());
        assertEquals(1, stage.heard.count("refused play " + Status.PLAY_STREAM_NOT_FOUND));
    }

    @Test
    void aPlayerIsSentElsewhere() {
        decide(CONNECT, Optional.of(PublishDecision.accept()), Optional.of(PlayDecision.accept().of(new StreamName("live/cam")).attach("bob")));
        stage.publisher("cam");
        TestClient player = stage.player("anything");
        assertTrue(Stage.plays(player));
        assertEquals(1, stage.heard.count("plays live/cam of bob"));
    }

    @Test
    void aPlayerWaitsForAStream() {
        decide(CONNECT, Optional.of(PublishDecision.accept()), Optional.of(PlayDecision.accept().waitAtMost(Duration.ofSeconds(60))));
        TestClient player = stage.player("cam");
        stage.advance(Duration.ofSeconds(50));
        assertFalse(player.isClosed());
        stage.publisher("other");
        assertFalse(Stage.plays(player));
        stage.publisher("cam");
        assertTrue(Stage.plays(player), "without any time to pass");
    }

    @Test
    void aPlayerThatWaitedInVainIsTold() {
        decide(CONNECT, Optional.empty(), Optional.of(PlayDecision.accept().waitAtMost(Duration.ofSeconds(60))));
        TestClient player = stage.player("cam");
        stage.advance(Duration.ofSeconds(59));
        assertFalse(player.isClosed());
        stage.advance(Duration.ofSeconds(2));
        assertEquals("error on 1", player.told(Status.PLAY_STREAM_NOT_FOUND));
        assertTrue(player.isClosed());
    }

    @Test
    void aPlayerMayWaitForEver() {
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
        decide(CONNECT, Optional.of(PublishDecision.accept()), Optional.of(PlayDecision.accept().waitAtMost(forEver)));
        TestClient player = stage.player("cam");
        stage.advance(Duration.ofMinutes(10));
        assertFalse(player.isClosed());
        stage.publisher("cam");
        stage.advance(Duration.ofSeconds(1));
        assertTrue(Stage.plays(player));
    }

    @Test
    void aPlayerThatGoesWhileItWaitsLeavesNothing() {
        decide(CONNECT, Optional.of(PublishDecision.accept()), Optional.of(PlayDecision.accept().waitAtMost(Duration.ofSeconds(60))));
        TestClient player = stage.player("cam");
        player.hangUp();
        stage.publisher("cam");
        stage.advance(Duration.ofSeconds(1));
        assertEquals(0, stage.heard.count("plays live/cam"));
        assertEquals(0, stage.stream("live/cam").orElseThrow().statistics().subscribers());
    }

    @Test
    void attachmentsFollowTheConnection() {
        decide(
                Optional.of(new ConnectDecision.Accept(Optional.of("token"))),
                Optional.of(PublishDecision.accept()),
                Optional.empty());
        TestClient client = stage.publisher("cam");
        assertEquals(Optional.of("token"), client.connection.attachment());
        assertEquals(1, stage.heard.count("publishes live/cam of token"));
    }
}
