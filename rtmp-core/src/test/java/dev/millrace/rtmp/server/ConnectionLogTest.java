package dev.millrace.rtmp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.CloseReason;
import dev.millrace.rtmp.connection.PublishDecision;
import dev.millrace.rtmp.connection.PublishRequest;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.stream.StreamName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server logs, as slf4j-simple writes it to the standard error stream. */
@Timeout(60)
class ConnectionLogTest {

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final EventLog events = new EventLog();
    private final PrintStream before = System.err;
    private RtmpServer server;

    @BeforeEach
    void catchesTheLog() {
        System.setErr(new PrintStream(log, /* autoFlush= */ true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void givesTheLogBack() throws Exception {
        server.close().get(20, TimeUnit.SECONDS);
        System.setErr(before);
    }

    private String logOf(AccessPolicy access, String name, String answer) throws Exception {
        server = RtmpServer.builder().host("127.0.0.1").port(0).access(access).addListener(events).build();
        server.start().get(20, TimeUnit.SECONDS);
        try (SocketClient client = new SocketClient(server.activePort())) {
            client.session().publish(name);
            client.await(answer);
        }
        events.await("closed");
        return log.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theDecidedNameIsLoggedAndTheKeyIsNot() throws Exception {
        AccessPolicy rename = new AccessPolicy() {
            @Override
            public CompletionStage<PublishDecision> publish(PublishRequest request) {
                return CompletableFuture.completedStage(PublishDecision.accept().as(new StreamName("public/show")));
            }
        };
        String text = logOf(rename, "s3cret?token=t0ken", Status.PUBLISH_START);
        assertTrue(text.contains("publishes public/show"), text);
        assertTrue(text.contains("stops publishing public/show"), text);
        assertFalse(text.contains("s3cret") || text.contains("t0ken"), text);
    }

    @Test
    void aRefusedKeyIsNotLogged() throws Exception {
        AccessPolicy refuse = new AccessPolicy() {
            @Override
            public CompletionStage<PublishDecision> publish(PublishRequest request) {
                return CompletableFuture.completedStage(PublishDecision.reject("unknown key"));
            }
        };
        String text = logOf(refuse, "s3cret?token=t0ken", Status.PUBLISH_REJECTED);
        assertTrue(text.contains("publish from"), text);
        assertTrue(text.contains("unknown key"), text);
        assertFalse(text.contains("s3cret") || text.contains("t0ken"), text);
    }

    // Case 74. Names like these are refused, and what is logged about that does not quote them.
    @ParameterizedTest
    @ValueSource(strings = {"x\r\nforged line", "x\u001b[2Jforged", "x%0aforged", "x\u202eforged", "${jndi:ldap:forged}", "$%7bjndi:forged}"})
    void namesThatForgeLinesAreNotLogged(String name) throws Exception {
        String text = logOf(AccessPolicy.ALLOW_ALL, name, Status.PUBLISH_BAD_NAME);
        assertTrue(text.contains(Status.PUBLISH_BAD_NAME), text);
        assertFalse(text.contains("forged"), text);
    }

    // A failure of the network or of a handler in front may quote the client.
    @Test
    void reasonsAreOneLine() throws Exception {
        CompletableFuture<RtmpConnection> opened = new CompletableFuture<>();
        server = RtmpServer.builder().host("127.0.0.1").port(0).addListener(new RtmpListener() {
            @Override
            public void onConnectionOpened(RtmpConnection connection) {
                opened.complete(connection);
            }
        }).build();
        server.start().get(20, TimeUnit.SECONDS);
        try (SocketClient client = new SocketClient(server.activePort())) {
            CloseReason reason = new CloseReason(CloseReason.Cause.TRANSPORT_FAILED, "bad header 'x\r\n[1] forged \u001b[2J\u202e ${jndi:x}'");
            new ConnectionLog().onConnectionClosed(opened.get(20, TimeUnit.SECONDS), reason);
            client.flush();
        }
        String text = log.toString(StandardCharsets.UTF_8);
        String line = text.lines().filter(any -> any.contains("bad header")).findFirst().orElseThrow();
        assertTrue(line.contains("'x??[1] forged ?[2J? $\\{jndi:x}'"), line);
    }
}
