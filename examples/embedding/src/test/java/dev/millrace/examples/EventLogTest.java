package dev.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.packager.HlsListener;
import dev.millrace.hls.packager.HlsOptions;
import dev.millrace.hls.packager.HlsPackager;
import dev.millrace.hls.packager.HlsSnapshot;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.media.Codec;
import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import dev.millrace.recording.Recording;
import dev.millrace.recording.RecordingListener;
import dev.millrace.rtmp.connection.CloseReason;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.LiveStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventLogTest {

    private static final String HOSTILE = "two\nlines \u2028 \u202e";

    private final Lines lines = new Lines();
    private final EventLog log = new EventLog(lines);
    private final RtmpServer server = RtmpServer.builder().host("127.0.0.1").port(0).addListener(log).build().start().join();

    @AfterEach
    void stop() throws Exception {
        server.close().get(30, TimeUnit.SECONDS);
    }

    @Test
    void tellsTheLifeOfAStream() throws Exception {
        MediaFrame picture = TestClient.video(0, 100, /* keyframe= */ true);
        try (TestClient publisher = TestClient.publisher(server.activePort(), "cam");
                TestClient player = TestClient.player(server.activePort(), "cam");
                TestClient other = TestClient.connect(server.activePort())) {
            other.session().publish("cam");
            other.awaitStatus(Status.PUBLISH_BAD_NAME);
            other.awaitEnd();
            publisher.send(picture);
            player.await(() -> player.received().equals(TestClient.coded(List.of(picture))));
            player.session().stop(1, "cam");
            player.flush();
            lines.await("plays live/cam no longer, CANCELLED");
            publisher.session().stop(1, "cam");
            publisher.flush();
            lines.await("publishes live/cam no longer, UNPUBLISHED, 1 video frames, 0 audio frames");
        }
        lines.await(": closed, ", 3);
        lines.await("publish refused with NetStream.Publish.BadName (The stream has a publisher.)");
        String first = lines.await(": opened from /127.0.0.1:");
        String subject = first.substring(0, first.indexOf(':'));
        List<String> ofPublisher = lines.all().stream().filter(line -> line.startsWith(subject + ":")).toList();
        assertEquals(4, ofPublisher.size(), ofPublisher::toString);
        assertEquals(subject + ": publishes live/cam", ofPublisher.get(1));
        assertTrue(ofPublisher.get(3).startsWith(subject + ": closed, CLIENT_CLOSED (closed by the client), "), ofPublisher.get(3));
    }

    @Test
    void knowsEveryCallbackAndWritesOneLineForEach() throws Exception {
        try (TestClient publisher = TestClient.publisher(server.activePort(), "cam")) {
            lines.await("publishes live/cam");
            Map<Class<?>, Object> values = Map.of(
                    RtmpConnection.class, server.connections().iterator().next(),
                    LiveStream.class, server.registry().streams().iterator().next(),
                    SocketAddress.class, new InetSocketAddress("127.0.0.1", 5),
                    CloseReason.class, new CloseReason(CloseReason.Cause.HOST, HOSTILE),
                    EndReason.class, EndReason.IDLE,
                    String.class, HOSTILE,
                    long.class, 7L);
            everyCallback(RtmpListener.class, log, values);
            publisher.flush();
        }
        lines.await(": closed, CLIENT_CLOSED");
        everyCallback(HlsListener.class, log.hls("live/cam"), Map.of(
                HlsSnapshot.class, snapshot(), Codec.class, Codec.HEVC, String.class, HOSTILE,
                Throwable.class, new IOException(HOSTILE)));
        everyCallback(RecordingListener.class, log.recordings("live/cam"), Map.of(
                Recording.class, new Recording(1, Duration.ofSeconds(2), 3, 4, 5), IOException.class, new IOException(HOSTILE)));
    }

    private void everyCallback(Class<?> listener, Object implementation, Map<Class<?>, Object> values) throws Exception {
        List<Method> callbacks = Arrays.stream(listener.getMethods()).filter(method -> !Modifier.isStatic(method.getModifiers())).toList();
        HashSet<String> different = new HashSet<>();
        for (Method callback : callbacks) {
            // Fails if the class does not have it itself.
            Method own = implementation.getClass().getDeclaredMethod(callback.getName(), callback.getParameterTypes());
            own.setAccessible(true);
            int before = lines.all().size();
            own.invoke(implementation, Arrays.stream(callback.getParameterTypes()).map(values::get).toArray());
            List<String> written = lines.all().subList(before, lines.all().size());
            assertEquals(1, written.size(), callback.getName());
            assertTrue(written.get(0).codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x202e), written.get(0));
            different.add(written.get(0));
        }
        assertEquals(callbacks.size(), different.size(), different::toString);
    }

    private static HlsSnapshot snapshot() throws Exception {
        HlsPackager packager = HlsPackager.open(
                        "test", HlsOptions.DEFAULT, SegmentStores.inMemory().forStream("test"), Runnable::run, HlsListener.NONE)
                .toCompletableFuture().get(30, TimeUnit.SECONDS);
        MediaSubscriber to = packager.attach();
        to.onStart(StreamHeaders.EMPTY);
        TestClient.media().forEach(to::onFrame);
        to.onEnd(EndReason.UNPUBLISHED);
        packager.end().toCompletableFuture().get(30, TimeUnit.SECONDS);
        return packager.snapshot().orElseThrow();
    }
}
