package dev.millrace.rtmp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.StreamStatistics;
import dev.millrace.rtmp.warmup.WarmUp;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Warming up does its work, and leaves nothing behind. */
class WarmUpTest {

    private static final long PATIENCE_SECONDS = 120;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

    @AfterEach
    void stop() throws Exception {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Remembers what was published. */
    private static final class Remembering implements StreamRegistry {

        private final StreamRegistry streams = StreamRegistry.inMemory();
        private final List<LiveStream> all = new CopyOnWriteArrayList<>();

        @Override
        public CompletionStage<Publication> publish(StreamName name, StreamOptions options) {
            return streams.publish(name, options).thenApply(publication -> {
                all.add(publication.stream());
                return publication;
            });
        }

        @Override
        public CompletionStage<Optional<LiveStream>> find(StreamName name) {
            return streams.find(name);
        }

        @Override
        public Collection<LiveStream> streams() {
            return streams.streams();
        }
    }

    @Test
    void publishesAndPlaysAndEndsAll() throws Exception {
        Remembering streams = new Remembering();
        WarmUpServer.start(group, NioServerSocketChannel.class, streams).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        stop(); // when the loops have done what was left to do
        assertEquals(WarmUp.ROUNDS, streams.all.size());
        for (LiveStream stream : streams.all) {
            StreamStatistics statistics = stream.statistics();
            assertEquals(WarmUp.VIDEOS_PER_ROUND, statistics.videoFrames());
            assertTrue(statistics.laidOutBytes() >= statistics.bytes(), statistics::toString);
            assertTrue(stream.endReason().isPresent());
            assertTrue(stream.headers().track(MediaKind.VIDEO, 0).isPresent(), "a stream as encoders send it");
            assertEquals(0, statistics.subscribers(), "who followed it has left");
        }
        assertTrue(streams.streams().isEmpty());
    }

    @Test
    void nobodyHearsOfIt() throws Exception {
        EventLog events = new EventLog();
        RtmpServer server = RtmpServer.builder()
                .host("127.0.0.1")
                .port(0)
                .addListener(events)
                .eventLoopGroup(group, NioServerSocketChannel.class)
                .build();
        assertThrows(IllegalStateException.class, server::warmUp);
        server.start().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        CompletableFuture<Void> warm = server.warmUp();
        try (SocketClient publisher = SocketClient.publisher(server.activePort(), "cam")) {
            publisher.hangUp();
        }
        events.await("closed", 1);
        assertEquals(1, events.count("opened"));
        assertTrue(server.connections().isEmpty());
        server.close().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        // On loops of the host's own it goes on; with those of the server it would end with them.
        warm.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThrows(IllegalStateException.class, server::warmUp);
    }

    @Test
    void endsWithItsEventLoops() throws Exception {
        CompletableFuture<Void> warm = WarmUpServer.start(group, NioServerSocketChannel.class, StreamRegistry.inMemory());
        assertFalse(warm.isDone());
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        assertThrows(ExecutionException.class, () -> warm.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
}
