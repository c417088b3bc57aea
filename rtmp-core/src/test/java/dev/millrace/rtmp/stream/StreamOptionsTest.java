package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.rtmp.stream.SubscribeOptions.Tracks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The options of streams, publishers and subscribers. */
class StreamOptionsTest {

    private static final RingLimits RING = new RingLimits(10, 1_000, Duration.ofSeconds(1));

    @Test
    void eachWithChangesOneComponent() {
        StreamOptions options = StreamOptions.DEFAULT
                .withRing(RING)
                .withSlow(SlowPolicy.close(Duration.ofSeconds(9)))
                .withAudioDelay(Duration.ofMillis(7))
                .withMergeWindow(Duration.ofMillis(8))
                .withResumeWindow(Duration.ZERO);
        assertEquals(
                new StreamOptions(RING, SlowPolicy.close(Duration.ofSeconds(9)), Duration.ofMillis(7), Duration.ofMillis(8), Duration.ZERO),
                options);
        assertEquals(
                new SubscribeOptions(StartPosition.LIVE, false, false, Tracks.ALL),
                SubscribeOptions.PLAYER.withStart(StartPosition.LIVE).withAudio(false).withVideo(false).withTracks(Tracks.ALL));
        assertEquals(
                new PublishOptions(options, Takeover.ALWAYS, true),
                PublishOptions.DEFAULT.withOptions(options).withTakeover(Takeover.ALWAYS).withResume(true));
    }

    @Test
    void refusesAResumeWindow() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> StreamOptions.DEFAULT.withResumeWindow(Duration.ofSeconds(5)));
        assertEquals("resumeWindow PT5S is not supported, only PT0S", e.getMessage());
    }

    @Test
    void refusesNegativeDurations() {
        Duration negative = Duration.ofMillis(-1);
        assertThrows(IllegalArgumentException.class, () -> StreamOptions.DEFAULT.withAudioDelay(negative));
        assertThrows(IllegalArgumentException.class, () -> StreamOptions.DEFAULT.withMergeWindow(negative));
        assertThrows(IllegalArgumentException.class, () -> StreamOptions.DEFAULT.withResumeWindow(negative));
    }
}
