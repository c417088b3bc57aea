package dev.millrace.consumer;

import dev.millrace.flv.FlvFrames;
import dev.millrace.hls.packager.HlsListener;
import dev.millrace.hls.packager.HlsOptions;
import dev.millrace.hls.packager.HlsPackager;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.SubscribeOptions;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Serves RTMP, publishes a few pictures from code, makes HLS of them and prints the playlist. An exception, and so an exit code, if that fails. */
public final class Consumer {

    private static final StreamName NAME = new StreamName("live/consumer");
    private static final int PICTURES = 6;
    private static final int SEGMENTS = 3;
    private static final long LIMIT_SECONDS = 30;
    private static final int LIMIT_MILLIS = 30_000;
    private static final byte RTMP_VERSION = 3;
    private static final int C1_BYTES = 1536;

    /** H.264 of 16x16 in legacy headers: the sequence header, and a keyframe that is all of one colour. */
    private static final String SEQUENCE_HEADER =
            "1700000000" + "0142c00affe100156742c00addec0440000003004000000300" + "83c489e001000568ce0f2c80";
    private static final String KEYFRAME = "1701000000" + "0000000b" + "65888404bc98a000202f80";

    private Consumer() {}

    /**
     * Runs it.
     *
     * @param arguments none
     * @throws Exception if anything is not as it should be
     */
    public static void main(String[] arguments) throws Exception {
        RtmpServer server = RtmpServer.builder().host("127.0.0.1").port(0).registry(StreamRegistry.inMemory()).build();
        try {
            await(server.start());
            greet(server.activePort());
            String playlist = publish(server.registry());
            System.out.print(playlist);
            long segments = playlist.lines().filter(line -> line.startsWith("#EXTINF:")).count();
            if (segments != SEGMENTS || !playlist.endsWith("#EXT-X-ENDLIST\n")) {
                throw new IllegalStateException(segments + " segments, wanted " + SEGMENTS + " and the end of the playlist");
            }
        } finally {
            await(server.close());
        }
    }

    /** The first bytes of a handshake: C0 and C1 there, S0 back. */
    private static void greet(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(LIMIT_MILLIS);
            byte[] hello = new byte[1 + C1_BYTES];
            hello[0] = RTMP_VERSION;
            socket.getOutputStream().write(hello);
            int version = socket.getInputStream().read();
            if (version != RTMP_VERSION) {
                throw new IOException("the server's RTMP version is " + version + ", not " + RTMP_VERSION);
            }
        }
    }

    private static String publish(StreamRegistry registry) throws Exception {
        SegmentStore segments = SegmentStores.inMemory().forStream(NAME.publicForm());
        // All work is done by the thread that brings it, so nothing has to be waited for.
        HlsPackager packager = await(HlsPackager.open(NAME.publicForm(), HlsOptions.DEFAULT, segments, Runnable::run, HlsListener.NONE));
        try (Publication publication = await(registry.publish(NAME, StreamOptions.DEFAULT))) {
            publication.stream().subscribe(packager.attach(), packager.executor(), SubscribeOptions.EVERYTHING);
            publication.publish(FlvFrames.video(0, ByteBufUtil.decodeHexDump(SEQUENCE_HEADER)));
            for (int second = 0; second < PICTURES; second++) {
                publication.publish(FlvFrames.video(TimeUnit.SECONDS.toMillis(second), ByteBufUtil.decodeHexDump(KEYFRAME)));
                publication.flush();
            }
        }
        await(packager.end());
        return StandardCharsets.UTF_8.decode(packager.snapshot().orElseThrow().mediaText().bytes().get(0)).toString();
    }

    private static <T> T await(CompletionStage<T> stage) throws ExecutionException, InterruptedException, TimeoutException {
        return stage.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
