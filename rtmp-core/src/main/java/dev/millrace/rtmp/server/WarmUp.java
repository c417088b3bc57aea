package dev.millrace.rtmp.server;

import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.ConnectionServices;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.stream.StreamRegistry;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Publishes and plays a made-up stream over the loopback, on the event loops of a server but past its host, until the JVM has compiled what live
 * streams need. HotSpot compiles a method well after some 5,000 calls; at the pace of one live stream that takes most of a minute, and players pay.
 */
final class WarmUp {

    private static final String APP = "warm-up";
    /** Those who leave and come again: else the compiler takes it for certain that nobody does, and begins anew when somebody has. */
    static final int ROUNDS = 3;
    static final int PLAYERS = 6;
    static final int VIDEOS_PER_ROUND = 2_500;
    private static final int AUDIOS_PER_VIDEO = 2;
    private static final int VIDEOS_PER_KEYFRAME = 60;
    private static final int KEYFRAME_BYTES = 40_000;
    private static final int VIDEO_BYTES = 5_000;
    private static final int AUDIO_BYTES = 300;
    private static final int VIDEO_MILLIS = 33;
    private static final int PATIENCE_SECONDS = 5;

    private final ServerConnections connections;
    private final ChannelFuture bound;

    private WarmUp(EventLoopGroup group, Class<? extends ServerChannel> channelClass, StreamRegistry registry) {
        connections = new ServerConnections(
                ConnectionServices.create(AccessPolicy.ALLOW_ALL, registry, RtmpListener.NONE, RtmpLimits.DEFAULT));
        ServerOptions options = new ServerOptions(
                InetAddress.getLoopbackAddress().getHostAddress(),
                0,
                AccessPolicy.ALLOW_ALL,
                Optional.empty(),
                RtmpListener.NONE,
                RtmpLimits.DEFAULT,
                Optional.of(group),
                channelClass,
                pipeline -> {});
        bound = options.bind(group, connections);
    }

    /** Begins; completes when it is over and nothing of it is left. */
    static CompletableFuture<Void> start(EventLoopGroup group, Class<? extends ServerChannel> channelClass, StreamRegistry registry) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        WarmUp warmUp = new WarmUp(group, channelClass, registry);
        Thread thread = new Thread(() -> warmUp.run(done), "rtmp-warm-up");
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private void run(CompletableFuture<Void> done) {
        try {
            inTime(bound);
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    publishAndPlay((InetSocketAddress) bound.channel().localAddress());
                }
            } finally {
                inTime(bound.channel().close());
                connections.shutDown().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            done.complete(null);
        } catch (IOException | RuntimeException | InterruptedException | ExecutionException | TimeoutException e) {
            done.completeExceptionally(e);
        }
    }

    /** Event loops that are shut down meanwhile tell nobody. */
    private static void inTime(ChannelFuture future) throws IOException, InterruptedException {
        if (!future.await(PATIENCE_SECONDS, TimeUnit.SECONDS) || !future.isSuccess()) {
            throw new IOException("the event loops did not do it", future.cause());
        }
    }

    private static void publishAndPlay(InetSocketAddress server) throws IOException {
        String name = UUID.randomUUID().toString();
        List<WarmUpClient> players = new ArrayList<>();
        try (WarmUpClient publisher = WarmUpClient.publisher(server, APP, name)) {
            for (int i = 0; i < PLAYERS; i++) {
                players.add(WarmUpClient.player(server, APP, name));
            }
            publish(publisher, players);
        } finally {
            for (WarmUpClient player : players) {
                player.close();
            }
        }
    }

    /** As fast as a player takes it, and in the portions of a live stream: each picture is sent when the one before has come. */
    private static void publish(WarmUpClient publisher, List<WarmUpClient> players) throws IOException {
        byte[] keyframe = body(0x17, KEYFRAME_BYTES);
        byte[] video = body(0x27, VIDEO_BYTES);
        byte[] audio = body(0xaf, AUDIO_BYTES);
        for (int i = 0; i < VIDEOS_PER_ROUND; i++) {
            int timestampMillis = i * VIDEO_MILLIS;
            for (int j = 0; j < AUDIOS_PER_VIDEO; j++) {
                publisher.publish(MediaKind.AUDIO, timestampMillis, audio);
            }
            publisher.publish(MediaKind.VIDEO, timestampMillis, i % VIDEOS_PER_KEYFRAME == 0 ? keyframe : video);
            players.get(0).awaitVideos(i + 1);
            for (WarmUpClient player : players.subList(1, PLAYERS)) {
                player.drain();
            }
        }
    }

    /** A coded frame, not a header: the second byte is 1 for AVC and AAC alike. */
    private static byte[] body(int first, int bytes) {
        byte[] body = new byte[bytes];
        body[0] = (byte) first;
        body[1] = 1;
        return body;
    }
}
