package dev.millrace.liveserver.http;

import static dev.millrace.liveserver.http.TestServer.STREAMS;
import static dev.millrace.liveserver.http.TestServer.header;
import static dev.millrace.liveserver.http.TestServer.limits;
import static dev.millrace.liveserver.http.TestServer.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.rtmp.stream.Publication;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, the answer is a status and a line of JSON, and others get theirs. */
class HostileRequestsTest {

    private static final Pattern ANSWER =
            Pattern.compile("HTTP/1\\.1 (\\d{3}) [^\r]*\r\n((?:[^\r]+\r\n)*)\r\n(.*)", Pattern.DOTALL);
    private static final String LONG = "a".repeat(10_000);

    private final TestStreams streams = new TestStreams();
    private Publication publication;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        publication = streams.publishFile("live/test123", "avc-high-bframes-aac.flv");
        server = TestServer.start(streams);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Asserts that this is one answer with a JSON error and nothing else in it, and gives the status. */
    private static int errorOf(String answer) throws IOException {
        Matcher matcher = ANSWER.matcher(answer);
        assertTrue(matcher.matches(), answer);
        String headers = matcher.group(2);
        assertTrue(headers.contains("Content-Type: application/json\r\n"), answer);
        assertTrue(headers.contains("X-Content-Type-Options: nosniff\r\n"), answer);
        assertFalse(headers.contains("Server:"), answer);
        assertFalse(headers.contains("Jetty"), answer);
        assertEquals(List.of("error"), names(matcher.group(3)));
        assertFalse(matcher.group(3).contains("xception"), answer);
        return Integer.parseInt(matcher.group(1));
    }

    private static List<String> names(String json) throws IOException {
        List<String> names = new ArrayList<>();
        TestServer.parse(json.getBytes(StandardCharsets.UTF_8)).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private int errorOfPath(String path) throws IOException {
        return errorOf(server.rawRequest("GET " + path + " HTTP/1.1", "Host: x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "%", "%4", "%00", "%C0%AE%C0%AE", "%C0%AF", "%ff", "%ED%A0%80", "%0a", "%7f", "%5c", "a\\b", "\u00e4", "a|b", "%2e%2e",
        "%2e", "%2E%2E%2Fetc%2Fpasswd"})
    void brokenPathsAreBadRequests(String segment) throws Exception {
        for (String path : List.of("/", "/live/", STREAMS + "/", STREAMS + "/rtmp%2Flive%2F", "/assets/")) {
            assertTrue(List.of(400, 404).contains(errorOfPath(path + segment)), path + segment);
            assertEquals(400, errorOfPath("/live/" + segment + "/x.flv"), segment);
            assertEquals(400, errorOfPath(STREAMS + "/rtmp%2F" + segment + "%2Fx"), segment);
            assertEquals(400, errorOfPath(STREAMS + "/rtmp%2F" + segment + "%2Fx/snapshot"), segment);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../etc/passwd", "/..", "/a/../../x", "/..;/x", "//etc/passwd", "/a//b.flv", "/live/../live/test123.flv", "/./x.flv",
        STREAMS + "/rtmp%2Flive%2F..%2Ftest123", STREAMS + "/rtmp%2F", STREAMS + "/rtmp%2Flive%2F%2Ftest123", STREAMS + "/rtmp%2F%24%7Bx%7D"})
    void dottedAndEmptySegmentsAreBadRequests(String path) throws Exception {
        assertEquals(400, errorOfPath(path), path);
    }

    @Test
    void noPathLeadsAnywhereElse() throws Exception {
        for (String path : List.of("/assets/../index.html", "/assets/..%2Findex.html", "/dev/millrace/liveserver/http/page/index.html",
                "/META-INF/MANIFEST.MF", "/assets/hls.js", "/index.html/", "/index.html%2F", "/INDEX.HTML", "/app.js;x", "/file:/etc/passwd")) {
            assertTrue(List.of(400, 404).contains(errorOfPath(path)), path);
        }
    }

    @Test
    void whatIsTooLongIsRefused() throws Exception {
        assertEquals(414, errorOf(server.raw("GET /" + LONG + " HTTP/1.1\r\nHost: x\r\n\r\n")));
        assertEquals(414, errorOf(server.raw("GET " + STREAMS + "/" + LONG + " HTTP/1.1\r\nHost: x\r\n\r\n")));
        assertEquals(414, errorOf(server.raw("GET /live/test123.flv?" + LONG + " HTTP/1.1\r\nHost: x\r\n\r\n")));
        assertEquals(431, errorOf(server.raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + LONG + "\r\n\r\n")));
        assertEquals(431, errorOf(server.raw("GET / HTTP/1.1\r\nHost: x\r\n" + "X: y\r\n".repeat(2_000) + "\r\n")));
        assertEquals(400, errorOfPath(STREAMS + "/rtmp%2F" + "a".repeat(513)));
    }

    @Test
    void garbageIsRefused() throws Exception {
        for (String garbage : List.of("\0\1\2\3\r\n\r\n", "GET\r\n\r\n", "GET /\0 HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "GET / HTTP/1.1\r\nHo st: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) {
            assertEquals(400, errorOf(server.raw(garbage)), garbage);
        }
        assertEquals(505, errorOf(server.raw("GET / HTTP/9.9\r\nHost: x\r\n\r\n")));
        assertEquals(505, errorOf(server.raw("GET / FTP/1.1\r\nHost: x\r\n\r\n")));
        assertEquals(426, errorOf(server.raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")));
    }

    @Test
    void absoluteUrisAreTheSameRequests() throws Exception {
        String answer = server.rawRequest("GET http://x" + STREAMS + "/rtmp%2Flive%2Ftest123 HTTP/1.1", "Host: x");
        assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
        assertEquals(400, errorOf(server.rawRequest("GET http://other.example/ HTTP/1.1", "Host: x")));
        assertEquals(404, errorOf(server.rawRequest("GET http://x/nothing HTTP/1.1", "Host: x")));
        assertEquals(400, errorOf(server.rawRequest("GET http://x:99999/ HTTP/1.1", "Host: x:99999")));
    }

    @Test
    void bodiesAreRefused() throws Exception {
        assertEquals(413, errorOf(server.raw("POST " + STREAMS + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000000\r\n\r\nabc")));
        assertEquals(413, errorOf(server.raw("GET " + STREAMS + " HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")));
        assertEquals(413, errorOf(server.raw("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")));
        String delete = "DELETE " + STREAMS + "/rtmp%2Flive%2Ftest123 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        assertEquals(413, errorOf(server.raw(delete + "Content-Length: 5000\r\n\r\n")));
        assertTrue(publication.stream().endReason().isEmpty());
        String answer = server.raw(delete + "Content-Length: 2\r\n\r\n{}");
        assertTrue(answer.startsWith("HTTP/1.1 204 "), answer);
    }

    @Test
    void aRequestThatComesByteByByteIsAnswered() throws Exception {
        try (Socket socket = server.connect()) {
            for (char c : ("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").toCharArray()) {
                write(socket, String.valueOf(c));
            }
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.endsWith("{\"status\":\"up\"}"), answer);
        }
    }

    @Test
    void headersThatNeverEndEndTheConnection() throws Exception {
        HttpLimits limits = limits(1, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMillis(300));
        try (TestServer impatient = TestServer.start(TestServer.options().with(limits), streams); Socket viewer = impatient.connect()) {
            write(viewer, "GET /live/test123.flv HTTP/1.1\r\nHost: x\r\n\r\n");
            readTo('F', viewer);
            try (Socket dribbling = impatient.connect()) {
                write(dribbling, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /");
                dribbling.setSoTimeout(20);
                // Never idle, and yet it ends.
                assertThrows(SocketException.class, () -> {
                    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                    while (System.nanoTime() < end) {
                        write(dribbling, "x");
                        readUntilTimeout(dribbling);
                    }
                });
            }
            publication.close();
            byte[] rest = viewer.getInputStream().readAllBytes();
            assertTrue(new String(rest, StandardCharsets.ISO_8859_1).endsWith("\r\n0\r\n\r\n"), "who is being answered is left alone");
        }
    }

    private static void readTo(char wanted, Socket socket) throws IOException {
        int read = socket.getInputStream().read();
        while (read != wanted) {
            assertTrue(read >= 0, "closed before " + wanted);
            read = socket.getInputStream().read();
        }
    }

    private static void readUntilTimeout(Socket socket) throws IOException {
        try {
            while (true) {
                if (socket.getInputStream().read() < 0) {
                    throw new SocketException("closed by the server");
                }
            }
        } catch (SocketTimeoutException e) {
            // Nothing came, and it is still open.
        }
    }

    @Test
    void manyWhoHangKeepNobodyFromAnAnswer() throws Exception {
        List<Socket> hanging = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                hanging.add(server.connect());
                write(hang(hanging), "GET / HT");
                write(hang(hanging), "GET /assets/hls.min.js HTTP/1.1\r\nHost: x\r\n\r\n".repeat(40));
                write(hang(hanging), "GET /live/test123.flv HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            for (int i = 0; i < 20; i++) {
                assertEquals(200, server.send("GET", STREAMS).statusCode());
                assertEquals(200, server.send("GET", "/assets/hls.min.js").statusCode());
            }
            assertEquals("nosniff", header(server.send("GET", "/"), "X-Content-Type-Options"));
        } finally {
            for (Socket socket : hanging) {
                socket.close();
            }
        }
    }

    private Socket hang(List<Socket> hanging) throws IOException {
        hanging.add(server.connect());
        return hanging.get(hanging.size() - 1);
    }
}
