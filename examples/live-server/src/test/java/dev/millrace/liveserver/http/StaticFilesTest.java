package dev.millrace.liveserver.http;

import static dev.millrace.liveserver.http.TestServer.header;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StaticFilesTest {

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start(new TestStreams());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void filesComeWithTheirTypes() throws Exception {
        Map<String, String> types = Map.of(
                "/", "text/html; charset=utf-8",
                "/index.html", "text/html; charset=utf-8",
                "/app.js", "text/javascript; charset=utf-8",
                "/app.css", "text/css; charset=utf-8",
                "/icon.svg", "image/svg+xml",
                "/openapi.json", "application/json",
                "/assets/hls.min.js", "text/javascript; charset=utf-8");
        for (Map.Entry<String, String> type : types.entrySet()) {
            HttpResponse<byte[]> answer = server.send("GET", type.getKey());
            assertEquals(200, answer.statusCode(), type.getKey());
            assertEquals(type.getValue(), header(answer, "Content-Type"), type.getKey());
            assertEquals("no-cache", header(answer, "Cache-Control"));
            assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
            assertEquals(
                    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self' blob:; connect-src 'self'; "
                            + "style-src 'self'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'",
                    header(answer, "Content-Security-Policy"));
            HttpResponse<byte[]> again = server.send("GET", type.getKey(), "If-None-Match", header(answer, "ETag"));
            assertEquals(304, again.statusCode(), type.getKey());
            assertEquals(0, again.body().length);
        }
        assertArrayEquals(TestStreams.resource(TestServer.PAGE + "index.html"), server.send("GET", "/").body());
        assertTrue(TestServer.text(server.send("GET", "/assets/hls.min.js")).contains("hlsMediaAttached"), "this is hls.js");
    }

    @Test
    void thePageOfLiveServerIsThere() throws IOException {
        assertTrue(StaticFiles.read(StaticFiles.PAGE).at("/").isPresent());
    }

    @Test
    void aFolderThatIsMissingIsSaidAtOnce() {
        String message = assertThrows(IOException.class, () -> StaticFiles.read("/no/such/")).getMessage();
        assertEquals("no /no/such/index.html on the class path", message);
    }
}
