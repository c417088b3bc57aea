package dev.millrace.rtmp.connection;

import static dev.millrace.rtmp.connection.TestMedia.KEYFRAME;
import static dev.millrace.rtmp.connection.TestMedia.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.OutboundLimits;
import dev.millrace.rtmp.RtmpLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Players that take less than what is published. */
class RtmpConnectionSlowPlayerTest {

    private static final int FRAME_BYTES = 50_000;

    /** The most that one image of a batch has: {@code BatchImage.MAX_BYTES}, the frame that goes over it, and chunk headers. */
    private static final int IMAGE_BYTES = (256 << 10) + FRAME_BYTES + 1000;

    private final Stage stage = new Stage();
    private final TestClient publisher = stage.publisher("cam");

    @AfterEach
    void nothingIsHeld() {
        stage.close();
    }

    private void publish(int fromSecond, int toSecond) {
        for (int second = fromSecond; second < toSecond; second++) {
            boolean keyframe = second % 2 == 0;
            publisher.send(MediaKind.VIDEO, second * 1000, (keyframe ? "17" : "27") + TestMedia.keyframe(FRAME_BYTES).substring(2));
            stage.settle();
        }
    }

    @Test
    void whatWaitsIsBounded() {
        TestClient player = stage.player("cam");
        player.reads = false;
        publish(0, 200);

        assertTrue(player.pipe.mostPendingBytes > player.pipe.highWaterBytes, "the test has pushed hard enough");
        assertTrue(player.pipe.mostPendingBytes <= player.pipe.highWaterBytes + IMAGE_BYTES, player.pipe.mostPendingBytes + " bytes wait");
        assertFalse(player.isClosed(), "no time has passed");
    }

    @Test
    void othersAreNotHarmed() {
        TestClient slow = stage.player("cam");
        TestClient fast = stage.player("cam");
        slow.reads = false;
        publish(0, 100);
        assertEquals(100, fast.media().size());
    }

    @Test
    void whoWasTooSlowGoesOnAtAKeyframeAndTheHostIsTold() {
        TestClient player = stage.player("cam");
        player.reads = false;
        publish(0, 101);
        player.reads = true;
        stage.settle();

        List<String> got = player.media();
        int first = firstAfterGap(got);
        assertEquals("V100000 17", got.get(first).substring(0, 10));
        assertEquals(1, stage.heard.count("lost " + (101 - got.size()) + " of live/cam"), stage.heard.events.toString());
        assertEquals(101 - got.size(), stage.stream("live/cam").orElseThrow().statistics().lostFrames());

        int before = got.size();
        publish(101, 110);
        assertEquals(before + 9, player.media().size());
    }

    private static int firstAfterGap(List<String> media) {
        for (int i = 1; i < media.size(); i++) {
            if (time(media.get(i)) - time(media.get(i - 1)) != 1000) {
                return i;
            }
        }
        throw new AssertionError("no gap in " + media.size() + " frames");
    }

    private static int time(String line) {
        return Integer.parseInt(line.substring(1, line.indexOf(' ')));
    }

    @Test
    void whoTakesNothingForTenSecondsIsClosed() {
        TestClient player = stage.player("cam");
        player.reads = false;
        player.closes = false;
        publish(0, 1);
        for (int second = 1; second < 9; second++) {
            publish(second, second + 1);
            stage.advance(Duration.ofSeconds(1));
        }
        assertFalse(player.isClosed());
        stage.advance(Duration.ofSeconds(3));

        assertTrue(player.isClosed());
        assertEquals(1, stage.heard.count("played live/cam TOO_SLOW"));
        assertEquals(1, stage.heard.count("closed TOO_SLOW"));
        assertFalse(publisher.isClosed());
    }

    @Test
    void whoTakesALittleStays() {
        TestClient player = stage.player("cam");
        player.reads = false;
        for (int second = 0; second < 60; second++) {
            publish(second, second + 1);
            if (second % 5 == 0) {
                player.pipe.take().orElseThrow().release();
            }
            stage.advance(Duration.ofSeconds(1));
        }
        assertFalse(player.isClosed());
    }

    @Test
    void aPlayerForWhomNothingWaitsMayBeSilent() {
        TestClient player = stage.player("cam");
        for (int minute = 0; minute < 20; minute++) {
            publisher.send(MediaKind.VIDEO, minute * 20_000, KEYFRAME);
            stage.advance(Duration.ofSeconds(20));
        }
        assertFalse(player.isClosed());
        assertEquals(line('V', 380_000, KEYFRAME), player.media().get(19));
    }

    // Case 48: a publisher that never reads, while we have something to say.
    @Test
    void aPublisherThatReadsNothingIsClosed() {
        publisher.reads = false;
        for (int second = 0; second < 50; second++) {
            publish(second, second + 1);
            stage.advance(Duration.ofSeconds(1));
        }
        assertTrue(publisher.isClosed());
        assertEquals(1, stage.heard.count("closed TOO_SLOW"));
    }

    @Test
    void tooMuchThatWaitsEndsTheConnection() {
        stage.limits = RtmpLimits.DEFAULT.with(new OutboundLimits(500, 2000, 500, 1000));
        TestClient player = stage.client("live");
        player.session.play("cam");
        stage.settle();
        player.reads = false;
        for (int i = 0; i < 80; i++) {
            player.command(0, Commands.plain("_checkbw", 7));
            player.exchange();
        }
        assertTrue(player.pipe.closing);
        assertTrue(player.pipe.pendingBytes() < 2500, player.pipe.pendingBytes() + " bytes wait");
        player.hangUp();
        assertEquals(1, stage.heard.count("closed TOO_SLOW"));
    }

    @Test
    void oneLargeKeyframeIsNotTooMuch() {
        TestClient player = stage.player("cam");
        player.reads = false;
        publisher.send(MediaKind.VIDEO, 0, TestMedia.keyframe(9 << 20));
        stage.settle();
        stage.advance(Duration.ofSeconds(2));
        assertTrue(player.pipe.pendingBytes() > 9 << 20, player.pipe.pendingBytes() + " bytes wait");
        assertFalse(player.pipe.closing);
        assertEquals(0, stage.heard.count("played live/cam TOO_SLOW"));
    }

    @Test
    void aPlayerThatIsGoneHoldsNothing() {
        TestClient player = stage.player("cam");
        player.reads = false;
        publish(0, 50);
        player.hangUp();
        stage.settle();
        assertEquals(0, stage.stream("live/cam").orElseThrow().statistics().subscribers());
        assertEquals(1, stage.heard.count("played live/cam CONNECTION_LOST"));
    }
}
