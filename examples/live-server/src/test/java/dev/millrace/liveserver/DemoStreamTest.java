package dev.millrace.liveserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.examples.ManualTime;
import dev.millrace.media.EndReason;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.StreamResources;
import dev.millrace.rtmp.stream.SubscribeOptions;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The demo's clock never goes back, and its loop has no seam. */
class DemoStreamTest {

    private static final int LOOP_MILLIS = 9_600;

    private final ManualTime time = new ManualTime();
    private final List<MediaFrame> received = new ArrayList<>();
    private final StreamResources resources = new StreamResources(new ByteBudget(64 << 20), ByteBufAllocator.DEFAULT, time, time);
    private final Publication publication = StreamRegistry.inMemory(resources)
            .publish(new StreamName("live/demo"), StreamOptions.DEFAULT)
            .toCompletableFuture()
            .join();
    private DemoStream demo;

    @BeforeEach
    void start() {
        publication.stream().subscribe(received::add, Runnable::run, SubscribeOptions.EVERYTHING);
        demo = new DemoStream(publication, time, time);
    }

    private List<MediaFrame> coded(MediaKind kind) {
        return received.stream().filter(frame -> frame.kind() == kind && frame.role() == FrameRole.CODED).toList();
    }

    @Test
    void framesComeWhenTheyAreDue() {
        time.advance(1_000);
        List<MediaFrame> video = coded(MediaKind.VIDEO);
        assertEquals(31, video.size());
        assertTrue(video.get(0).isKeyframe());
        assertEquals(1_000, video.get(30).timestampMillis());
    }

    @Test
    void theLoopGoesOnWithoutASeam() {
        time.advance(3 * LOOP_MILLIS - 1);
        List<MediaFrame> video = coded(MediaKind.VIDEO);
        List<MediaFrame> audio = coded(MediaKind.AUDIO);
        assertEquals(3 * 288, video.size());
        assertSteps(video, 33, 34);
        // A frame of AAC has 1024 samples, here of 48 kHz: 21 1/3 ms.
        assertSteps(audio, 20, 23);
        assertEquals(1, received.stream().filter(frame -> frame.kind() == MediaKind.VIDEO && frame.isSequenceHeader()).count());
        assertEquals(18, video.stream().filter(MediaFrame::isKeyframe).count());
    }

    private static void assertSteps(List<MediaFrame> frames, long least, long most) {
        for (int i = 1; i < frames.size(); i++) {
            long step = frames.get(i).timestampMillis() - frames.get(i - 1).timestampMillis();
            assertTrue(step >= least && step <= most, "frame " + i + " comes after " + step + " ms");
        }
    }

    @Test
    void whatWasMissedIsNotMadeUpFor() {
        time.advance(1_000);
        int before = received.size();
        time.jump(Duration.ofHours(1));
        time.advance(0);
        assertTrue(received.size() - before < 10, received.size() - before + " frames at once");
        time.advance(1_000);
        assertEquals(2_000, coded(MediaKind.VIDEO).get(coded(MediaKind.VIDEO).size() - 1).timestampMillis(), 70);
    }

    @Test
    void closingEndsTheStream() {
        time.advance(500);
        demo.close();
        time.advance(100);
        assertEquals(Optional.of(EndReason.UNPUBLISHED), publication.stream().endReason());
        assertEquals(0, time.waiting());
    }

    @Test
    void somebodyElseMayEndIt() {
        time.advance(500);
        publication.stream().close(EndReason.CLOSED_BY_HOST);
        time.advance(100);
        assertEquals(0, time.waiting());
    }
}
