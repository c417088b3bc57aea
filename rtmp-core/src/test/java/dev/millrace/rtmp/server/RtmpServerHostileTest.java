package dev.millrace.rtmp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.rtmp.Deadlines;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.PublishDecision;
import dev.millrace.rtmp.connection.PublishRequest;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.message.UserControl;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that misbehave on real sockets. Cases are those of HOSTILE-INPUTS.md. */
@Timeout(60)
class RtmpServerHostileTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final EventLog events = new EventLog();
    private final RtmpServer.Builder builder = RtmpServer.builder().host("127.0.0.1").port(0).addListener(events);
    private RtmpServer server;

    @AfterEach
    void nothingStays() throws Exception {
        server.close().get(20, TimeUnit.SECONDS);
        assertEquals(events.count("opened"), events.count("closed"));
        assertTrue(server.registry().streams().isEmpty());
    }

    private int start(Deadlines deadlines) throws Exception {
        server = builder.limits(RtmpLimits.DEFAULT.with(deadlines)).build();
        server.start().get(20, TimeUnit.SECONDS);
        return server.activePort();
    }

    /** All deadlines long but those named here. */
    private static Deadlines deadlines(Duration handshake, Duration publisherIdle, Duration close) {
        return new Deadlines(handshake, LONG, LONG, LONG, publisherIdle, LONG, LONG, close);
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(SocketClient.PATIENCE_MILLIS);
        return socket;
    }

    private static int readToEnd(Socket socket) throws IOException {
        return socket.getInputStream().readAllBytes().length;
    }

    // Case 1. Another byte whenever the server may look at its deadlines does not move the deadline.
    @Test
    void aTricklingHandshakeEndsAtAnAbsoluteDeadline() throws Exception {
        int port = start(deadlines(SHORT, LONG, SHORT));
        try (Socket socket = connect(port)) {
            socket.setSoTimeout(20);
            OutputStream out = socket.getOutputStream();
            int sent = 0;
            boolean open = true;
            while (open && sent < 1537) {
                out.write(sent == 0 ? 3 : 0);
                sent++;
                open = isStillOpen(socket);
            }
            assertTrue(sent < 1537, "closed before C1 was complete");
        }
        events.await("closed DEADLINE: no handshake in time");
    }

    private static boolean isStillOpen(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    // Case 72, with fewer connections than it has.
    @Test
    void idleConnectionsAreClosed() throws Exception {
        int port = start(deadlines(SHORT, LONG, SHORT));
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sockets.add(connect(port));
        }
        for (Socket socket : sockets) {
            assertEquals(0, readToEnd(socket));
            socket.close();
        }
        events.await("closed DEADLINE", 100);
        assertTrue(server.connections().isEmpty());
    }

    // Case 2.
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4, 6, 0x16, 'G', 0xFF})
    void otherProtocolsAreClosedAtOnce(int first) throws Exception {
        int port = start(deadlines(LONG, LONG, LONG));
        try (Socket socket = connect(port)) {
            socket.getOutputStream().write(first);
            assertTrue(readToEnd(socket) <= 1, "no handshake is answered");
        }
        events.await("closed PROTOCOL_ERROR");
        assertEquals(2, events.all().size());
    }

    // Case 3.
    @ParameterizedTest
    @ValueSource(ints = {1, 700, 1537, 1600})
    void aHandshakeThatBreaksOffIsOneEvent(int bytes) throws Exception {
        int port = start(deadlines(LONG, LONG, LONG));
        byte[] part = new byte[bytes];
        part[0] = 3;
        try (Socket fin = connect(port)) {
            fin.getOutputStream().write(part);
            fin.shutdownOutput();
            readToEnd(fin);
        }
        events.await("closed CLIENT_CLOSED");
        try (Socket rst = connect(port)) {
            rst.getOutputStream().write(part);
            events.await("opened", 2);
            rst.setSoLinger(true, 0);
        }
        events.await("closed", 2);
        assertEquals(4, events.all().size(), events.all().toString());
    }

    // Case 8: more than any client sends before it is let in, and S0 is never read.
    @Test
    void aFloodBeforeTheHandshakeIsCutOff() throws Exception {
        int port = start(deadlines(LONG, LONG, SHORT));
        byte[] much = new byte[1 << 20];
        much[0] = 3;
        try (Socket socket = connect(port)) {
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < 100; i++) {
                out.write(much);
            }
        } catch (IOException e) {
            // Reset by the server, as it should be.
        }
        events.await("closed PROTOCOL_ERROR");
    }

    // Case 29.
    @Test
    void aPingFloodByOneWhoNeverReadsEndsTheConnection() throws Exception {
        int port = start(deadlines(LONG, LONG, SHORT));
        try (SocketClient client = SocketClient.publisher(port, "cam")) {
            OutputStream out = client.socket.getOutputStream();
            byte[] pings = pings(10_000);
            try {
                for (int i = 0; i < 10; i++) {
                    out.write(pings);
                }
            } catch (IOException e) {
                // Reset by the server, as it should be.
            }
            events.await("closed PROTOCOL_ERROR");
        }
    }

    /** Each with a chunk header of type 0, as long as the session writes them. */
    private static byte[] pings(int count) {
        byte[] one = TrackedBuffers.bytes("02 000000 000006 04 00000000 0006 00000001");
        ByteBuf all = Unpooled.buffer(count * one.length);
        ByteBuf body = Unpooled.buffer();
        new UserControl.PingRequest(1).writeTo(body);
        assertEquals(6, body.readableBytes());
        for (int i = 0; i < count; i++) {
            all.writeBytes(one);
        }
        return all.array();
    }

    // Case 47: as librtmp does when it is refused.
    @Test
    void whoIsRefusedAndNeverClosesIsClosed() throws Exception {
        int port = start(deadlines(LONG, LONG, SHORT));
        try (SocketClient client = new SocketClient(port)) {
            client.session().play("nothing");
            client.await(Status.PLAY_STREAM_NOT_FOUND);
            client.awaitEnd();
            events.await("closed REFUSED");
            assertTrue(server.connections().isEmpty());
        }
    }

    // Case 72.
    @Test
    void aDecisionThatNeverComesIsARefusal() throws Exception {
        builder.access(new AccessPolicy() {
            @Override
            public CompletionStage<PublishDecision> publish(PublishRequest request) {
                return new CompletableFuture<>();
            }
        });
        int port = start(new Deadlines(LONG, LONG, LONG, SHORT, LONG, LONG, LONG, LONG));
        try (SocketClient client = new SocketClient(port)) {
            client.session().publish("cam");
            client.await(Status.PUBLISH_REJECTED);
            client.awaitEnd();
        }
        events.await("closed REFUSED");
    }

    // Case 73: neither media nor a FIN ever comes.
    @Test
    void aHalfOpenPublisherLosesItsName() throws Exception {
        int port = start(deadlines(LONG, SHORT, SHORT));
        try (SocketClient frozen = SocketClient.publisher(port, "cam")) {
            events.await("published live/cam IDLE");
            events.await("closed PUBLISHER_IDLE");
            assertTrue(frozen.codes().contains(Status.PUBLISH_START));
            SocketClient.publisher(port, "cam").close();
        }
    }

    @Test
    void aServerWhoseClientsDoNotCloseClosesThem() throws Exception {
        int port = start(deadlines(LONG, LONG, SHORT));
        try (SocketClient publisher = SocketClient.publisher(port, "cam");
                SocketClient player = SocketClient.player(port, "cam")) {
            server.close().get(20, TimeUnit.SECONDS);
            assertEquals(2, events.count("closed SHUTDOWN"));
            publisher.awaitEnd();
            player.awaitEnd();
        }
    }
}
