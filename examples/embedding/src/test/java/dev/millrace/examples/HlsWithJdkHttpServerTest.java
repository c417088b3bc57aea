package dev.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MultivariantPlaylist;
import dev.millrace.media.MediaFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HlsWithJdkHttpServerTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private HlsWithJdkHttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HlsWithJdkHttpServer.start(0, 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CompletableFuture<HttpResponse<byte[]>> get(URI uri) {
        return client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> response) {
        assertEquals(200, response.statusCode());
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    void whoAsksForAStreamGetsItsSegments() throws Exception {
        URI index = URI.create("http://127.0.0.1:" + server.httpPort() + "/hls/rtmp/live/cam/index.m3u8");
        assertEquals(404, get(index).get(30, TimeUnit.SECONDS).statusCode());
        try (TestClient publisher = TestClient.publisher(server.rtmpPort(), "cam")) {
            // Held until there is a segment.
            HttpResponse<byte[]> first = publishUntilDone(publisher, index);
            URI media = index.resolve(MultivariantPlaylist.parse(text(first)).variants().get(0).uri());
            MediaPlaylist list = MediaPlaylist.parse(text(get(media).get(30, TimeUnit.SECONDS)));
            URI segment = media.resolve(list.segments().get(0).uri());
            byte[] content = get(segment).get(30, TimeUnit.SECONDS).body();
            assertTrue(content.length > 0 && content.length % 188 == 0 && content[0] == 0x47);
        }
    }

    private HttpResponse<byte[]> publishUntilDone(TestClient publisher, URI index) throws Exception {
        CompletableFuture<HttpResponse<byte[]>> held = CompletableFuture.failedFuture(new TimeoutException());
        for (int round = 0; ; round++) {
            for (MediaFrame frame : TestClient.media()) {
                publisher.send(frame.atTime(6_100L * round + frame.timestampMillis()));
            }
            if (round == 0) {
                held = get(index);
            }
            try {
                return held.get(200, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                continue; // a camera goes on
            }
        }
    }
}
