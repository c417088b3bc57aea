package dev.millrace.liveserver.http;

import static dev.millrace.liveserver.http.TestServer.STREAMS;
import static dev.millrace.liveserver.http.TestServer.header;
import static dev.millrace.liveserver.http.TestServer.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.millrace.liveserver.snapshot.UnsupportedCodecException;
import dev.millrace.media.Codec;
import dev.millrace.media.MediaFrame;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.track.Keyframe;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamPicturesTest {

    private static final String SNAPSHOT = STREAMS + "/rtmp%2Flive%2Ftest123/snapshot";
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, 1, 2, 3};

    private final TestStreams streams = new TestStreams();
    private final BlockingQueue<OptionalInt> asked = new LinkedBlockingQueue<>();
    private volatile CompletionStage<byte[]> picture = CompletableFuture.completedStage(JPEG);
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(TestServer.options(), streams, Optional.empty(), this::jpeg);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CompletionStage<byte[]> jpeg(Keyframe keyframe, OptionalInt width) {
        asked.add(width);
        return picture;
    }

    private void assertError(int status, String message, HttpResponse<byte[]> answer) {
        assertEquals("{\"error\":\"" + message + "\"}", text(answer));
        assertEquals(status, answer.statusCode());
        assertEquals("application/json", header(answer, "Content-Type"));
        assertEquals("no-store", header(answer, "Cache-Control"));
        assertEquals("none", header(answer, "ETag"));
    }

    @Test
    void aKeyframeIsAJpeg() throws Exception {
        streams.publishFile("live/test123", "avc-high-bframes-aac.flv");
        HttpResponse<byte[]> answer = server.send("GET", SNAPSHOT);
        assertEquals(200, answer.statusCode());
        assertArrayEquals(JPEG, answer.body());
        assertEquals("image/jpeg", header(answer, "Content-Type"));
        assertEquals("no-cache", header(answer, "Cache-Control"));
        assertEquals("*", header(answer, "Access-Control-Allow-Origin"));
        assertEquals(200, server.send("GET", SNAPSHOT + "?x=y&width=320&format=jpeg").statusCode());
        assertEquals(List.of(OptionalInt.empty(), OptionalInt.of(320)), List.copyOf(asked));
    }

    @Test
    void whoHasItAlreadyIsToldSo() throws Exception {
        Publication publication = streams.publishFile("live/test123", "avc-high-bframes-aac.flv");
        String etag = header(server.send("GET", SNAPSHOT), "ETag");
        for (String known : List.of(etag, "W/" + etag, "\"x\", " + etag, "*")) {
            HttpResponse<byte[]> answer = server.send("GET", SNAPSHOT, "If-None-Match", known);
            assertEquals(304, answer.statusCode(), known);
            assertEquals(etag, header(answer, "ETag"));
        }
        assertEquals(1, asked.size(), "what is known is not made again");
        String scaled = header(server.send("GET", SNAPSHOT + "?width=320", "If-None-Match", etag), "ETag");
        String unit = header(server.send("GET", SNAPSHOT + "?format=annexb", "If-None-Match", etag), "ETag");
        assertNotEquals(etag, scaled);
        assertNotEquals(etag, unit);
        assertEquals(304, server.send("GET", SNAPSHOT + "?format=annexb", "If-None-Match", unit).statusCode());
        MediaFrame keyframe = TestStreams.frames("avc-high-bframes-aac.flv").stream().filter(MediaFrame::isKeyframe).findFirst().orElseThrow();
        publication.publish(keyframe.atTime(60_000));
        publication.flush();
        assertEquals(200, server.send("GET", SNAPSHOT, "If-None-Match", etag).statusCode(), "a newer one");
    }

    @Test
    void anyCodecThatIsHeldComesAsItIs() throws Exception {
        Map<String, List<String>> files = Map.of(
                "avc-high-bframes-aac.flv", List.of("avc", "video/h264"),
                "hevc-aac.flv", List.of("hevc", "video/h265"),
                "av1-opus.flv", List.of("av1", "application/octet-stream"));
        for (Map.Entry<String, List<String>> file : files.entrySet()) {
            Publication publication = streams.publishFile("live/test123", file.getKey());
            HttpResponse<byte[]> answer = server.send("GET", SNAPSHOT + "?format=annexb");
            assertEquals(file.getValue(), List.of(header(answer, "X-Codec"), header(answer, "Content-Type")));
            assertArrayEquals(streams.keyframeOf(publication.stream()).orElseThrow().accessUnit().toByteArray(), answer.body());
            publication.close();
        }
    }

    @Test
    void withoutAKeyframeThereIsNone() throws Exception {
        assertError(404, "no such stream", server.send("GET", SNAPSHOT));
        Publication empty = streams.publish("live/test123");
        assertError(404, "no keyframe yet", server.send("GET", SNAPSHOT));
        empty.close();
        Publication sound = streams.publishFile("live/test123", "aac-only.flv");
        assertError(404, "the stream has no video", server.send("GET", SNAPSHOT));
        sound.close();
        streams.publishFile("live/test123", "vp9-flac.flv");
        assertError(501, "no pictures of vp9 video", server.send("GET", SNAPSHOT));
        assertError(501, "no pictures of vp9 video", server.send("GET", SNAPSHOT + "?format=annexb"));
    }

    @Test
    void nonsenseIsRefused() throws Exception {
        streams.publishFile("live/test123", "avc-high-bframes-aac.flv");
        for (String width : List.of("", "0", "15", "3841", "-320", "1e3", "99999999999999999999", "%33%32%30", "320px")) {
            assertError(400, "width is not 16 to 3840", server.send("GET", SNAPSHOT + "?width=" + width));
        }
        assertError(400, "format is not jpeg or annexb", server.send("GET", SNAPSHOT + "?format=png"));
        assertEquals(0, asked.size());
    }

    @Test
    void whatCannotBeMadeIsSaid() throws Exception {
        streams.publishFile("live/test123", "hevc-aac.flv");
        picture = CompletableFuture.failedStage(new UnsupportedCodecException("no decoder of " + Codec.HEVC.codecName()));
        assertError(501, "no decoder of hevc", server.send("GET", SNAPSHOT));
        picture = CompletableFuture.failedStage(new RejectedExecutionException("queue of 3 is full"));
        HttpResponse<byte[]> busy = server.send("GET", SNAPSHOT);
        assertError(503, "too many pictures are asked for", busy);
        assertEquals("1", header(busy, "Retry-After"));
        picture = CompletableFuture.failedStage(new ArrayIndexOutOfBoundsException("Index 7 out of bounds for length 5"));
        assertError(500, "the keyframe cannot be decoded", server.send("GET", SNAPSHOT));
    }

    @Test
    void decodingMayTakeLongerThanAClientMayBeSilent() throws Exception {
        streams.publishFile("live/test123", "avc-high-bframes-aac.flv");
        CompletableFuture<byte[]> slow = new CompletableFuture<>();
        picture = slow;
        HttpLimits limits = TestServer.limits(1, Duration.ofMillis(500), Duration.ofMillis(200), Duration.ofSeconds(10));
        try (TestServer impatient = TestServer.start(TestServer.options().with(limits), streams, Optional.empty(), this::jpeg)) {
            CompletableFuture<HttpResponse<byte[]>> answer = impatient.sendAsync(SNAPSHOT, BodyHandlers.ofByteArray());
            assertEquals(OptionalInt.empty(), asked.poll(30, TimeUnit.SECONDS));
            impatient.awaitKeepAlive();
            slow.complete(JPEG);
            assertArrayEquals(JPEG, answer.get(TestServer.PATIENCE_MILLIS, TimeUnit.MILLISECONDS).body());
        }
    }
}
