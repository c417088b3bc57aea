package dev.millrace.liveserver.http;

import static dev.millrace.liveserver.http.TestServer.STREAMS;
import static dev.millrace.liveserver.http.TestServer.header;
import static dev.millrace.liveserver.http.TestServer.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.EndReason;
import dev.millrace.rtmp.stream.LiveStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminAccessTest {

    private static final String PATH = STREAMS + "/rtmp%2Flive%2Ftest123";
    private static final String LINE = "DELETE " + PATH + " HTTP/1.1";

    private final TestStreams streams = new TestStreams();

    private static HttpServerOptions withToken() {
        return TestServer.options().withAdminToken(Optional.of("s3cret~token"));
    }

    @Test
    void aProgramOnThisMachineEndsAStream() throws Exception {
        LiveStream stream = streams.publish("live/test123").stream();
        try (TestServer server = TestServer.start(streams)) {
            HttpResponse<byte[]> answer = server.send("DELETE", PATH);
            assertEquals(204, answer.statusCode());
            assertEquals("none", header(answer, "Access-Control-Allow-Origin"));
            assertEquals(Optional.of(EndReason.CLOSED_BY_HOST), stream.endReason());
            assertEquals(404, server.send("DELETE", PATH).statusCode());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8082", "LOCALHOST", "127.0.0.1:8082", "192.168.7.7", "[::1]:8082"})
    void theHostMayBeAnAddress(String host) throws Exception {
        LiveStream stream = streams.publish("live/test123").stream();
        try (TestServer server = TestServer.start(streams)) {
            String answer = server.rawRequest(LINE, "Host: " + host, "Origin: http://" + host);
            assertTrue(answer.startsWith("HTTP/1.1 204 "), answer);
            assertTrue(stream.endReason().isPresent());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Host: evil.example", // whose name leads here
        "Host: localhost.evil.example",
        "Host: 127.0.0.1.evil.example:8082",
        "Host: localhost\r\nOrigin: https://evil.example",
        "Host: localhost\r\nOrigin: null",
        "Host: localhost:8082\r\nOrigin: http://localhost:8083",
        "Host: localhost\r\nX-Forwarded-For: 203.0.113.9",
        "Host: localhost\r\nForwarded: for=203.0.113.9",
        "Host: localhost\r\nX-Real-IP: 203.0.113.9",
        "Host: localhost\r\nVia: 1.1 proxy",
    })
    void pagesOfOthersAndClientsOfProxiesEndNothing(String headers) throws Exception {
        LiveStream stream = streams.publish("live/test123").stream();
        try (TestServer server = TestServer.start(streams)) {
            String answer = server.rawRequest(LINE, headers);
            assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
            assertTrue(answer.contains("{\"error\":\""), answer);
            assertTrue(stream.endReason().isEmpty());
            String unknown = server.rawRequest("DELETE " + STREAMS + "/rtmp%2Fx HTTP/1.1", headers);
            assertTrue(unknown.startsWith("HTTP/1.1 403 "), "tells nothing of streams: " + unknown);
        }
    }

    @Test
    void aBrowserThatAsksFirstIsNotGrantedIt() throws Exception {
        streams.publish("live/test123");
        try (TestServer server = TestServer.start(streams)) {
            String answer = server.rawRequest(
                    "OPTIONS " + PATH + " HTTP/1.1", "Host: localhost", "Origin: https://evil.example", "Access-Control-Request-Method: DELETE");
            assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
            assertFalse(answer.contains("Access-Control-Allow-"), answer);
        }
    }

    @Test
    void anotherMachineEndsNothing() throws Exception {
        InetAddress own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(own != null, "this machine has no address but its own");
        LiveStream stream = streams.publish("live/test123").stream();
        try (TestServer server = TestServer.start(HttpServerOptions.of("0.0.0.0", 0, 1935, "test"), streams);
                Socket socket = new Socket(own, server.server().port())) {
            TestServer.write(socket, LINE + "\r\nHost: " + own.getHostAddress() + "\r\nConnection: close\r\n\r\n");
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
            assertTrue(stream.endReason().isEmpty());
        }
    }

    @Test
    void withATokenWhoeverShowsItMay() throws Exception {
        LiveStream stream = streams.publish("live/test123").stream();
        try (TestServer server = TestServer.start(withToken(), streams)) {
            for (String authorization : List.of("Bearer wrong", "Bearer ", "Basic s3cret~token", "s3cret~token", "Bearer s3cret~toke", "Bearer s3cret~token2")) {
                HttpResponse<byte[]> refused = server.send("DELETE", PATH, "Authorization", authorization);
                assertEquals(401, refused.statusCode(), authorization);
                assertEquals("Bearer", header(refused, "WWW-Authenticate"));
                assertEquals("{\"error\":\"the admin token is needed\"}", text(refused));
            }
            assertEquals(401, server.send("DELETE", PATH).statusCode(), "from this machine too");
            assertTrue(stream.endReason().isEmpty());
            String answer = server.rawRequest(LINE, "Host: any.example", "X-Forwarded-For: 203.0.113.9", "Authorization: bearer s3cret~token");
            assertTrue(answer.startsWith("HTTP/1.1 204 "), answer);
            assertTrue(stream.endReason().isPresent());
            assertEquals(200, server.send("GET", STREAMS).statusCode(), "to look needs no token");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "ä"})
    void aTokenThatNoHeaderCanCarryIsRefused(String token) {
        assertThrows(IllegalArgumentException.class, () -> TestServer.options().withAdminToken(Optional.of(token)));
    }

    @Test
    void theTokenIsNotShown() {
        assertFalse(withToken().toString().contains("s3cret"));
    }
}
