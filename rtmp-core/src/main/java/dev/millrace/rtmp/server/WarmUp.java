package dev.millrace.rtmp.server;

import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.Deadlines;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.ConnectionServices;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.SubscribeOptions;
import dev.millrace.track.LatestKeyframe;
import dev.millrace.track.StreamTracks;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
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
    private static final int TAG_AND_LENGTH_BYTES = 5 + 4;
    /** Any will do: 320x180, High. */
    private static final String AVC_HEADER = "17000000000164000cffe1001a6764000cacd941419f9f011000000300100000030140f142996001000468ef8fcbfdf8f800";
    private static final int PING_MILLIS = 100;
    private static final int PATIENCE_SECONDS = 20;

    /** Deadlines are looked at five times a second for each connection: little, and yet 1,000 times a second for 200 players. */
    private static final int VIDEOS_PER_TICK = 5;

    private final StreamRegistry registry;
    private final ServerConnections connections;
    private final ChannelFuture bound;

    private WarmUp(EventLoopGroup group, Class<? extends ServerChannel> channelClass, StreamRegistry registry) {
        this.registry = registry;
        connections = new ServerConnections(ConnectionServices.create(AccessPolicy.ALLOW_ALL, registry, RtmpListener.NONE, limits()));
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

    /** With pings as soon as can be: the first one of a connection comes after half a minute, and the compiler would not know of it. */
    private static RtmpLimits limits() {
        Deadlines usual = Deadlines.DEFAULT;
        return RtmpLimits.DEFAULT.with(new Deadlines(
                usual.handshake(), usual.connect(), usual.publishOrPlay(), usual.decision(), usual.publisherIdle(), usual.playerStalled(),
                Duration.ofMillis(PING_MILLIS), usual.close()));
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

    private void publishAndPlay(InetSocketAddress server) throws IOException {
        String name = UUID.randomUUID().toString();
        List<WarmUpClient> players = new ArrayList<>();
        try (WarmUpClient publisher = WarmUpClient.publisher(server, APP, name)) {
            registry.find(new StreamName(APP + '/' + name)).toCompletableFuture().join().ifPresent(WarmUp::subscribe);
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

    /** As hosts do that want to know what is live; the last is there for any other, lest the compiler take it for certain that there is none. */
    private static void subscribe(LiveStream stream) {
        stream.subscribe(new StreamTracks(), Runnable::run, SubscribeOptions.EVERYTHING);
        stream.subscribe(new LatestKeyframe(), Runnable::run, SubscribeOptions.EVERYTHING);
        stream.subscribe(frame -> {}, Runnable::run, SubscribeOptions.EVERYTHING);
    }

    /** As fast as a player takes it, and in the portions of a live stream: each picture is sent when the one before has come. */
    private void publish(WarmUpClient publisher, List<WarmUpClient> players) throws IOException {
        publisher.publish(MediaKind.VIDEO, 0, HexFormat.of().parseHex(AVC_HEADER));
        byte[] keyframe = picture(0x17, 0x65, KEYFRAME_BYTES);
        byte[] video = picture(0x27, 0x41, VIDEO_BYTES);
        byte[] audio = new byte[AUDIO_BYTES];
        audio[0] = (byte) 0xaf;
        audio[1] = 1;
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
            if (i % VIDEOS_PER_TICK == 0) {
                connections.tick();
            }
        }
        players.get(0).awaitVideos(VIDEOS_PER_ROUND + 1); // the header is one
    }

    /** A coded frame of AVC with one NAL unit. */
    private static byte[] picture(int first, int nalUnitHeader, int bytes) {
        return ByteBuffer.allocate(bytes)
                .put((byte) first).put((byte) 1).put(new byte[3])
                .putInt(bytes - TAG_AND_LENGTH_BYTES).put((byte) nalUnitHeader)
                .array();
    }
}
