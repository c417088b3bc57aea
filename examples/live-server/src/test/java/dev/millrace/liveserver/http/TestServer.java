package dev.millrace.liveserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.hls.origin.HlsOrigin;
import dev.millrace.liveserver.snapshot.UnsupportedCodecException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server on a free port of this machine, and clients of it. */
final class TestServer implements AutoCloseable {

    static final String STREAMS = "/api/v1/rtmp/streams";
    static final String PAGE = "/dev/millrace/liveserver/http/page/";

    /** So long that only what hangs takes longer. */
    static final int PATIENCE_MILLIS = 30_000;

    static final SnapshotSource NO_PICTURES = (keyframe, width) -> CompletableFuture.failedStage(new UnsupportedCodecException("no"));

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final LiveHttpServer server;

    private TestServer(LiveHttpServer server) {
        this.server = server;
    }

    static TestServer start(LiveStreams streams) throws IOException {
        return start(options(), streams, Optional.empty(), NO_PICTURES);
    }

    static TestServer start(HttpServerOptions options, LiveStreams streams) throws IOException {
        return start(options, streams, Optional.empty(), NO_PICTURES);
    }

    static TestServer start(HttpServerOptions options, LiveStreams streams, Optional<HlsOrigin> hls, SnapshotSource snapshots)
            throws IOException {
        return new TestServer(LiveHttpServer.start(options, streams, new RtmpClients(), hls, snapshots, StaticFiles.read(PAGE)));
    }

    static HttpServerOptions options() {
        return HttpServerOptions.of("127.0.0.1", 0, 1935, "test");
    }

    /** Limits that a test can wait for. */
    static HttpLimits limits(int maxFlvViewers, Duration keepAlive, Duration noProgress, Duration headers) {
        return new HttpLimits(HttpLimits.DEFAULT.maxConnections(), maxFlvViewers, keepAlive, noProgress, headers);
    }

    LiveHttpServer server() {
        return server;
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    HttpRequest request(String method, String path, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url(path))).timeout(Duration.ofMillis(PATIENCE_MILLIS));
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder.method(method, BodyPublishers.noBody()).build();
    }

    HttpResponse<byte[]> send(String method, String path, String... headers) throws Exception {
        return client.send(request(method, path, headers), BodyHandlers.ofByteArray());
    }

    <T> CompletableFuture<HttpResponse<T>> sendAsync(String path, HttpResponse.BodyHandler<T> body) {
        return client.sendAsync(request("GET", path), body);
    }

    JsonNode json(String path) throws Exception {
        HttpResponse<byte[]> answer = send("GET", path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " gives " + answer.statusCode() + " " + text(answer));
        }
        return JSON.readTree(answer.body());
    }

    /** How many watch any stream as FLV. */
    int flvViewers() throws Exception {
        int viewers = 0;
        for (JsonNode stream : json(STREAMS).get("streams")) {
            viewers += stream.get("subscribers_by_kind").get("http_flv").asInt();
        }
        return viewers;
    }

    /** Asks until it is so. */
    void awaitFlvViewers(int expected) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        int now = flvViewers();
        while (now != expected) {
            if (System.nanoTime() > end) {
                throw new AssertionError(now + " viewers, not " + expected);
            }
            now = flvViewers();
        }
    }

    static JsonNode parse(byte[] json) throws IOException {
        return JSON.readTree(json);
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }

    /** Waits for as long as a connection may say nothing. */
    void awaitKeepAlive() throws IOException {
        try (Socket silent = connect()) {
            if (silent.getInputStream().read() >= 0) {
                throw new AssertionError("an answer to nothing");
            }
        }
    }

    /** A connection of a client that does as it likes. */
    Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    static void write(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Writes anything, and gives all that comes until the server closes. */
    String raw(String bytes) throws IOException {
        try (Socket socket = connect()) {
            write(socket, bytes);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The same for a request of one line and some headers, after which the server closes. */
    String rawRequest(String requestLine, String... headers) throws IOException {
        return raw(requestLine + "\r\nConnection: close\r\n" + String.join("", Stream.of(headers).map(header -> header + "\r\n").toList())
                + "\r\n");
    }

    @Override
    public void close() {
        server.close();
    }
}
