package dev.millrace.liveserver.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed and started again with the same folder of segments goes on where it was, for players too that know nothing of it. */
@Tag("endtoend")
@Timeout(240)
class BrowserRestartEndToEndTest {

    private static final int SAMPLES_BEFORE = 3 * Playback.SAMPLES_A_SECOND;
    private static final int SAMPLES = 40 * Playback.SAMPLES_A_SECOND;

    /** It takes a second or two to come back, and 2 s until there is a segment. What players have in store is more, where there is not much to do. */
    private static final int AWAY_SECONDS = 20;

    @TempDir
    private Path folder;

    @Test
    void playersGoOn() throws Exception {
        Path file = new TestMedia(folder).encode("640x360", 60);
        String[] options = {"--data", folder.resolve("data").toString(), "--hls-store", "directory"};
        try (Browser browser = Browser.open(); PlayerPage page = PlayerPage.open(browser)) {
            String port;
            double listedSeconds;
            try (LiveHls live = LiveHls.start(folder, options)) {
                port = live.httpPort();
                live.publish("cam", "-i", file.toString());
                HlsCollector collector = live.collect("cam");
                collector.awaitSegments(BrowserHlsEndToEndTest.SEGMENTS_AT_START);
                page.play("cam", live.index("cam"), collector.start());
                page.awaitSamples(SAMPLES_BEFORE);
                listedSeconds = collector.seconds();
            }
            String[] again = {options[0], options[1], options[2], options[3], "--http-port", port};
            try (LiveHls live = LiveHls.start(folder, again)) {
                live.publish("cam", "-i", file.toString());
                HlsCollector collector = live.collect("cam");
                Map<String, Playback> playbacks = page.awaitSamples(SAMPLES);
                playbacks.values().forEach(playback -> assertGoesOn(playback, listedSeconds));
                collector.checkTimelines();
            }
        }
    }

    private static void assertGoesOn(Playback playback, double listedSeconds) {
        // A server that is slow to start is given up by hls.js; the page has it look again.
        assertTrue(playback.fatal().stream().allMatch(error -> error.startsWith("networkError")), playback::summary);
        playback.assertWaitsOnce(AWAY_SECONDS);
        assertTrue(playback.risesWithin(AWAY_SECONDS + 1, Playback.Sample::frames), () -> "no frames for a while: " + playback.samples());
        assertTrue(playback.last().seconds() > listedSeconds + 5, () -> "listed before the end " + listedSeconds + " s; " + playback.summary());
    }
}
