package dev.millrace.rtmp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.rtmp.ConnectionLimits;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.CloseReason;
import dev.millrace.rtmp.connection.ConnectDecision;
import dev.millrace.rtmp.connection.ConnectRequest;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.stream.LiveStream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server on a real port: one test a feature. */
@Timeout(60)
class RtmpServerTest {

    private static final String KEYFRAME = "17 01 000000 00000001 65";
    private static final String FRAME = "27 01 000000 00000001 41";

    private final EventLog events = new EventLog();
    private final RtmpServer.Builder builder = RtmpServer.builder().host("127.0.0.1").port(0).addListener(events);
    private RtmpServer server;

    @AfterEach
    void closes() throws Exception {
        if (server != null) {
            server.close().get(20, TimeUnit.SECONDS);
        }
    }

    private int start() throws Exception {
        server = builder.build();
        assertSame(server, server.start().get(20, TimeUnit.SECONDS));
        return server.activePort();
    }

    @Test
    void whatIsPublishedIsPlayed() throws Exception {
        int port = start();
        try (SocketClient publisher = SocketClient.publisher(port, "cam");
                SocketClient player = SocketClient.player(port, "cam")) {
            publisher.video(10, KEYFRAME);
            publisher.video(50, FRAME);
            player.await(() -> player.media().size() == 2);
            assertEquals(List.of("10 17010000000000000165", "50 27010000000000000141"), player.media());

            publisher.hangUp();
            player.await(Status.PLAY_UNPUBLISH_NOTIFY);
        }
        events.await("closed", 2);
        assertTrue(server.connections().isEmpty());
        assertTrue(server.registry().streams().isEmpty());
    }

    @Test
    void connectionsAndStreamsAreListed() throws Exception {
        int port = start();
        try (SocketClient publisher = SocketClient.publisher(port, "cam");
                SocketClient player = SocketClient.player(port, "cam")) {
            publisher.video(0, KEYFRAME);
            player.await(() -> player.media().size() == 1);

            assertEquals(2, server.connections().size());
            for (RtmpConnection connection : server.connections()) {
                assertTrue(connection.statistics().bytesReceived() > 3000 && connection.statistics().bytesSent() > 3000);
                assertTrue(((InetSocketAddress) connection.remoteAddress()).getAddress().isLoopbackAddress());
            }
            LiveStream stream = server.registry().streams().iterator().next();
            assertEquals("live/cam", stream.streamName().path());
            assertEquals(1, stream.statistics().keyframes());
            assertEquals(1, stream.statistics().subscribers());
        }
    }

    @Test
    void aServerIsStartedOnceAndClosedOnce() throws Exception {
        start();
        assertSame(server, server.start().get(20, TimeUnit.SECONDS));
        server.close().get(20, TimeUnit.SECONDS);
        server.close().get(20, TimeUnit.SECONDS);
        assertThrows(IllegalStateException.class, server::start);
        assertThrows(IllegalStateException.class, server::activePort);
    }

    @Test
    void aServerThatNeverStartedCloses() throws Exception {
        RtmpServer idle = builder.build();
        assertThrows(IllegalStateException.class, idle::activePort);
        idle.close().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aPortThatIsTakenFailsTheStart() throws Exception {
        int port = start();
        RtmpServer second = RtmpServer.builder().host("127.0.0.1").port(port).build();
        ExecutionException failure = assertThrows(ExecutionException.class, () -> second.start().get(20, TimeUnit.SECONDS));
        assertTrue(failure.getCause() instanceof BindException, failure.toString());
        second.close().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aPortThatIsNoneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> builder.port(65_536));
        assertThrows(IllegalArgumentException.class, () -> builder.port(-1));
    }

    @Test
    void theHostsEventLoopsStayOpenAndThePortIsFree() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            builder.eventLoopGroup(group, NioServerSocketChannel.class);
            int port = start();
            try (SocketClient publisher = SocketClient.publisher(port, "cam")) {
                CompletableFuture<Void> closed = server.close();
                publisher.awaitEnd();
                assertTrue(publisher.codes().contains(Status.UNPUBLISH_SUCCESS), publisher.codes().toString());
                publisher.hangUp();
                closed.get(20, TimeUnit.SECONDS);
            }
            assertFalse(group.isShuttingDown());

            server = RtmpServer.builder().host("127.0.0.1").port(port).eventLoopGroup(group, NioServerSocketChannel.class).build();
            server.start().get(20, TimeUnit.SECONDS);
            server.close().get(20, TimeUnit.SECONDS);
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void isClosedNoEarlierThanTheHostHasHeardOfAll() throws Exception {
        CountDownLatch hears = new CountDownLatch(1);
        CountDownLatch hasHeard = new CountDownLatch(1);
        builder.addListener(new RtmpListener() {
            @Override
            public void onConnectionClosed(RtmpConnection connection, CloseReason reason) {
                hears.countDown();
                try {
                    hasHeard.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        });
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        builder.eventLoopGroup(group, NioServerSocketChannel.class);
        try (SocketClient publisher = SocketClient.publisher(start(), "cam")) {
            CompletableFuture<Void> closed = server.close();
            publisher.hangUp();
            assertTrue(hears.await(20, TimeUnit.SECONDS));
            assertFalse(closed.isDone());
            hasHeard.countDown();
            closed.get(20, TimeUnit.SECONDS);
        } finally {
            hasHeard.countDown();
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void closingTellsPublishersAndPlayers() throws Exception {
        int port = start();
        try (SocketClient publisher = SocketClient.publisher(port, "cam");
                SocketClient player = SocketClient.player(port, "cam")) {
            CompletableFuture<Void> closed = server.close();
            publisher.awaitEnd();
            publisher.hangUp();
            player.awaitEnd();
            player.hangUp();
            closed.get(20, TimeUnit.SECONDS);
            assertTrue(publisher.codes().contains(Status.UNPUBLISH_SUCCESS), publisher.codes().toString());
            assertTrue(player.codes().contains(Status.PLAY_UNPUBLISH_NOTIFY), player.codes().toString());
        }
        assertEquals(2, events.count("closed SHUTDOWN"));
        assertEquals(1, events.count("published live/cam SHUTDOWN"));
    }

    @Test
    void handlersInFrontSeeTheBytes() throws Exception {
        AtomicLong bytes = new AtomicLong();
        builder.handlersInFront(pipeline -> pipeline.addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                bytes.addAndGet(((ByteBuf) message).readableBytes());
                context.fireChannelRead(message);
            }
        }));
        int port = start();
        try (SocketClient publisher = SocketClient.publisher(port, "cam")) {
            RtmpConnection connection = server.connections().iterator().next();
            publisher.hangUp();
            events.await("closed");
            assertEquals(connection.statistics().bytesReceived(), bytes.get());
            assertTrue(bytes.get() > 3072);
        }
    }

    /** Sets the address with the first bytes, as a handler for the PROXY protocol does. */
    private static ChannelInboundHandlerAdapter proxy(SocketAddress client) {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                context.channel().attr(RtmpServer.REMOTE_ADDRESS).set(client);
                context.fireChannelRead(message);
            }
        };
    }

    @Test
    void theClientsAddressComesFromTheProxy() throws Exception {
        InetSocketAddress address = new InetSocketAddress("203.0.113.9", 4711);
        CompletableFuture<SocketAddress> asked = new CompletableFuture<>();
        builder.handlersInFront(pipeline -> pipeline.addLast(proxy(address))).access(new AccessPolicy() {
            @Override
            public CompletionStage<ConnectDecision> connect(ConnectRequest request) {
                asked.complete(request.connection().remoteAddress());
                return CompletableFuture.completedStage(ConnectDecision.accept());
            }
        });
        try (SocketClient client = SocketClient.publisher(start(), "cam")) {
            assertEquals(address, asked.get(20, TimeUnit.SECONDS));
            assertFalse(client.socket.isClosed());
        }
    }

    @Test
    void anAddressIsCountedBeforeItSaysAnything() throws Exception {
        // The channel's own address is loopback, which is exempt: the test names another before the connection is active.
        SocketAddress stranger = new InetSocketAddress("203.0.113.9", 4711);
        builder.handlersInFront(pipeline -> pipeline.channel().attr(RtmpServer.REMOTE_ADDRESS).set(stranger))
                .limits(RtmpLimits.DEFAULT.with(new ConnectionLimits(100, 2)));
        int port = start();
        try (SocketClient one = new SocketClient(port);
                SocketClient two = new SocketClient(port);
                SocketClient three = new SocketClient(port)) {
            events.await("not taken: too many connections from one address");
            assertFalse(one.socket.isClosed() || two.socket.isClosed() || three.socket.isClosed());
        }
    }

    @Test
    void oneAddressGetsSoManyConnectionsAndNoMore() throws Exception {
        builder.handlersInFront(pipeline -> pipeline.addLast(proxy(new InetSocketAddress("203.0.113.9", 4711))))
                .limits(RtmpLimits.DEFAULT.with(new ConnectionLimits(100, 2)));
        int port = start();
        try (SocketClient one = SocketClient.publisher(port, "one");
                SocketClient two = SocketClient.publisher(port, "two")) {
            try (SocketClient three = new SocketClient(port)) {
                three.awaitEnd();
            }
            events.await("closed HOST: too many connections from one address");
            assertEquals(1, events.count("not taken: too many connections from one address"));

            one.hangUp();
            events.await("closed CLIENT_CLOSED");
            SocketClient.publisher(port, "three").close();
            assertFalse(two.socket.isClosed());
        }
    }

    @Test
    void aServerTakesSoManyConnectionsAndNoMore() throws Exception {
        builder.limits(RtmpLimits.DEFAULT.with(new ConnectionLimits(2, 100)));
        int port = start();
        try (SocketClient one = SocketClient.publisher(port, "one");
                SocketClient two = SocketClient.publisher(port, "two")) {
            try (SocketClient three = new SocketClient(port)) {
                three.awaitEnd();
            }
            events.await("not taken: too many connections");
            assertEquals(2, events.count("opened"));

            one.hangUp();
            events.await("closed");
            SocketClient.publisher(port, "three").close();
            assertFalse(two.socket.isClosed());
        }
    }
}
