package dev.millrace.liveserver.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.examples.endtoend.RunningTool;
import dev.millrace.examples.endtoend.Tool;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LiveServer as a process of its own, told to stop as a service manager does. */
@Tag("endtoend")
class LiveServerEndToEndTest {

    private static final int SIGTERM_EXIT_VALUE = 128 + 15;

    @TempDir
    private Path folder;

    private LiveServerProcess server;
    private Optional<RunningTool> publisher = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        server = LiveServerProcess.start();
    }

    @AfterEach
    void stop() {
        publisher.ifPresent(RunningTool::close);
        server.close();
    }

    private void assertEndsInTime() throws InterruptedException {
        server.process().destroy();
        assertTrue(server.process().waitFor(30, TimeUnit.SECONDS), "still runs 30 s after SIGTERM");
        assertEquals(SIGTERM_EXIT_VALUE, server.process().exitValue());
    }

    @Test
    void tellsHowToUseItAndEndsOnSigterm() throws Exception {
        String rtmp = server.awaitLine("^Listening for RTMP on 127\\.0\\.0\\.1:([0-9]+), for HTTP on 127\\.0\\.0\\.1:[0-9]+$");
        String url = "rtmp://127.0.0.1:" + rtmp + "/live/test123";
        assertEquals(url, server.awaitLine("^Publish: ffmpeg .* (rtmp:.*)$"));
        assertEquals(url, server.awaitLine("^Play: .* (rtmp:.*)$"));
        server.awaitLine("^Streams: (http:.*/api/v1/rtmp/streams)$");
        // One client that has said nothing yet.
        try (Socket silent = new Socket("127.0.0.1", Integer.parseInt(rtmp))) {
            assertEndsInTime();
            assertTrue(isOver(silent), "the client was not told");
        }
    }

    private static boolean isOver(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void listsAPublisherAndEndsOnSigterm() throws Exception {
        Path file = folder.resolve("file.flv");
        try (var resource = LiveServerEndToEndTest.class.getResourceAsStream("/media/avc-high-bframes-aac.flv")) {
            Files.copy(resource, file);
        }
        String url = server.awaitLine("^Publish: .* (rtmp:.*)$");
        String streams = server.awaitLine("^Streams: (http:.*)$");
        publisher = Optional.of(RunningTool.start(
                Tool.ffmpeg(), folder.resolve("log"), List.of("-v", "error", "-re", "-stream_loop", "-1", "-i", file.toString(), "-c", "copy", "-f", "flv", url)));
        server.awaitLine("(publishes) live/test123");
        String answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(streams)).build(), BodyHandlers.ofString()).body();
        assertTrue(
                answer.matches("\\{\"streams\":\\[\\{\"stream_id\":\"rtmp/live/test123\",\"app\":\"live\",\"key\":\"test123\","
                        + "\"start_time\":\"[0-9-]{10}T[0-9:]{8}Z\",\"video_frames\":[0-9]+,\"audio_frames\":[0-9]+,\"subscribers\":0.*}]}"),
                answer);
        assertEndsInTime();
        publisher.get().awaitExitValue();
    }
}
