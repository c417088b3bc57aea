package dev.millrace.rtmp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.rtmp.Deadlines;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.StreamResources;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Players that come and go leave nothing behind. {@code -Dmillrace.joins=6000} is a minute of a hundred a second.
 */
@Timeout(600)
class JoinAndLeaveTest {

    private static final int WARM_UP = 40;
    private static final int JOINS = Integer.getInteger("millrace.joins", 120);
    private static final String KEYFRAME = "17 01 000000 00000001 65";

    @Test
    void leavesNoMemoryAndNoThread() throws Exception {
        PooledByteBufAllocator images = new PooledByteBufAllocator(/* preferDirect= */ true);
        StreamResources defaults = StreamResources.create();
        StreamRegistry registry =
                StreamRegistry.inMemory(new StreamResources(defaults.ringBytes(), images, defaults.clock(), defaults.scheduler()));
        Deadlines usual = Deadlines.DEFAULT;
        RtmpLimits limits = RtmpLimits.DEFAULT.with(new Deadlines(
                usual.handshake(), usual.connect(), usual.publishOrPlay(), usual.decision(), Duration.ofMinutes(10), usual.playerStalled(),
                usual.ping(), usual.close()));
        // So few that the first joins have come by each of them.
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        RtmpServer server = RtmpServer.builder()
                .host("127.0.0.1")
                .port(0)
                .registry(registry)
                .limits(limits)
                .eventLoopGroup(loops, NioServerSocketChannel.class)
                .build();
        int port = server.start().get(20, TimeUnit.SECONDS).activePort();
        try (SocketClient publisher = SocketClient.publisher(port, "cam")) {
            publisher.video(0, KEYFRAME);
            joins(port, WARM_UP);
            long direct = images.metric().usedDirectMemory();
            int threads = Thread.activeCount();
            joins(port, JOINS);
            assertTrue(Thread.activeCount() <= threads + 1, Thread.activeCount() + " threads, " + threads + " before");
            assertEquals(direct, images.metric().usedDirectMemory());
            assertEquals(1, server.registry().streams().size());
        }
        server.close().get(20, TimeUnit.SECONDS);
        assertTrue(server.connections().isEmpty());
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).get(20, TimeUnit.SECONDS);
        assertEquals(0, images.pinnedDirectMemory());
    }

    private static void joins(int port, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            try (SocketClient player = SocketClient.player(port, "cam")) {
                player.await(() -> player.media().size() == 1);
            }
        }
    }
}
