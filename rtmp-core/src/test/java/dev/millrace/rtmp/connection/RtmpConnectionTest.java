package dev.millrace.rtmp.connection;

import static dev.millrace.rtmp.connection.TestMedia.AUDIO;
import static dev.millrace.rtmp.connection.TestMedia.AUDIO_HEADER;
import static dev.millrace.rtmp.connection.TestMedia.FRAME;
import static dev.millrace.rtmp.connection.TestMedia.KEYFRAME;
import static dev.millrace.rtmp.connection.TestMedia.VIDEO_HEADER;
import static dev.millrace.rtmp.connection.TestMedia.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.session.ClientEvent;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.SubscribeOptions;
import dev.millrace.rtmp.stream.SubscribeOptions.Tracks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Publishing and playing, over pipes and without a clock. */
class RtmpConnectionTest {

    private final Stage stage = new Stage();

    @AfterEach
    void nothingIsHeld() {
        stage.close();
    }

    @Test
    void whatIsPublishedIsPlayed() {
        TestClient publisher = stage.publisher("cam?key=1");
        TestMedia.headers(publisher);
        TestClient player = stage.player("cam");
        publisher.send(MediaKind.VIDEO, 10, KEYFRAME);
        publisher.send(MediaKind.AUDIO, 12, AUDIO);
        publisher.send(MediaKind.VIDEO, 50, FRAME);
        stage.settle();

        assertEquals(
                List.of(
                        line('V', 10, VIDEO_HEADER),
                        line('A', 10, AUDIO_HEADER),
                        line('V', 10, KEYFRAME),
                        line('A', 12, AUDIO),
                        line('V', 50, FRAME)),
                player.media());
        assertEquals("status on 1", publisher.told(Status.PUBLISH_START));
        assertEquals("status on 1", player.told(Status.PLAY_START));
        assertEquals(List.of("opened", "publishes live/cam", "opened", "plays live/cam"), stage.heard.events);
    }

    @Test
    void aPlayerStartsAtTheNewestKeyframe() {
        TestClient publisher = stage.publisher("cam");
        TestMedia.headers(publisher);
        TestMedia.seconds(stage, publisher, 0, 6, 3);

        TestClient player = stage.player("cam");

        assertEquals(
                List.of(
                        line('V', 3000, VIDEO_HEADER),
                        line('A', 3000, AUDIO_HEADER),
                        line('V', 3000, KEYFRAME),
                        line('V', 4000, FRAME),
                        line('V', 5000, FRAME)),
                player.media());
    }

    @Test
    void mediaSentBeforeTheDecisionArePassedOnWithIt() {
        CompletableFuture<PublishDecision> decision = new CompletableFuture<>();
        stage.access = new AccessPolicy() {
            @Override
            public CompletionStage<PublishDecision> publish(PublishRequest request) {
                return decision;
            }
        };
        List<Long> packaged = new ArrayList<>();
        stage.listener = new RtmpListener() {
            @Override
            public void onPublishStarted(RtmpConnection connection, LiveStream stream) {
                stream.subscribe(frame -> packaged.add(frame.timestampMillis()), stage.executor, SubscribeOptions.EVERYTHING);
            }
        };
        TestClient publisher = stage.publisher("cam");
        publisher.pipe.reading = true; // what was on its way when reading was turned off
        publisher.send(MediaKind.VIDEO, 7, KEYFRAME);
        publisher.exchange();

        decision.complete(PublishDecision.accept());
        stage.settle();

        assertEquals(List.of(7L), packaged);
    }

    @Test
    void playersAreToldWhenThePublisherStops() {
        TestClient publisher = stage.publisher("cam");
        TestClient player = stage.player("cam");
        publisher.session.stop(TestClient.FIRST, "cam");
        stage.settle();

        assertEquals("status on 1", player.told(Status.PLAY_UNPUBLISH_NOTIFY));
        assertTrue(player.events.contains(new ClientEvent.StreamEnded(TestClient.FIRST)));
        assertFalse(player.isClosed());
        assertFalse(publisher.isClosed());
        assertEquals(1, stage.heard.count("published live/cam UNPUBLISHED"));
        assertEquals(1, stage.heard.count("played live/cam UNPUBLISHED"));
    }

    @Test
    void playersAreToldWhenThePublisherIsGone() {
        TestClient publisher = stage.publisher("cam");
        TestMedia.headers(publisher);
        TestClient player = stage.player("cam");
        publisher.send(MediaKind.VIDEO, 0, KEYFRAME);
        publisher.exchange();
        publisher.hangUp();
        stage.settle();

        assertEquals(3, player.media().size());
        assertEquals("status on 1", player.told(Status.PLAY_UNPUBLISH_NOTIFY));
        assertEquals(
                List.of("published live/cam CONNECTION_LOST", "closed CLIENT_CLOSED", "played live/cam CONNECTION_LOST"),
                stage.heard.events.subList(4, 7));
    }

    @Test
    void aPublisherWithoutMediaIsClosedAndItsNameIsFree() {
        TestClient silent = stage.publisher("cam");
        stage.advance(Duration.ofSeconds(29));
        assertFalse(silent.isClosed());
        stage.advance(Duration.ofSeconds(2));

        assertTrue(silent.isClosed());
        assertEquals("status on 1", silent.told(Status.UNPUBLISH_SUCCESS));
        assertEquals(1, stage.heard.count("published live/cam IDLE"));
        assertEquals(1, stage.heard.count("closed PUBLISHER_IDLE"));
        assertTrue(Stage.publishes(stage.publisher("cam")));
    }

    @Test
    void aPublisherWithMediaStays() {
        TestClient publisher = stage.publisher("cam");
        TestMedia.seconds(stage, publisher, 0, 65, 2);
        assertFalse(publisher.isClosed());
    }

    @Test
    void theHostClosesFromAnyThread() throws InterruptedException {
        TestClient publisher = stage.publisher("cam");
        TestClient player = stage.player("cam");
        Thread other = new Thread(() -> {
            publisher.connection.close("maintenance");
            publisher.connection.close("again");
            player.connection.close("maintenance");
        });
        other.start();
        other.join();
        assertEquals(4, stage.heard.events.size(), "nothing happens on the other thread");
        stage.settle();

        assertTrue(publisher.isClosed() && player.isClosed());
        assertEquals("error on 1", publisher.told(Status.PUBLISH_REJECTED));
        assertEquals("status on 1", player.told(Status.PLAY_UNPUBLISH_NOTIFY));
        assertEquals(1, stage.heard.count("published live/cam CLOSED_BY_HOST"));
        assertEquals(2, stage.heard.count("closed HOST"));
    }

    @Test
    void allThatAConnectionDoesEndsForTheSameReason() {
        TestClient client = stage.publisher("one");
        client.session.publish("two");
        client.session.play("one");
        stage.settle();
        TestClient player = stage.player("two");
        client.connection.shutDown();
        stage.settle();

        assertEquals(1, stage.heard.count("published live/one SHUTDOWN"));
        assertEquals(1, stage.heard.count("published live/two SHUTDOWN"));
        assertEquals("status on 3", client.told(Status.PLAY_UNPUBLISH_NOTIFY));
        assertEquals("status on 1", player.told(Status.PLAY_UNPUBLISH_NOTIFY));
        assertEquals(1, stage.heard.count("closed SHUTDOWN"));
    }

    @Test
    void theHostEndsAStream() {
        TestClient publisher = stage.publisher("cam");
        stage.stream("live/cam").orElseThrow().close(EndReason.CLOSED_BY_HOST);
        stage.settle();
        assertEquals("error on 1", publisher.told(Status.PUBLISH_REJECTED));
        assertTrue(publisher.isClosed());
        assertEquals(1, stage.heard.count("closed STREAM_ENDED"));
    }

    // Track 1 in the one-track form of Enhanced RTMP v2, beside a plain track 0.
    @Test
    void aPlayerGetsTheDefaultTrackOnly() {
        assertEquals(List.of(line('V', 0, VIDEO_HEADER), line('V', 0, KEYFRAME)), played(Tracks.DEFAULT));
    }

    @Test
    void aPlayerGetsAllTracksIfTheHostSaysSo() {
        assertEquals(
                List.of(
                        line('V', 0, VIDEO_HEADER),
                        line('V', 0, "96 00 61766331 01 0142c01e ffe1 0001 67 00"),
                        line('V', 0, KEYFRAME),
                        line('V', 0, "96 01 61766331 01 000000 0000000265")),
                played(Tracks.ALL));
    }

    private List<String> played(Tracks tracks) {
        stage.access = new AccessPolicy() {
            @Override
            public CompletionStage<PlayDecision> play(PlayRequest request) {
                return CompletableFuture.completedStage(PlayDecision.accept().with(SubscribeOptions.PLAYER.withTracks(tracks)));
            }
        };
        TestClient publisher = stage.publisher("cam");
        TestClient player = stage.player("cam");
        publisher.send(MediaKind.VIDEO, 0, VIDEO_HEADER);
        publisher.send(MediaKind.VIDEO, 0, "96 00 61766331 01 0142c01e ffe1 0001 67 00");
        publisher.send(MediaKind.VIDEO, 0, KEYFRAME);
        publisher.send(MediaKind.VIDEO, 0, "96 01 61766331 01 000000 0000000265");
        stage.settle();
        return player.media();
    }

    @Test
    void aPausedPlayerGoesOnAtAKeyframe() {
        TestClient publisher = stage.publisher("cam");
        TestMedia.headers(publisher);
        TestMedia.seconds(stage, publisher, 0, 1, 2);
        TestClient player = stage.player("cam");
        int before = player.media().size();
        player.command(TestClient.FIRST, Commands.pause(true));
        stage.settle();
        TestMedia.seconds(stage, publisher, 1, 4, 2);
        assertEquals(before, player.media().size());

        player.command(TestClient.FIRST, Commands.pause(false));
        stage.settle();
        List<String> after = player.media().subList(before, player.media().size());
        assertEquals(line('V', 2000, KEYFRAME), after.get(2));
        assertEquals("status on 1", player.told(Status.UNPAUSE_NOTIFY));
    }

    @Test
    void countersAreThere() {
        TestClient publisher = stage.publisher("cam");
        publisher.send(MediaKind.VIDEO, 0, KEYFRAME);
        publisher.send(MediaKind.VIDEO, 0, "");
        stage.settle();
        ConnectionStatistics statistics = publisher.connection.statistics();
        assertEquals(publisher.pipe.writtenBytes, statistics.bytesSent());
        assertTrue(statistics.bytesReceived() > 3072);
        assertEquals(1, statistics.ignoredMessages());
    }
}
