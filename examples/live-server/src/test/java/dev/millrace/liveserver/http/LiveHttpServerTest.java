package dev.millrace.liveserver.http;

import static dev.millrace.liveserver.http.TestServer.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.rtmp.stream.Publication;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveHttpServerTest {

    private final TestStreams streams = new TestStreams();

    @Test
    void aTakenPortIsABindException() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            HttpServerOptions options = HttpServerOptions.of("127.0.0.1", other.getLocalPort(), 1935, "test");
            BindException e = assertThrows(BindException.class, () -> TestServer.start(options, streams));
            assertEquals("Address already in use", e.getMessage());
        }
        // Those of a test before may be on their way out.
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("http-")) {
                thread.join(TestServer.PATIENCE_MILLIS);
                assertFalse(thread.isAlive(), thread + " is left");
            }
        }
    }

    @Test
    void anUnknownHostIsSaid() {
        HttpServerOptions options = HttpServerOptions.of("host.invalid", 0, 1935, "test");
        assertEquals("host.invalid", assertThrows(UnknownHostException.class, () -> TestServer.start(options, streams)).getMessage());
    }

    @Test
    void nonsensicalOptionsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> HttpServerOptions.of("127.0.0.1", 65_536, 1935, "test"));
        assertThrows(IllegalArgumentException.class, () -> HttpServerOptions.of("127.0.0.1", 0, -1, "test"));
        assertThrows(IllegalArgumentException.class, () -> new HttpLimits(0, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO));
        Duration second = Duration.ofSeconds(1);
        assertThrows(IllegalArgumentException.class, () -> new HttpLimits(1, 0, second, second, second));
        assertThrows(IllegalArgumentException.class, () -> new HttpLimits(1, 1, second, Duration.ZERO, second));
    }

    @Test
    void aServerThatIsAboutToCloseSaysSoAndGoesOn() throws Exception {
        try (TestServer server = TestServer.start(streams)) {
            assertEquals("{\"status\":\"up\"}", text(server.send("GET", "/healthz")));
            server.server().announceClose();
            assertEquals(503, server.send("GET", "/healthz").statusCode());
            assertEquals("{\"status\":\"closing\"}", text(server.send("GET", "/healthz")));
            assertEquals(200, server.send("GET", TestServer.STREAMS).statusCode());
        }
    }

    @Test
    void closingEndsViewersWellAndEverythingElse() throws Exception {
        Publication publication = streams.publishFile("live/test123", "avc-high-bframes-aac.flv");
        int subscribers = publication.stream().subscriptions().size();
        TestServer server = TestServer.start(streams);
        try (FlvClient viewer = FlvClient.watch(server, "/live/test123.flv"); Socket silent = server.connect()) {
            viewer.nextPicture();
            int port = server.server().port();
            server.close();
            // To the end, without an error: the last chunk has come.
            viewer.rest();
            assertTrue(isOver(silent), "a connection is left");
            assertThrows(ConnectException.class, () -> new Socket("127.0.0.1", port).close());
        }
        assertEquals(subscribers, publication.stream().subscriptions().size());
        assertTrue(publication.stream().endReason().isEmpty(), "the stream is not the server's");
    }

    private static boolean isOver(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void moreConnectionsThanAllowedWait() throws Exception {
        HttpLimits usual = HttpLimits.DEFAULT;
        HttpLimits two = new HttpLimits(2, 1, usual.keepAlive(), usual.noProgress(), usual.headers());
        String request = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
        try (TestServer server = TestServer.start(TestServer.options().with(two), streams); Socket second = server.connect()) {
            Socket first = server.connect();
            TestServer.write(first, request);
            assertEquals('H', first.getInputStream().read());
            TestServer.write(second, request);
            assertEquals('H', second.getInputStream().read());
            try (Socket third = server.connect()) {
                TestServer.write(third, request);
                first.close();
                assertEquals('H', third.getInputStream().read(), "once there is room");
            }
        }
    }
}
