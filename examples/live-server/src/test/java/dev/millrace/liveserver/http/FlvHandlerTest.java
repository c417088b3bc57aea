package dev.millrace.liveserver.http;

import static dev.millrace.liveserver.http.Pictures.number;
import static dev.millrace.liveserver.http.Pictures.picture;
import static dev.millrace.liveserver.http.Pictures.publish;
import static dev.millrace.liveserver.http.TestServer.header;
import static dev.millrace.liveserver.http.TestServer.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.FlvFrames;
import dev.millrace.flv.FlvTag;
import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.SubscribeOptions;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlvHandlerTest {

    private static final String PATH = "/live/test123.flv";

    private final TestStreams streams = new TestStreams();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(streams);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static MediaFrame avcHeader(int level) throws Exception {
        return FlvFrames.video(0, HexFormat.of().parseHex(
                "170000000001640" + level + "0cffe1001a6764000cacd941419f9f011000000300100000030140f142996001000468ef8fcbfdf8f800"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"avc-high-bframes-aac.flv", "avc-two-video-tracks-aac.flv", "avc-aac-two-audio-tracks.flv", "hevc-aac.flv", "aac-only.flv",
        "avc-baseline-no-audio.flv", "vp9-flac.flv"})
    void aViewerGetsWhatAnRtmpPlayerGets(String file) throws Exception {
        Publication publication = streams.publishFile("live/test123", file);
        List<MediaFrame> expected = new ArrayList<>();
        publication.stream().subscribe((MediaSubscriber) expected::add, Runnable::run, SubscribeOptions.PLAYER);
        try (FlvClient client = FlvClient.watch(server, PATH)) {
            assertEquals(200, client.response().statusCode());
            assertEquals("video/x-flv", header(client.response(), "Content-Type"));
            assertEquals("no-store", header(client.response(), "Cache-Control"));
            assertEquals("*", header(client.response(), "Access-Control-Allow-Origin"));
            assertEquals("chunked", header(client.response(), "Transfer-Encoding"));
            publication.close();
            List<FlvTag> tags = client.rest();
            assertEquals(!file.contains("no-audio"), client.announcesAudio());
            assertEquals(!file.startsWith("aac"), client.announcesVideo());
            int headers = tags.size() - expected.size();
            assertTrue(headers >= 2, "metadata and headers in front: " + headers);
            for (FlvTag tag : tags.subList(0, headers)) {
                assertFalse(tag.toFrame().isKeyframe());
                assertEquals(0, tag.timestampMillis());
                assertEquals(0, tag.toFrame().trackId());
                boolean enhanced = tag.typeId() == MediaKind.VIDEO.typeId() && !file.startsWith("avc");
                assertTrue(enhanced || tag.toFrame().kind() == MediaKind.AUDIO || FlvFrames.isLegacyHeader(tag.toFrame()), tag.toString());
            }
            assertSame(expected, tags.subList(headers, tags.size()));
        }
    }

    private static void assertSame(List<MediaFrame> expected, List<FlvTag> tags) {
        long zeroMillis = expected.get(0).timestampMillis();
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).bytes(), tags.get(i).body(), "body of " + i);
            assertEquals(Math.max(0, expected.get(i).timestampMillis() - zeroMillis), tags.get(i).timestampMillis(), "time of " + i);
        }
    }

    @Test
    void headersThatChangeArePassedOn() throws Exception {
        Publication publication = streams.publish("live/test123");
        publication.publish(avcHeader(1));
        publish(publication, picture(1, true, 100));
        try (FlvClient client = FlvClient.watch(server, PATH)) {
            assertEquals(avcHeader(1).bytes(), client.next().orElseThrow().body());
            assertEquals(1, number(client.nextPicture()));
            publication.publish(avcHeader(2));
            publish(publication, picture(2, true, 100));
            assertEquals(avcHeader(2).bytes(), client.next().orElseThrow().body());
            MediaFrame picture = client.nextPicture();
            assertEquals(2, number(picture));
            assertEquals(40, picture.timestampMillis());
            publication.close(EndReason.UNPUBLISHED);
            assertEquals(List.of(), client.rest());
        }
    }

    @Test
    void aStreamThatEndsBeforeItsFirstFrameIsAnEmptyFile() throws Exception {
        Publication publication = streams.publish("live/test123");
        try (Socket socket = server.connect()) {
            write(socket, "GET " + PATH + " HTTP/1.0\r\nHost: x\r\n\r\n");
            server.awaitFlvViewers(1);
            publication.close();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
            assertTrue(answer.endsWith("\r\n\r\nFLV\1\5\0\0\0\11\0\0\0\0"), answer);
        }
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        streams.publish("live/test123");
        for (String path : List.of("/live/other.flv", "/test123.flv", "/live/test123.FLV", "/live/test123.flv/", "/live.flv")) {
            assertEquals(404, server.send("GET", path).statusCode(), path);
        }
        assertEquals(400, server.send("GET", "/.flv").statusCode());
        assertEquals(200, server.send("HEAD", "/live%2Ftest123.flv").statusCode());
        HttpResponse<byte[]> head = server.send("HEAD", PATH);
        assertEquals("video/x-flv", header(head, "Content-Type"));
        assertEquals("none", header(head, "Content-Length"));
        assertEquals(0, server.flvViewers());
    }
}
