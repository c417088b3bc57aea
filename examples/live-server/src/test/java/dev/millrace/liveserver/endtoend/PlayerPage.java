package dev.millrace.liveserver.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A page of players in a browser. It comes from a port of its own: what it plays is of another origin. */
final class PlayerPage implements AutoCloseable {

    /** With hls.js, and with what the browser has itself. */
    static final List<String> KINDS = List.of("hls.js", "native");

    private static final Map<String, String> FILES = Map.of(
            "/", "/browser/players.html",
            "/hls.min.js", "/META-INF/resources/webjars/hls.js/1.4.12/dist/hls.min.js");

    private final HttpServer server;
    private final Browser browser;

    private PlayerPage(HttpServer server, Browser browser) {
        this.server = server;
        this.browser = browser;
    }

    static PlayerPage open(Browser browser) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), /* backlog= */ 0);
        server.createContext("/", PlayerPage::answer);
        server.start();
        browser.go("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return new PlayerPage(server, browser);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange; InputStream file = PlayerPage.class.getResourceAsStream(FILES.getOrDefault(path, "/browser/none"))) {
            if (file == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] bytes = file.readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", path.endsWith(".js") ? "text/javascript" : "text/html");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Plays a stream with each kind of player, whose names are those of stream and kind. */
    void play(String key, String index, Instant start) {
        for (String kind : KINDS) {
            browser.run("play(...arguments)", key + " " + kind, kind, index, start.toEpochMilli());
        }
    }

    /** Waits until all have so many samples of what they played; prints and returns what they saw. */
    Map<String, Playback> awaitSamples(int count) throws JsonProcessingException {
        String begun = "const from = player.samples.findIndex(sample => sample.playing); return from >= 0 && player.samples.length - from >= " + count;
        browser.await("return Object.values(players).every(player => { " + begun + "; });");
        Map<String, Playback> seen = Playback.parse(browser.run("return JSON.stringify(players)").toString());
        seen.forEach((name, playback) -> System.out.println("Chromium, " + name + ": " + playback.summary()));
        return seen;
    }

    @Override
    public void close() {
        server.stop(/* delay= */ 0);
    }
}
