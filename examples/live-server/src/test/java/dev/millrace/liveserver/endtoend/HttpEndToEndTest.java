package dev.millrace.liveserver.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.examples.endtoend.Packets;
import dev.millrace.examples.endtoend.RunningTool;
import dev.millrace.examples.endtoend.Tool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LiveServer over HTTP, with FFmpeg as encoder and as player. */
@Tag("endtoend")
@Timeout(180)
class HttpEndToEndTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String ONE = "/api/v1/rtmp/streams/rtmp%2Flive%2Ftest123";

    @TempDir
    private Path folder;

    private Tool ffmpeg;
    private LiveServerProcess server;
    private String rtmp;
    private String http;

    @BeforeEach
    void start() throws Exception {
        ffmpeg = Tool.ffmpeg();
        server = LiveServerProcess.start("--record", "--data", folder.resolve("data").toString());
        rtmp = server.awaitLine("^Publish: .* (rtmp:.*)$");
        http = server.awaitLine("^Streams: (http://[^/]*)/");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(http + path)).method(method, BodyPublishers.noBody()).build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private RunningTool publish(Path file, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-v", "error", "-re"));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("-i", file.toString(), "-map", "0", "-c", "copy", "-f", "flv", rtmp));
        RunningTool publisher = RunningTool.start(ffmpeg, folder.resolve("publisher.log"), arguments);
        server.awaitLine("(publishes) live/test123");
        return publisher;
    }

    private Path media(String name) throws Exception {
        Path copy = folder.resolve(name);
        try (var resource = HttpEndToEndTest.class.getResourceAsStream("/media/" + name)) {
            Files.copy(resource, copy);
        }
        return copy;
    }

    @ParameterizedTest
    @ValueSource(strings = {"avc-high-bframes-aac.flv", "avc-baseline-no-audio.flv", "aac-only.flv"})
    void whatAPlayerTakesOverHttpIsWhatWasPublished(String name) throws Exception {
        Path file = media(name);
        Path played = folder.resolve("played.flv");
        // So slowly that a player is there in time.
        try (RunningTool publisher = publish(file, "-readrate", "0.5")) {
            List<String> play = List.of("-v", "error", "-i", http + "/live/test123.flv", "-map", "0", "-c", "copy", "-f", "flv", played.toString());
            try (RunningTool player = RunningTool.start(ffmpeg, folder.resolve("player.log"), play)) {
                publisher.awaitSuccess();
                player.awaitSuccess();
                assertEquals("", player.output());
            }
        }
        assertSame(Packets.of(ffmpeg, file), Packets.of(ffmpeg, played));
    }

    /** What comes is one piece of what left, to its end, at the same distances of time. */
    private static void assertSame(Packets left, Packets came) {
        assertEquals(left.tracks().keySet(), came.tracks().keySet());
        came.tracks().forEach((name, track) -> {
            List<Packets.Packet> sent = left.tracks().get(name).packets();
            List<Packets.Packet> got = track.packets();
            assertEquals(left.tracks().get(name).extradata(), track.extradata(), name);
            int skipped = sent.size() - got.size();
            assertTrue(skipped >= 0 && got.size() > sent.size() / 10, name + ": " + got.size() + " of " + sent.size());
            assertTrue(got.get(0).key(), name);
            for (int i = 0; i < got.size(); i++) {
                assertTrue(sent.get(skipped + i).hasContentOf(got.get(i)), name + ": packet " + i);
                long since = sent.get(skipped + i).dtsMillis() - sent.get(skipped).dtsMillis();
                assertEquals(since, got.get(i).dtsMillis() - got.get(0).dtsMillis(), name + ": time of packet " + i);
            }
        });
    }

    /** Asks until the encoder has said its name, which it does when it may publish. */
    private JsonNode awaitEncoder() throws Exception {
        JsonNode stream = new ObjectMapper().readTree(send("GET", ONE).body());
        while (!stream.path("publisher").has("encoder")) {
            assertFalse(server.process().waitFor(20, TimeUnit.MILLISECONDS), "the server has ended");
            stream = new ObjectMapper().readTree(send("GET", ONE).body());
        }
        return stream;
    }

    @Test
    void anEncoderIsToldOfAndSentAway() throws Exception {
        try (RunningTool publisher = publish(media("avc-high-bframes-aac.flv"), "-stream_loop", "-1")) {
            JsonNode stream = awaitEncoder();
            assertTrue(stream.get("publisher").get("address").asText().matches("127\\.0\\.0\\.1:[0-9]+"), stream.toString());
            assertTrue(stream.get("publisher").get("encoder").asText().startsWith("Lavf"), stream.toString());
            assertEquals(1, stream.get("subscribers_by_kind").get("recorder").asInt());
            assertEquals(rtmp, stream.get("links").get("rtmp").asText());
            String metrics = send("GET", "/metrics").body();
            assertTrue(metrics.contains("\nmillrace_publishers 1.0\n"), metrics);
            assertTrue(metrics.contains("\nmillrace_rtmp_connections 1.0\n"), metrics);
            assertEquals(204, send("DELETE", ONE).statusCode());
            server.awaitLine("(stream ended: CLOSED_BY_HOST)");
            assertTrue(publisher.awaitExitValue() != 0, "the encoder goes on");
            assertEquals(404, send("GET", ONE).statusCode());
            assertTrue(send("GET", "/metrics").body().contains("\nmillrace_publishers 0.0\n"));
        }
    }
}
