package dev.millrace.rtmp.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.stream.StreamOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where frames may wait for each other, the publisher's bytes gather in its socket, and are read some times in that window. */
class RestingInputTest {

    private static final Duration WINDOW = Duration.ofMillis(400);
    private static final Duration REST = WINDOW.dividedBy(8);

    private final Stage stage = new Stage();

    @BeforeEach
    void timers() {
        stage.timers = true;
    }

    @AfterEach
    void nothingIsHeld() {
        stage.close();
    }

    private TestClient publisher(Duration mergeWindow) {
        stage.access = new AccessPolicy() {
            @Override
            public CompletionStage<PublishDecision> publish(PublishRequest request) {
                return CompletableFuture.completedStage(PublishDecision.accept().with(StreamOptions.DEFAULT.withMergeWindow(mergeWindow)));
            }
        };
        TestClient publisher = stage.publisher("cam");
        rest();
        return publisher;
    }

    private void rest() {
        stage.time.advance(REST);
        stage.settle();
    }

    private void send(TestClient publisher, int timestampMillis, String body) {
        publisher.send(MediaKind.VIDEO, timestampMillis, body);
        stage.settle();
    }

    private long frames() {
        return stage.stream("live/cam").orElseThrow().statistics().videoFrames();
    }

    @Test
    void restsAfterWhatItHasRead() {
        TestClient publisher = publisher(WINDOW);
        send(publisher, 0, TestMedia.KEYFRAME);
        assertEquals(1, frames());
        assertFalse(publisher.pipe.reading);
        send(publisher, 40, TestMedia.KEYFRAME);
        send(publisher, 80, TestMedia.KEYFRAME);
        assertEquals(1, frames());

        stage.time.advance(REST.minusMillis(1));
        stage.settle();
        assertEquals(1, frames());
        stage.time.advance(Duration.ofMillis(1));
        stage.settle();
        assertEquals(3, frames());
        assertFalse(publisher.pipe.reading);
    }

    @Test
    void readsOnWithoutAWindow() {
        TestClient publisher = publisher(Duration.ZERO);
        send(publisher, 0, TestMedia.KEYFRAME);
        assertTrue(publisher.pipe.reading);
    }

    @Test
    void readsOnWhenMuchComes() {
        TestClient publisher = publisher(WINDOW);
        send(publisher, 0, TestMedia.keyframe(40_000));
        assertTrue(publisher.pipe.reading);
        assertEquals(1, frames());
    }

    @Test
    void playersAreAlwaysHeard() {
        TestClient publisher = publisher(WINDOW);
        TestClient player = stage.player("cam");
        assertTrue(player.pipe.reading);
        send(publisher, 0, TestMedia.KEYFRAME);
        assertTrue(player.pipe.reading);
    }

    @Test
    void goesOnToReadWhenItIsOver() {
        TestClient publisher = publisher(WINDOW);
        send(publisher, 0, TestMedia.KEYFRAME);
        assertFalse(publisher.pipe.reading);
        publisher.connection.close("enough");
        stage.settle();
        assertTrue(publisher.pipe.closed);
        rest();
    }
}
