package dev.millrace.rtmp.server;

import dev.millrace.rtmp.Deadlines;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.ConnectionServices;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.warmup.WarmUp;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server on the loopback for one {@link WarmUp}, on the event loops of a real one but without its host. */
final class WarmUpServer {

    private static final int TIMEOUT_SECONDS = 20;

    /** The first ping of a connection comes after 30 s by default: the compiler would not know of it. */
    private static final Duration PING = Duration.ofMillis(100);

    private final StreamRegistry registry;
    private final ServerConnections connections;
    private final ChannelFuture bound;

    private WarmUpServer(EventLoopGroup group, Class<? extends ServerChannel> channelClass, StreamRegistry registry) {
        this.registry = registry;
        connections = new ServerConnections(
                ConnectionServices.create(AccessPolicy.ALLOW_ALL, registry, RtmpListener.NONE, limits()));
        ServerOptions options = new ServerOptions(
                InetAddress.getLoopbackAddress().getHostAddress(),
                0,
                AccessPolicy.ALLOW_ALL,
                Optional.empty(),
                List.of(),
                RtmpLimits.DEFAULT,
                Optional.of(group),
                channelClass,
                pipeline -> {});
        bound = options.bind(group, connections);
    }

    private static RtmpLimits limits() {
        Deadlines usual = Deadlines.DEFAULT;
        return RtmpLimits.DEFAULT.with(new Deadlines(
                usual.handshake(),
                usual.connect(),
                usual.publishOrPlay(),
                usual.decision(),
                usual.publisherIdle(),
                usual.playerStalled(),
                PING,
                usual.close()));
    }

    /** Starts a warm-up on a thread of its own. Completes when it is over and its server closed. */
    static CompletableFuture<Void> start(
            EventLoopGroup group, Class<? extends ServerChannel> channelClass, StreamRegistry registry) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        WarmUpServer server = new WarmUpServer(group, channelClass, registry);
        Thread thread = new Thread(() -> server.run(done), "rtmp-warm-up");
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private void run(CompletableFuture<Void> done) {
        try {
            await(bound);
            try {
                InetSocketAddress address = (InetSocketAddress) bound.channel().localAddress();
                new WarmUp(address, registry, connections::tick).run();
            } finally {
                await(bound.channel().close());
                connections.shutDown().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
            done.complete(null);
        } catch (IOException | RuntimeException | InterruptedException | ExecutionException | TimeoutException e) {
            done.completeExceptionally(e);
        }
    }

    /** Event loops that are shut down meanwhile complete nothing, hence the timeout. */
    private static void await(ChannelFuture future) throws IOException, InterruptedException {
        if (!future.await(TIMEOUT_SECONDS, TimeUnit.SECONDS) || !future.isSuccess()) {
            throw new IOException("event loops did not bind or close the warm-up server", future.cause());
        }
    }
}
