package dev.millrace.liveserver.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.examples.endtoend.RunningTool;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Chromium plays live HLS, with hls.js and with what it has itself. All streams are played at once, in one page, since each takes the time that it
 * takes; the tests look at what was seen then.
 */
@Tag("endtoend")
class BrowserHlsEndToEndTest {

    /**
     * So much is in store that a publisher may be away for a moment: hls.js begins three target durations from the end, Chromium's own HLS with the
     * first segment listed. Version 156 of it wants three at least, and gives up where it has taken all and there are no more yet.
     */
    static final int SEGMENTS_AT_START = 5;

    private static final int BOUNDARY_SECONDS = 14;
    private static final int GAP_SECONDS = 3;

    /** Enough to wait through the gap, and to play on for well over four seconds behind the boundary. */
    private static final int PLAYED_SECONDS = BOUNDARY_SECONDS + GAP_SECONDS + 8;

    private static final int SAMPLES_PLAYED = PLAYED_SECONDS * Playback.SAMPLES_A_SECOND;

    /** Nothing is decoded while a player waits in a gap, which is longer where there is much to do. */
    private static final int QUIET_SECONDS = GAP_SECONDS + 5;

    private static final List<String> STREAMS = List.of("plain", "gap", "change", "audio", "video");
    private static final Map<String, HlsCollector> COLLECTORS = new HashMap<>();

    private static Map<String, Playback> playbacks = Map.of();

    @BeforeAll
    @Timeout(240)
    static void playAll(@TempDir Path folder) throws Exception {
        if (!Browser.isInstalled()) {
            return;
        }
        TestMedia media = new TestMedia(folder);
        try (Browser browser = Browser.open(); PlayerPage page = PlayerPage.open(browser); LiveHls live = LiveHls.start(folder)) {
            Path small = media.encode("640x360", 60);
            Path head = media.head(small, BOUNDARY_SECONDS);
            Path changing = media.join(head, media.encode("1280x720", 50), BOUNDARY_SECONDS * 1_000);
            for (String key : STREAMS) {
                COLLECTORS.put(key, live.collect(key));
            }
            // The times of the publisher that comes back begin at 0 again.
            CompletableFuture<RunningTool> comesBack = live.publish("gap", "-i", head.toString()).onExit().thenApplyAsync(
                    gone -> live.publish("gap", "-i", small.toString()), CompletableFuture.delayedExecutor(GAP_SECONDS, TimeUnit.SECONDS));
            live.publish("plain", "-i", small.toString());
            live.publish("change", "-i", changing.toString());
            live.publish("audio", "-i", small.toString(), "-vn");
            live.publish("video", "-i", small.toString(), "-an");
            for (String key : STREAMS) {
                COLLECTORS.get(key).awaitSegments(SEGMENTS_AT_START);
                page.play(key, live.index(key), COLLECTORS.get(key).start());
            }
            playbacks = page.awaitSamples(SAMPLES_PLAYED);
            comesBack.join();
        }
    }

    /** Here and not where all is played: a class that is skipped before its first test is not counted as skipped. */
    @BeforeEach
    void browser() {
        Browser.assumeInstalled();
    }

    private static Playback playback(String stream, String kind) {
        Playback playback = playbacks.get(stream + " " + kind);
        assertTrue(playback.begun().size() >= SAMPLES_PLAYED, () -> "does not play for " + PLAYED_SECONDS + " s: " + playback.summary());
        assertEquals(List.of(), playback.fatal(), "fatal errors");
        return playback;
    }

    private static void assertSmooth(Playback playback) {
        assertEquals(List.of(), playback.errors(), "errors");
        assertEquals(List.of(), playback.stalls(), "stalls");
        assertTrue(playback.longestHaltMillis() < Playback.NOTED_MILLIS, playback::summary);
        assertTrue(playback.rate() > 0.7, () -> "rate " + playback.rate() + ": " + playback.summary());
    }

    private static void assertHasVideo(Playback playback, int widthAtEnd) {
        assertTrue(playback.risesWithin(QUIET_SECONDS, Playback.Sample::frames), () -> "no frames for a while: " + playback.samples());
        assertEquals(widthAtEnd, playback.last().width(), "width");
    }

    private static void assertHasAudio(Playback playback) {
        assertTrue(playback.risesWithin(QUIET_SECONDS, Playback.Sample::audioBytes), () -> "no audio for a while: " + playback.samples());
    }

    @ParameterizedTest
    @FieldSource("dev.millrace.liveserver.endtoend.PlayerPage#KINDS")
    void videoAndAudio(String kind) {
        Playback playback = playback("plain", kind);
        assertSmooth(playback);
        assertHasVideo(playback, 640);
        assertHasAudio(playback);
    }

    @ParameterizedTest
    @FieldSource("dev.millrace.liveserver.endtoend.PlayerPage#KINDS")
    void audioOnly(String kind) {
        Playback playback = playback("audio", kind);
        assertSmooth(playback);
        assertHasAudio(playback);
        assertEquals(0, playback.last().frames(), "frames");
    }

    @ParameterizedTest
    @FieldSource("dev.millrace.liveserver.endtoend.PlayerPage#KINDS")
    void videoOnly(String kind) {
        Playback playback = playback("video", kind);
        assertSmooth(playback);
        assertHasVideo(playback, 640);
        assertEquals(0, playback.last().audioBytes(), "bytes of audio");
    }

    @ParameterizedTest
    @FieldSource("dev.millrace.liveserver.endtoend.PlayerPage#KINDS")
    void sizeChanges(String kind) {
        Playback playback = playback("change", kind);
        assertSmooth(playback);
        assertEquals(640, playback.begun().get(0).width(), "width at first");
        assertHasVideo(playback, 1280);
        assertHasAudio(playback);
    }

    @ParameterizedTest
    @FieldSource("dev.millrace.liveserver.endtoend.PlayerPage#KINDS")
    void publisherComesBackAfterAGap(String kind) {
        Playback playback = playback("gap", kind);
        playback.assertWaitsOnce(QUIET_SECONDS);
        assertTrue(playback.last().seconds() > BOUNDARY_SECONDS + 4, playback::summary);
        assertHasVideo(playback, 640);
        assertHasAudio(playback);
    }

    @ParameterizedTest
    @FieldSource("STREAMS")
    void allSegmentsAreSound(String stream) throws Exception {
        COLLECTORS.get(stream).check(stream);
        long discontinuities = COLLECTORS.get(stream).timelines().size() - 1;
        assertEquals(stream.equals("gap") || stream.equals("change") ? 1 : 0, discontinuities, "discontinuities");
    }
}
