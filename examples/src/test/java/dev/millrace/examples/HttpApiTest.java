package dev.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.flv.FlvFrames;
import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.StreamResources;
import dev.millrace.rtmp.stream.SubscribeOptions;
import dev.millrace.rtmp.stream.WireSink;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpApiTest {

    private static final String STREAMS = "/api/v1/rtmp/streams";

    private final HttpClient client = HttpClient.newHttpClient();
    private static final String AVC_HEADER = "1700000000 0164000cffe1001a6764000cacd941419f9f011000000300100000030140f142996001000468ef8fcbfdf8f800";

    /** What hangs on a stream runs where the stream is flushed. */
    private final WatchedStreams streams = new WatchedStreams(
            StreamRegistry.inMemory(startedAt(Instant.parse("2026-02-19T08:00:00.987Z"))), Optional.empty(), Optional.empty(), new CallersThread());

    private HttpApi api;

    @BeforeEach
    void start() throws IOException {
        api = HttpApi.start("127.0.0.1", 0, streams, Optional.empty());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static StreamResources startedAt(Instant instant) {
        StreamResources real = StreamResources.create();
        return new StreamResources(real.ringBytes(), real.allocator(), () -> instant, real.scheduler());
    }

    private HttpResponse<String> ask(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private Publication publish(String name) {
        return streams.publish(new StreamName(name), StreamOptions.DEFAULT).toCompletableFuture().join();
    }

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes.replace(" ", ""));
    }

    @Test
    void noStreamsAreAnEmptyList() throws Exception {
        HttpResponse<String> answer = ask("GET", STREAMS);
        assertEquals(200, answer.statusCode());
        assertEquals("application/json", answer.headers().firstValue("Content-Type").orElseThrow());
        assertEquals("{\"streams\":[]}", answer.body());
    }

    @Test
    void oneStreamIsToldInFull() throws Exception {
        try (Publication publication = publish("live/test123")) {
            // Configurations do not count: an AVC picture and a piece of AAC do.
            publication.publish(FlvFrames.video(0, hex(AVC_HEADER)));
            publication.publish(FlvFrames.audio(0, hex("af 00 11 90")));
            MediaFrame picture = FlvFrames.video(0, hex("17 01 00 00 00 00 00 00 02 65 88"));
            MediaFrame sound = FlvFrames.audio(0, hex("af 01 21 10"));
            for (int i = 0; i < 15_234; i++) {
                publication.publish(picture.atTime(40L * i));
                publication.publish(sound.atTime(40L * i));
                publication.publish(sound.atTime(40L * i + 20));
                publication.flush();
            }
            for (int i = 0; i < 2; i++) {
                publication.stream().subscribe(new Player(), SubscribeOptions.PLAYER);
            }
            assertEquals(
                    "{\"streams\":[{\"stream_id\":\"rtmp/live/test123\",\"app\":\"live\",\"key\":\"test123\","
                            + "\"start_time\":\"2026-02-19T08:00:00Z\",\"video_frames\":15234,\"audio_frames\":30468,\"subscribers\":2,"
                            + "\"video\":{\"codec\":\"avc\",\"profile\":\"High\",\"width\":320,\"height\":180,\"frame_rate\":10.0,"
                            + "\"bitrate_kbps\":1,\"keyframe_interval_ms\":40},"
                            + "\"audio\":{\"codec\":\"aac\",\"sample_rate\":48000,\"channels\":2,\"bitrate_kbps\":1}}]}",
                    ask("GET", STREAMS).body());
            publication.close(EndReason.UNPUBLISHED);
        }
        assertEquals("{\"streams\":[]}", ask("GET", STREAMS).body());
    }

    @Test
    void streamsAreSortedByName() throws Exception {
        for (String name : List.of("b/2", "a/x/1", "a/1")) {
            publish(name);
        }
        List<String> names = Pattern.compile("\"stream_id\":\"([^\"]*)\"")
                .matcher(ask("GET", STREAMS).body())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertEquals(List.of("rtmp/a/1", "rtmp/a/x/1", "rtmp/b/2"), names);
    }

    @Test
    void everythingElseIsRefused() throws Exception {
        assertEquals(404, ask("GET", "/").statusCode());
        assertEquals(404, ask("GET", STREAMS + "/x").statusCode());
        HttpResponse<String> answer = ask("POST", STREAMS);
        assertEquals(405, answer.statusCode());
        assertEquals("GET, HEAD", answer.headers().firstValue("Allow").orElseThrow());
        assertEquals("", ask("HEAD", STREAMS).body());
    }

    /** A socket that takes everything. */
    private static final class Player implements WireSink {

        @Override
        public Executor executor() {
            return Runnable::run;
        }

        @Override
        public int messageStreamId() {
            return 1;
        }

        @Override
        public int chunkBytes() {
            return 60_000;
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void writeAndFlush(ByteBuf bytes) {
            bytes.release();
        }

        @Override
        public void flush() {}

        @Override
        public void onGap(long lostFrames) {}

        @Override
        public void onEnd(EndReason reason) {}
    }

    /** Runs everything at once. */
    private static final class CallersThread extends AbstractExecutorService {

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
