package dev.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.Deadlines;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.ConnectionServices;
import dev.millrace.rtmp.connection.PublishDecision;
import dev.millrace.rtmp.connection.PublishRequest;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.session.ClientEvent.MediaReceived;
import dev.millrace.rtmp.stream.StreamRegistry;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OwnTransportTest {

    private static final int FRAME_BYTES = 100_000;
    private static final int RECEIVE_BYTES = 16 << 10;
    private static final Duration LONG = Duration.ofMinutes(5);

    private static TestCertificate certificate;

    private final Lines events = new Lines();
    private final StreamRegistry registry = StreamRegistry.inMemory();
    private Optional<OwnTransport> server = Optional.empty();

    @BeforeAll
    static void certificate(@TempDir Path folder) throws Exception {
        certificate = TestCertificate.make(folder);
    }

    private int start(AccessPolicy access, Deadlines deadlines) throws Exception {
        RtmpLimits limits = RtmpLimits.DEFAULT.with(deadlines);
        ConnectionServices services = ConnectionServices.create(access, registry, new EventLog(events), limits);
        server = Optional.of(OwnTransport.start(0, certificate.server(), services));
        return server.get().port();
    }

    @AfterEach
    void nothingStays() {
        server.ifPresent(OwnTransport::close);
        long opened = events.all().stream().filter(line -> line.contains(": opened from ")).count();
        assertEquals(opened, events.all().stream().filter(line -> line.contains(": closed, ")).count(), events.all()::toString);
        assertTrue(registry.streams().isEmpty());
    }

    private static TestClient connect(int port) throws Exception {
        return new TestClient(certificate.connect(port, 0));
    }

    @Test
    void publishersAndPlayersMeetOverTls() throws Exception {
        int port = start(AccessPolicy.ALLOW_ALL, Deadlines.DEFAULT);
        List<MediaFrame> frames = TestClient.firstPictures();
        try (TestClient publisher = connect(port).publish("cam"); TestClient player = connect(port).play("cam")) {
            publisher.send(frames);
            publisher.session().stop(1, "cam");
            publisher.awaitStatus(Status.UNPUBLISH_SUCCESS);
            player.awaitStatus(Status.PLAY_UNPUBLISH_NOTIFY);
            assertTrue(player.received().containsAll(TestClient.coded(frames)));
        }
        events.await("closed, CLIENT_CLOSED", 2);
    }

    @Test
    void readingStopsWhileTheHostThinks() throws Exception {
        CompletableFuture<PublishDecision> decision = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        int port = start(new AccessPolicy() {
            @Override
            public CompletionStage<PublishDecision> publish(PublishRequest request) {
                asked.complete(null);
                return decision;
            }
        }, Deadlines.DEFAULT);
        try (TestClient publisher = connect(port)) {
            publisher.session().publish("cam");
            FutureTask<Void> publishing = new FutureTask<>(() -> {
                publisher.awaitStatus(Status.PUBLISH_START);
                return null;
            });
            new Thread(publishing, "publisher").start();
            asked.get(30, TimeUnit.SECONDS);
            // Far more than is kept for a client that is not let in yet: the rest has to stay in the network.
            CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(() -> decision.complete(PublishDecision.accept()));
            for (int i = 0; i < 10; i++) {
                publisher.send(TestClient.video(i * 40L, FRAME_BYTES, i == 0));
            }
            publishing.get(30, TimeUnit.SECONDS);
            publisher.session().stop(1, "cam");
            publisher.awaitStatus(Status.UNPUBLISH_SUCCESS);
            events.await("publishes live/cam no longer, UNPUBLISHED, 10 video frames");
        }
    }

    @Test
    void aSlowPlayerLosesFramesAndGoesOnAtAKeyframe() throws Exception {
        int port = start(AccessPolicy.ALLOW_ALL, new Deadlines(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG));
        try (TestClient publisher = connect(port).publish("cam");
                TestClient slow = new TestClient(certificate.connect(port, RECEIVE_BYTES)).play("cam");
                TestClient fast = connect(port).play("cam")) {
            publish(publisher, fast, 300);
            slow.await(() -> !slow.media(MediaKind.VIDEO).isEmpty() && last(slow) == 299_000);
            assertGoesOnAtAKeyframe(slow.media(MediaKind.VIDEO));
            events.await("too slow for live/cam, ");
            events.await("keeps up with live/cam again");
            long tooSlow = events.all().stream()
                    .filter(line -> line.contains("too slow for"))
                    .map(line -> line.substring(0, line.indexOf(':')))
                    .distinct()
                    .count();
            assertEquals(1, tooSlow, "the fast one lost nothing");
        }
    }

    /** A frame a second by its timestamps, a keyframe in ten. The fast player sees to it that each has come through. */
    private static void publish(TestClient publisher, TestClient fast, int frames) throws Exception {
        for (int i = 0; i < frames; i++) {
            publisher.send(TestClient.video(i * 1_000L, FRAME_BYTES, i % 10 == 0));
            int sent = i + 1;
            fast.await(() -> fast.media(MediaKind.VIDEO).size() == sent);
        }
    }

    private static int last(TestClient player) {
        List<MediaReceived> videos = player.media(MediaKind.VIDEO);
        return videos.get(videos.size() - 1).timestampMillis();
    }

    private static void assertGoesOnAtAKeyframe(List<MediaReceived> got) {
        int gaps = 0;
        for (int i = 1; i < got.size(); i++) {
            if (got.get(i).timestampMillis() != got.get(i - 1).timestampMillis() + 1_000) {
                gaps++;
                assertEquals(0x17, got.get(i).payload()[0], "frame after a gap");
            }
        }
        assertTrue(gaps > 0, "nothing was lost in " + got.size());
    }

    @Test
    void aPlayerThatTakesNothingIsClosed() throws Exception {
        int port = start(AccessPolicy.ALLOW_ALL, new Deadlines(LONG, LONG, LONG, LONG, LONG, Duration.ofSeconds(3), LONG, Duration.ofMillis(500)));
        try (TestClient publisher = connect(port).publish("cam");
                TestClient slow = new TestClient(certificate.connect(port, RECEIVE_BYTES)).play("cam");
                TestClient fast = connect(port).play("cam")) {
            publish(publisher, fast, 300);
            events.await("closed, TOO_SLOW");
            slow.hangUp();
        }
    }

    @Test
    void whoNeverSpeaksIsClosed() throws Exception {
        Duration soon = Duration.ofMillis(300);
        int port = start(AccessPolicy.ALLOW_ALL, new Deadlines(soon, LONG, LONG, LONG, LONG, LONG, LONG, soon));
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port)) {
            silent.setSoTimeout(TestClient.PATIENCE_MILLIS);
            events.await("closed, DEADLINE (no handshake in time)");
            silent.getInputStream().readAllBytes();
        }
    }

    @Test
    void whatIsNoTlsIsClosedAndTheNextIsServed() throws Exception {
        int port = start(AccessPolicy.ALLOW_ALL, Deadlines.DEFAULT);
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
            plain.getOutputStream().write(3);
            plain.getOutputStream().write(new byte[1_536]);
            events.await("closed, TRANSPORT_FAILED");
        }
        try (TestClient publisher = connect(port).publish("cam")) {
            publisher.session().stop(1, "cam");
            publisher.awaitStatus(Status.UNPUBLISH_SUCCESS);
        }
    }

    @Test
    void whoHasGoneLeavesAPlaceForOthers() throws Exception {
        int port = start(AccessPolicy.ALLOW_ALL, Deadlines.DEFAULT);
        for (int i = 0; i < 300; i++) {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
        }
        try (TestClient publisher = connect(port).publish("cam")) {
            publisher.session().stop(1, "cam");
            publisher.awaitStatus(Status.UNPUBLISH_SUCCESS);
        }
    }

    @Test
    void clientsAreToldWhenTheServerCloses() throws Exception {
        int port = start(AccessPolicy.ALLOW_ALL, Deadlines.DEFAULT);
        try (TestClient publisher = connect(port).publish("cam"); TestClient player = connect(port).play("cam")) {
            FutureTask<Void> closing = new FutureTask<>(server.orElseThrow()::close, null);
            new Thread(closing, "close").start();
            player.awaitStatus(Status.PLAY_UNPUBLISH_NOTIFY);
            player.awaitEnd();
            publisher.awaitEnd();
            player.hangUp();
            publisher.hangUp();
            events.await("closed, SHUTDOWN", 2);
            closing.get(30, TimeUnit.SECONDS);
            events.await("closed, SHUTDOWN", 2);
        }
    }
}
