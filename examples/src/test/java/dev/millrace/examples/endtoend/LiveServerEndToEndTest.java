package dev.millrace.examples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LiveServer as a process of its own, told to stop as a service manager does. */
class LiveServerEndToEndTest {

    private static final int SIGTERM_EXIT_VALUE = 128 + 15;

    @TempDir
    private Path folder;

    private Process server;
    private BufferedReader output;
    private Optional<RunningTool> publisher = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "-cp", System.getProperty("java.class.path"),
                "dev.millrace.examples.LiveServer", "--host", "127.0.0.1", "--rtmp-port", "0", "--http-port", "0");
        server = builder.redirectErrorStream(true).start();
        output = server.inputReader();
    }

    @AfterEach
    void stop() {
        publisher.ifPresent(RunningTool::close);
        server.destroyForcibly();
    }

    /** Reads on to a line that fits, and returns the first group of the match. */
    private String awaitLine(String pattern) throws IOException {
        List<String> seen = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            seen.add(line);
            Matcher matcher = Pattern.compile(pattern).matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        throw new AssertionError("no line with " + pattern + " in " + seen);
    }

    private void assertEndsInTime() throws InterruptedException {
        server.destroy();
        assertTrue(server.waitFor(5, TimeUnit.SECONDS), "still runs 5 s after SIGTERM");
        assertEquals(SIGTERM_EXIT_VALUE, server.exitValue());
    }

    @Test
    void tellsHowToUseItAndEndsOnSigterm() throws Exception {
        String rtmp = awaitLine("^Listening for RTMP on 127\\.0\\.0\\.1:([0-9]+), for HTTP on 127\\.0\\.0\\.1:[0-9]+$");
        String url = "rtmp://127.0.0.1:" + rtmp + "/live/test123";
        assertEquals(url, awaitLine("^Publish: ffmpeg .* (rtmp:.*)$"));
        assertEquals(url, awaitLine("^Play: .* (rtmp:.*)$"));
        awaitLine("^Streams: (http:.*/api/v1/rtmp/streams)$");
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
        String url = awaitLine("^Publish: .* (rtmp:.*)$");
        String streams = awaitLine("^Streams: (http:.*)$");
        publisher = Optional.of(RunningTool.start(
                Tool.ffmpeg(), folder.resolve("log"), List.of("-v", "error", "-re", "-i", file.toString(), "-c", "copy", "-f", "flv", url)));
        awaitLine("(publishes) live/test123");
        String answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(streams)).build(), BodyHandlers.ofString()).body();
        assertTrue(
                answer.matches("\\{\"streams\":\\[\\{\"stream_id\":\"rtmp/live/test123\",\"app\":\"live\",\"key\":\"test123\","
                        + "\"start_time\":\"[0-9-]{10}T[0-9:]{8}Z\",\"video_frames\":[0-9]+,\"audio_frames\":[0-9]+,\"subscribers\":0}]}"),
                answer);
        assertEndsInTime();
        publisher.get().awaitExitValue();
    }
}
