package dev.millrace.rtmp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.rtmp.Deadlines;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.ConnectionServices;
import dev.millrace.rtmp.connection.PublishDecision;
import dev.millrace.rtmp.connection.PublishRequest;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.session.ClientEvent.MediaReceived;
import dev.millrace.rtmp.stream.StreamRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A transport that a host brings: its clients and those of Netty meet in one registry, under the same rules. */
@Timeout(60)
class SocketTransportTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int FRAME_BYTES = 100_000;
    private static final int RECEIVE_BYTES = 16 << 10;

    private final EventLog events = new EventLog();
    private final StreamRegistry registry = StreamRegistry.inMemory();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private RtmpServer netty;
    private ServerSocket sockets;

    private void start(AccessPolicy access, RtmpLimits limits) throws Exception {
        netty = RtmpServer.builder().host("127.0.0.1").port(0).addListener(events).access(access).limits(limits).registry(registry).build();
        netty.start().get(20, TimeUnit.SECONDS);
        sockets = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ConnectionServices services = ConnectionServices.create(access, registry, events, limits);
        ServerSocket listening = sockets;
        SocketTransport.thread(() -> {
            try {
                while (true) {
                    SocketTransport.serve(listening.accept(), executor, services);
                }
            } catch (IOException e) {
                // Closed: the test is over.
            }
        });
    }

    @AfterEach
    void nothingStays() throws Exception {
        sockets.close();
        netty.close().get(20, TimeUnit.SECONDS);
        events.await("closed", (int) events.count("opened"));
        assertTrue(registry.streams().isEmpty());
        executor.shutdown();
        assertTrue(executor.awaitTermination(20, TimeUnit.SECONDS));
    }

    @Test
    void clientsOfBothMeet() throws Exception {
        start(AccessPolicy.ALLOW_ALL, RtmpLimits.DEFAULT);
        meet(sockets.getLocalPort(), netty.activePort(), "one");
        meet(netty.activePort(), sockets.getLocalPort(), "two");
        meet(sockets.getLocalPort(), sockets.getLocalPort(), "three");
    }

    private static void meet(int publisherPort, int playerPort, String name) throws IOException {
        try (SocketClient publisher = SocketClient.publisher(publisherPort, name);
                SocketClient player = SocketClient.player(playerPort, name)) {
            publisher.video(0, "17 01 000000 00000001 65");
            publisher.video(40, "27 01 000000 00000001 41");
            player.await(() -> player.media().size() == 2);
            assertEquals(List.of("0 17010000000000000165", "40 27010000000000000141"), player.media());
            publisher.hangUp();
            player.await(Status.PLAY_UNPUBLISH_NOTIFY);
        }
    }

    @Test
    void readingStopsWhileTheHostThinksAndGoesOnAfterwards() throws Exception {
        CompletableFuture<PublishDecision> decision = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        asked.thenRunAsync(() -> decision.complete(PublishDecision.accept()));
        start(new AccessPolicy() {
            @Override
            public CompletionStage<PublishDecision> publish(PublishRequest request) {
                asked.complete(null);
                return decision;
            }
        }, RtmpLimits.DEFAULT);
        try (SocketClient publisher = new SocketClient(sockets.getLocalPort())) {
            publisher.session().publish("cam");
            publisher.await(Status.PUBLISH_START);
            publisher.video(0, FRAME_BYTES, /* keyframe= */ true);
            publisher.session().stop(1, "cam");
            publisher.await(Status.UNPUBLISH_SUCCESS);
            assertEquals(1, events.count("published live/cam UNPUBLISHED"));
        }
    }

    @Test
    void slowPlayersOfBothLoseFramesAndGoOnAtAKeyframe() throws Exception {
        start(AccessPolicy.ALLOW_ALL, RtmpLimits.DEFAULT.with(new Deadlines(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG)));
        try (SocketClient publisher = SocketClient.publisher(netty.activePort(), "cam");
                SocketClient slowOne = slowPlayer(sockets.getLocalPort());
                SocketClient slowTwo = slowPlayer(netty.activePort());
                SocketClient fast = SocketClient.player(sockets.getLocalPort(), "cam")) {
            publish(publisher, fast, 300);
            for (SocketClient slow : List.of(slowOne, slowTwo)) {
                slow.await(() -> !slow.videos().isEmpty() && last(slow) == 299_000);
                goesOnAtAKeyframe(slow.videos());
            }
        }
        assertTrue(events.count("lost of live/cam") >= 2);
    }

    private static SocketClient slowPlayer(int port) throws IOException {
        SocketClient client = new SocketClient(port, RECEIVE_BYTES);
        client.session().play("cam");
        client.await(Status.PLAY_START);
        return client;
    }

    /** A frame a second by its timestamps, a keyframe in ten. The fast player sees to it that each has come through. */
    private static void publish(SocketClient publisher, SocketClient fast, int frames) throws IOException {
        for (int i = 0; i < frames; i++) {
            publisher.video(i * 1000, FRAME_BYTES, i % 10 == 0);
            int sent = i + 1;
            fast.await(() -> fast.videos().size() == sent);
        }
    }

    private static int last(SocketClient player) {
        return player.videos().get(player.videos().size() - 1).timestampMillis();
    }

    private static void goesOnAtAKeyframe(List<MediaReceived> got) {
        int gaps = 0;
        for (int i = 1; i < got.size(); i++) {
            if (got.get(i).timestampMillis() != got.get(i - 1).timestampMillis() + 1000) {
                gaps++;
                assertEquals(0x17, got.get(i).payload()[0], "frame after a gap");
            }
        }
        assertTrue(gaps > 0, "nothing was lost in " + got.size());
    }

    @Test
    void playersOfBothThatTakeNothingAreClosed() throws Exception {
        // The publisher, too, must take what it is sent before that.
        Deadlines impatient =
                new Deadlines(LONG, LONG, LONG, LONG, LONG, Duration.ofSeconds(3), LONG, Duration.ofMillis(500));
        start(AccessPolicy.ALLOW_ALL, RtmpLimits.DEFAULT.with(impatient));
        try (SocketClient publisher = SocketClient.publisher(sockets.getLocalPort(), "cam");
                SocketClient slowOne = slowPlayer(sockets.getLocalPort());
                SocketClient slowTwo = slowPlayer(netty.activePort());
                SocketClient fast = SocketClient.player(netty.activePort(), "cam")) {
            publish(publisher, fast, 300);
            events.await("closed TOO_SLOW", 2);
            assertEquals(2, events.count("closed"));
            slowOne.hangUp();
            slowTwo.hangUp();
        }
    }
}
