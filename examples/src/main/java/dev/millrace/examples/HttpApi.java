package dev.millrace.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.hls.origin.HlsOrigin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What {@link LiveServer} answers over HTTP. */
final class HttpApi implements AutoCloseable {

    private static final String STREAMS = "/api/v1/rtmp/streams";
    /** Players that load segments slowly hold one each. */
    private static final int THREADS = 32;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final ExecutorService executor;
    private final WatchedStreams streams;

    private HttpApi(HttpServer server, ExecutorService executor, WatchedStreams streams) {
        this.server = server;
        this.executor = executor;
        this.streams = streams;
    }

    /** Listens. Fails with {@link java.net.BindException} if the port is taken. */
    static HttpApi start(String host, int port, WatchedStreams streams, Optional<HlsOrigin> hls) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), /* backlog= */ 0);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "http");
            thread.setDaemon(true);
            return thread;
        });
        HttpApi api = new HttpApi(server, executor, streams);
        server.setExecutor(executor);
        server.createContext("/", api::answer);
        hls.ifPresent(origin -> server.createContext("/hls/", new HlsHttpHandler(origin, executor)));
        server.start();
        return api;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(STREAMS)) {
                send(exchange, 404, Map.of("error", "not found"));
            } else if (!exchange.getRequestMethod().equals("GET") && !exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, Map.of("error", "method not allowed"));
            } else {
                send(exchange, 200, StreamList.of(streams));
            }
        }
    }

    private void send(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(/* delay= */ 0);
        executor.shutdown();
    }
}
