package dev.millrace.liveserver.http;

import static dev.millrace.liveserver.http.TestServer.STREAMS;
import static dev.millrace.liveserver.http.TestServer.header;
import static dev.millrace.liveserver.http.TestServer.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.flv.FlvFrames;
import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.StreamResources;
import dev.millrace.rtmp.stream.SubscribeOptions;
import dev.millrace.rtmp.stream.WireSink;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamsApiTest {

    private static final String AVC_HEADER = "1700000000 0164000cffe1001a6764000cacd941419f9f011000000300100000030140f142996001000468ef8fcbfdf8f800";
    private static final String TEST123 = STREAMS + "/rtmp%2Flive%2Ftest123";

    private final TestStreams streams = new TestStreams(StreamRegistry.inMemory(startedAt(Instant.parse("2026-02-19T08:00:00.987Z"))));
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start(streams);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static StreamResources startedAt(Instant instant) {
        StreamResources real = StreamResources.create();
        return new StreamResources(real.ringBytes(), real.allocator(), () -> instant, real.scheduler());
    }

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes.replace(" ", ""));
    }

    @Test
    void noStreamsAreAnEmptyList() throws Exception {
        HttpResponse<byte[]> answer = server.send("GET", STREAMS);
        assertEquals(200, answer.statusCode());
        assertEquals("application/json", header(answer, "Content-Type"));
        assertEquals("no-store", header(answer, "Cache-Control"));
        assertEquals("*", header(answer, "Access-Control-Allow-Origin"));
        assertEquals("</openapi.json>; rel=\"service-desc\"", header(answer, "Link"));
        assertEquals("{\"streams\":[]}", text(answer));
    }

    @Test
    void oneStreamIsToldInFull() throws Exception {
        try (Publication publication = streams.publish("live/test123")) {
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
            ObjectNode stream = (ObjectNode) server.json(STREAMS).get("streams").get(0);
            assertTrue(stream.remove("uptime_ms").asLong() > 0);
            assertEquals(hex(AVC_HEADER).length + 4 + 15_234L * (11 + 2 * 4), stream.remove("bytes_received").asLong());
            String video = "{\"codec\":\"avc\",\"profile\":\"High\",\"width\":320,\"height\":180,\"frame_rate\":10.0,"
                    + "\"bitrate_kbps\":1,\"keyframe_interval_ms\":40}";
            String audio = "{\"codec\":\"aac\",\"sample_rate\":48000,\"channels\":2,\"bitrate_kbps\":1}";
            assertEquals(
                    "{\"stream_id\":\"rtmp/live/test123\",\"app\":\"live\",\"key\":\"test123\","
                            + "\"start_time\":\"2026-02-19T08:00:00Z\",\"video_frames\":15234,\"audio_frames\":30468,"
                            + "\"subscribers\":2,\"subscribers_by_kind\":{\"rtmp\":2,\"http_flv\":0,\"hls\":0,\"recorder\":1},\"lost_frames\":0,"
                            + "\"video\":" + video + ",\"audio\":" + audio + ",\"links\":{\"rtmp\":\"rtmp://127.0.0.1:1935/live/test123\","
                            + "\"flv\":\"/live/test123.flv\",\"snapshot\":\"" + TEST123 + "/snapshot\"}}",
                    stream.toString());
            publication.close(EndReason.UNPUBLISHED);
        }
        assertEquals("{\"streams\":[]}", server.json(STREAMS).toString());
    }

    @Test
    void oneStreamIsToldWithAllItsTracks() throws Exception {
        streams.publishFile("live/test123", "avc-aac-two-audio-tracks.flv");
        JsonNode tracks = server.json(TEST123).get("tracks");
        assertEquals(List.of("0 video", "0 audio", "1 audio"), List.of(kind(tracks.get(0)), kind(tracks.get(1)), kind(tracks.get(2))));
        assertEquals("mp4a.40.2", tracks.get(2).get("codec_string").asText());
        assertEquals(3, tracks.size());
        assertFalse(server.json(STREAMS).get("streams").get(0).has("tracks"), "only of one");
    }

    private static String kind(JsonNode track) {
        return track.get("track_id").asInt() + " " + track.get("kind").asText();
    }

    @Test
    void streamsAreSortedByName() throws Exception {
        for (String name : List.of("b/2", "a/x/1", "a/1")) {
            streams.publish(name);
        }
        assertEquals(List.of("rtmp/a/1", "rtmp/a/x/1", "rtmp/b/2"), server.json(STREAMS).findValuesAsText("stream_id"));
    }

    @Test
    void aNameOfAnyCharactersIsFoundAndLinkedTo() throws Exception {
        streams.publish("live shows/ä%2F#?;snapshot.flv");
        JsonNode links = server.json(STREAMS).get("streams").get(0).get("links");
        assertEquals("/live%20shows/%C3%A4%252F%23%3F%3Bsnapshot.flv.flv", links.get("flv").asText());
        String id = links.get("snapshot").asText().replace("/snapshot", "");
        assertEquals("live shows", server.json(id).get("app").asText());
        assertEquals(404, server.send("GET", links.get("snapshot").asText()).statusCode(), "no keyframe");
        assertEquals(200, server.send("HEAD", links.get("flv").asText()).statusCode());
    }

    @Test
    void linksLeadToTheHostThatWasAsked() throws Exception {
        streams.publish("live/test123");
        String answer = server.rawRequest("GET " + STREAMS + " HTTP/1.1", "Host: [2001:db8::1]:8082");
        assertTrue(answer.contains("\"rtmp\":\"rtmp://[2001:db8::1]:1935/live/test123\""), answer);
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        streams.publish("live/test123");
        for (String path : List.of(STREAMS + "/", STREAMS + "/x", STREAMS + "/live%2Ftest123", STREAMS + "/rtmp%2Flive%2Fother",
                STREAMS + "/rtmp/live/test123", TEST123 + "/", TEST123 + "/snapshots", STREAMS + "x", "/api", "/api/v1/rtmp", "/hls/x/index.m3u8")) {
            HttpResponse<byte[]> answer = server.send("GET", path);
            assertEquals(404, answer.statusCode(), path);
            assertTrue(text(answer).matches("\\{\"error\":\"(not found|no such stream)\"}"), text(answer));
        }
        assertEquals(404, server.send("DELETE", STREAMS + "/rtmp%2Flive%2Fother").statusCode());
    }

    @Test
    void otherMethodsAreRefused() throws Exception {
        streams.publish("live/test123");
        for (String path : List.of(STREAMS, TEST123 + "/snapshot", "/metrics", "/healthz", "/api/v1/server", "/openapi.json", "/",
                "/live/test123.flv", "/assets/hls.min.js")) {
            for (String method : List.of("POST", "PUT", "PATCH", "OPTIONS", "DELETE", "FOO")) {
                assertRefused("GET, HEAD", method, path);
            }
        }
        for (String method : List.of("POST", "PUT", "PATCH", "OPTIONS", "FOO")) {
            assertRefused("GET, HEAD, DELETE", method, TEST123);
        }
    }

    private void assertRefused(String allow, String method, String path) throws Exception {
        HttpResponse<byte[]> answer = server.send(method, path);
        assertEquals(405, answer.statusCode(), method + " " + path);
        assertEquals(allow, header(answer, "Allow"));
        assertEquals("none", header(answer, "Access-Control-Allow-Methods"));
        assertEquals("{\"error\":\"method not allowed\"}", text(answer));
    }

    @Test
    void headIsGetWithoutContent() throws Exception {
        streams.publish("live/test123");
        for (String path : List.of(STREAMS, TEST123 + "/snapshot", "/metrics", "/healthz", "/api/v1/server", "/openapi.json", "/", "/nothing")) {
            HttpResponse<byte[]> get = server.send("GET", path);
            HttpResponse<byte[]> head = server.send("HEAD", path);
            assertEquals(get.statusCode(), head.statusCode(), path);
            assertEquals(header(get, "Content-Type"), header(head, "Content-Type"), path);
            assertEquals(0, head.body().length, path);
        }
        HttpResponse<byte[]> page = server.send("HEAD", "/");
        assertEquals(Integer.toString(server.send("GET", "/").body().length), header(page, "Content-Length"));
    }

    @Test
    void theServerTellsOfItself() throws Exception {
        assertEquals(
                "{\"version\":\"test\",\"rtmp_port\":1935,\"hls\":false,\"publish_key\":false}", server.json("/api/v1/server").toString());
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
}
