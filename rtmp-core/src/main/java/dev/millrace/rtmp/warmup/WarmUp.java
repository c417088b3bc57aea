package dev.millrace.rtmp.warmup;

import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.SubscribeOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Publishes and plays a made-up stream on a server until the JVM has compiled what live streams need. HotSpot compiles a method well after some
 * 5,000 calls; at the pace of one live stream that takes most of a minute, and costs the players of that time.
 */
public final class WarmUp {

    private static final String APP = "warm-up";

    /** Publications one after another, each with its players: what is compiled for one only is compiled anew with the second. */
    public static final int ROUNDS = 3;

    /** Video messages of one publication, without its header. */
    public static final int VIDEOS_PER_ROUND = 2_500;

    private static final int PLAYERS = 6;
    private static final int AUDIOS_PER_VIDEO = 2;
    private static final int VIDEOS_PER_KEYFRAME = 60;
    private static final int KEYFRAME_BYTES = 40_000;
    private static final int VIDEO_BYTES = 5_000;
    private static final int AUDIO_BYTES = 300;
    private static final int VIDEO_MILLIS = 33;
    private static final int TAG_AND_LENGTH_BYTES = 5 + 4;
    /** Any will do: 320x180, High. */
    private static final String AVC_HEADER = "17000000000164000cffe1001a6764000cacd941419f9f011000000300100000030140f142996001000468ef8fcbfdf8f800";

    /** Connections are told the time five times a second each: for 200 players 1,000 times. */
    private static final int VIDEOS_PER_TICK = 5;

    private final InetSocketAddress server;
    private final StreamRegistry registry;
    private final Runnable tick;

    /**
     * Describes a warm-up.
     *
     * @param server an address on which RTMP clients may publish and play under any name
     * @param registry of that server
     * @param tick has the deadlines of all connections of that server checked
     */
    public WarmUp(InetSocketAddress server, StreamRegistry registry, Runnable tick) {
        this.server = server;
        this.registry = registry;
        this.tick = tick;
    }

    /**
     * Runs on the calling thread, for some seconds.
     *
     * @throws IOException if the server closes a connection, breaks the protocol, or says nothing for 20 s
     */
    public void run() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            publishAndPlay();
        }
    }

    private void publishAndPlay() throws IOException {
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

    /** Three classes of subscribers, as hosts have them: calls that met one or two would be compiled for those only. */
    private static void subscribe(LiveStream stream) {
        stream.subscribe(frame -> {}, Runnable::run, SubscribeOptions.EVERYTHING);
        stream.subscribe(frame -> {}, Runnable::run, SubscribeOptions.EVERYTHING);
        stream.subscribe(frame -> {}, Runnable::run, SubscribeOptions.EVERYTHING);
    }

    /** Publishes as fast as a player reads, in the batches of a live stream: a picture is sent when the one before was received. */
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
                tick.run();
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
