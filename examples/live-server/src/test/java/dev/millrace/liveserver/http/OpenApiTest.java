package dev.millrace.liveserver.http;

import static dev.millrace.liveserver.http.TestServer.STREAMS;
import static dev.millrace.liveserver.http.TestServer.header;
import static dev.millrace.liveserver.http.TestServer.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.hls.origin.HlsOrigin;
import dev.millrace.hls.origin.OriginOptions;
import dev.millrace.liveserver.snapshot.UnsupportedCodecException;
import dev.millrace.media.Scheduler;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The description of the API is true: each answer that it names can be had, and is as it says. */
class OpenApiTest {

    private static final String ONE = STREAMS + "/rtmp%2Flive%2Ftest123";
    private static final String UNKNOWN = STREAMS + "/rtmp%2Funknown";
    private static final String ONE_PATH = STREAMS + "/{stream_id}";
    private static final String SNAPSHOT_PATH = ONE_PATH + "/snapshot";
    private static final String FLV_PATH = "/{app}/{name}.flv";

    /** Only a real RTMP client has one, as an end-to-end test shows. */
    private static final Set<String> NOT_MET_HERE = Set.of("Stream.publisher", "StreamDetail.publisher", "Publisher.address", "Publisher.encoder");

    private final TestStreams streams = new TestStreams();
    private final Map<String, Callable<HttpResponse<byte[]>>> answers = new TreeMap<>();
    private volatile CompletionStage<byte[]> picture = CompletableFuture.completedStage(new byte[] {1});
    private TestServer server;
    private TestServer guarded;

    @BeforeEach
    void start() throws Exception {
        streams.publishFile("live/test123", "avc-high-bframes-aac.flv");
        HlsOrigin origin = new HlsOrigin(
                path -> CompletableFuture.completedStage(Optional.empty()), OriginOptions.DEFAULT, Scheduler.shared(), InstantSource.system());
        HttpServerOptions options = TestServer.options();
        server = TestServer.start(options.with(oneViewer()), streams, Optional.of(origin), (keyframe, width) -> picture);
        guarded = TestServer.start(options.withAdminToken(Optional.of("token")), streams);
    }

    private static HttpLimits oneViewer() {
        HttpLimits usual = HttpLimits.DEFAULT;
        return TestServer.limits(1, usual.keepAlive(), usual.noProgress(), usual.headers());
    }

    @AfterEach
    void stop() {
        server.close();
        guarded.close();
    }

    private void answer(String operation, int status, Callable<HttpResponse<byte[]>> how) {
        answers.put(operation + " " + status, how);
    }

    private HttpResponse<byte[]> failing(Throwable failure) throws Exception {
        picture = CompletableFuture.failedStage(failure);
        return server.send("GET", ONE + "/snapshot");
    }

    private void collect() {
        answer("get /api/v1/server", 200, () -> server.send("GET", "/api/v1/server"));
        answer("get " + STREAMS, 200, () -> server.send("GET", STREAMS));
        answer("get " + ONE_PATH, 200, () -> server.send("GET", ONE));
        answer("get " + ONE_PATH, 400, () -> server.send("GET", STREAMS + "/rtmp%2F%2F"));
        answer("get " + ONE_PATH, 404, () -> server.send("GET", UNKNOWN));
        answer("delete " + ONE_PATH, 204, () -> {
            streams.publish("live/other");
            return server.send("DELETE", STREAMS + "/rtmp%2Flive%2Fother");
        });
        answer("delete " + ONE_PATH, 401, () -> guarded.send("DELETE", ONE));
        answer("delete " + ONE_PATH, 403, () -> server.send("DELETE", ONE, "Origin", "https://evil.example"));
        answer("delete " + ONE_PATH, 404, () -> server.send("DELETE", UNKNOWN));
        answer("get " + SNAPSHOT_PATH, 200, () -> server.send("GET", ONE + "/snapshot?width=320"));
        answer("get " + SNAPSHOT_PATH, 304, () -> server.send("GET", ONE + "/snapshot", "If-None-Match", "*"));
        answer("get " + SNAPSHOT_PATH, 400, () -> server.send("GET", ONE + "/snapshot?format=gif"));
        answer("get " + SNAPSHOT_PATH, 404, () -> server.send("GET", UNKNOWN + "/snapshot"));
        answer("get " + SNAPSHOT_PATH, 500, () -> failing(new IllegalStateException("broken")));
        answer("get " + SNAPSHOT_PATH, 501, () -> failing(new UnsupportedCodecException("no")));
        answer("get " + SNAPSHOT_PATH, 503, () -> failing(new RejectedExecutionException("full")));
        answer("get " + FLV_PATH, 400, () -> server.send("GET", "/live/%2E%2E%2Fx.flv"));
        answer("get " + FLV_PATH, 404, () -> server.send("GET", "/live/unknown.flv"));
        answer("get " + FLV_PATH, 503, () -> {
            FlvClient.watch(server, "/live/test123.flv");
            return server.send("GET", "/live/test123.flv");
        });
        answer("get " + FLV_PATH, 200, () -> server.send("HEAD", "/live/test123.flv"));
        answer("get /metrics", 200, () -> server.send("GET", "/metrics"));
        answer("get /healthz", 200, () -> server.send("GET", "/healthz"));
        answer("get /healthz", 503, () -> {
            guarded.server().announceClose();
            return guarded.send("GET", "/healthz");
        });
        answer("get /openapi.json", 200, () -> server.send("GET", "/openapi.json"));
        answer("get /openapi.json", 304, () -> server.send("GET", "/openapi.json", "If-None-Match", "*"));
    }

    @Test
    void everyAnswerIsAsDescribed() throws Exception {
        JsonNode document = server.json("/openapi.json");
        assertEquals("3.1.0", document.get("openapi").asText());
        collect();
        Map<String, JsonNode> described = described(document);
        assertEquals(described.keySet(), answers.keySet());
        JsonSchema schemas = new JsonSchema(document);
        List<String> errors = new ArrayList<>();
        for (Map.Entry<String, JsonNode> one : described.entrySet()) {
            HttpResponse<byte[]> answer = answers.get(one.getKey()).call();
            check(one.getKey(), one.getValue(), answer, schemas, errors);
        }
        assertEquals(List.of(), errors);
        Set<String> all = properties(document);
        all.removeAll(NOT_MET_HERE);
        assertEquals(all, new TreeSet<>(schemas.met()), "what is described can be met");
    }

    /** The responses by operation and status. */
    private static Map<String, JsonNode> described(JsonNode document) {
        Map<String, JsonNode> described = new TreeMap<>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> {
            if (!operation.getKey().equals("parameters")) {
                operation.getValue().get("responses").properties().forEach(
                        response -> described.put(operation.getKey() + " " + path.getKey() + " " + response.getKey(), response.getValue()));
            }
        }));
        return described;
    }

    private static void check(String what, JsonNode described, HttpResponse<byte[]> answer, JsonSchema schemas, List<String> errors) throws Exception {
        int status = Integer.parseInt(what.substring(what.lastIndexOf(' ') + 1));
        if (answer.statusCode() != status) {
            errors.add(what + ": " + answer.statusCode() + " " + text(answer));
            return;
        }
        String type = header(answer, "Content-Type").replaceAll(";.*", "");
        JsonNode content = described.path("content");
        if (content.isMissingNode() ? answer.body().length > 0 : !content.has(type)) {
            errors.add(what + ": content of type " + type);
        } else if (content.path(type).has("schema")) {
            schemas.errors(content.get(type).get("schema"), TestServer.parse(answer.body())).forEach(error -> errors.add(what + ": " + error));
        }
    }

    private static Set<String> properties(JsonNode document) {
        Set<String> all = new TreeSet<>();
        document.at("/components/schemas").properties().forEach(schema -> schema.getValue().get("properties").fieldNames()
                .forEachRemaining(property -> all.add(schema.getKey() + "." + property)));
        return all;
    }

    @Test
    void everyParameterIsKnownToTheDescription() throws Exception {
        JsonNode document = server.json("/openapi.json");
        Set<String> names = document.findValues("parameters").stream()
                .flatMap(list -> list.findValuesAsText("name").stream())
                .collect(Collectors.toSet());
        assertEquals(Set.of("stream_id", "width", "format", "app", "name"), names);
        JsonNode width = document.at("/paths").get(SNAPSHOT_PATH).get("parameters").get(1).get("schema");
        assertEquals(StreamPictures.MIN_WIDTH, width.get("minimum").asInt());
        assertEquals(StreamPictures.MAX_WIDTH, width.get("maximum").asInt());
        assertTrue(document.at("/components/schemas/Error/additionalProperties").isBoolean());
    }

    @Test
    void theCheckerItselfSeesWhatIsWrong() throws Exception {
        JsonNode document = server.json("/openapi.json");
        JsonNode health = document.at("/components/schemas/Health");
        JsonSchema schemas = new JsonSchema(document);
        assertEquals(List.of("$ lacks \"status\"", "$ has x, which is not described"), schemas.errors(health, json("{\"x\":1}")));
        assertEquals(List.of("$.status is 1, not of type 'string'"), schemas.errors(health, json("{\"status\":1}")));
        assertEquals(
                List.of("$.status is \"down\", not one of [\"up\",\"closing\"]"), schemas.errors(health, json("{\"status\":\"down\"}")));
    }

    private static JsonNode json(String text) throws IOException {
        return TestServer.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
