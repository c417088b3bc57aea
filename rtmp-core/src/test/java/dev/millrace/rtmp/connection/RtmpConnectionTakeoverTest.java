package dev.millrace.rtmp.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.stream.Takeover;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two publishers and one name. */
class RtmpConnectionTakeoverTest {

    private final Stage stage = new Stage();

    @AfterEach
    void nothingIsHeld() {
        stage.close();
    }

    private void rule(Takeover takeover) {
        stage.access = new AccessPolicy() {
            @Override
            public CompletionStage<PublishDecision> publish(PublishRequest request) {
                return CompletableFuture.completedStage(PublishDecision.accept().with(takeover));
            }
        };
    }

    @Test
    void alwaysEndsTheOldOneFirstAndTellsIt() {
        rule(Takeover.ALWAYS);
        TestClient old = stage.publisher("cam");
        TestClient player = stage.player("cam");
        TestClient fresh = stage.publisher("cam");

        assertTrue(Stage.publishes(fresh));
        assertEquals("error on 1", old.told(Status.PUBLISH_REJECTED));
        assertTrue(old.isClosed());
        assertEquals("status on 1", player.told(Status.PLAY_UNPUBLISH_NOTIFY));
        assertEquals(1, stage.heard.count("published live/cam TAKEN_OVER"));
        assertFalse(stage.stream("live/cam").orElseThrow().endReason().isPresent());
    }

    @Test
    void whatTheOldOneSendsAfterwardsReachesNobody() {
        rule(Takeover.ALWAYS);
        TestClient old = stage.publisher("cam");
        old.reads = false;
        stage.publisher("cam");
        TestClient player = stage.player("cam");
        old.send(MediaKind.VIDEO, 0, TestMedia.KEYFRAME);
        stage.settle();
        assertEquals(List.of(), player.media());
    }

    @Test
    void neverRefusesTheSecond() {
        rule(Takeover.NEVER);
        TestClient old = stage.publisher("cam");
        stage.advance(Duration.ofSeconds(20));
        assertEquals("error on 1", stage.publisher("cam").told(Status.PUBLISH_BAD_NAME));
        assertFalse(old.isClosed());
    }

    // Case 45: the first one is frozen and no FIN ever comes.
    @Test
    void aFrozenPublisherIsReplacedOnceItIsIdle() {
        rule(Takeover.ifIdle(Duration.ofSeconds(5)));
        TestClient frozen = stage.publisher("cam");
        frozen.send(MediaKind.VIDEO, 0, TestMedia.KEYFRAME);
        stage.settle();
        frozen.reads = false;
        frozen.closes = false;

        stage.advance(Duration.ofSeconds(4));
        assertEquals("error on 1", stage.publisher("cam").told(Status.PUBLISH_BAD_NAME));
        stage.advance(Duration.ofMillis(1_100));
        TestClient back = stage.publisher("cam");
        assertTrue(Stage.publishes(back));

        assertFalse(frozen.isClosed());
        stage.advance(Duration.ofSeconds(3));
        assertTrue(frozen.isClosed(), "closed by us, since it closes nothing");
        assertFalse(back.isClosed());
        assertEquals(1, stage.heard.count("published live/cam TAKEN_OVER"));
        assertEquals(1, stage.heard.count("closed STREAM_ENDED"));
    }

    @Test
    void aPublisherWithMediaIsNotReplacedAsIdle() {
        rule(Takeover.ifIdle(Duration.ofSeconds(5)));
        TestClient first = stage.publisher("cam");
        TestMedia.seconds(stage, first, 0, 20, 2);
        assertFalse(Stage.publishes(stage.publisher("cam")));
        assertFalse(first.isClosed());
    }
}
