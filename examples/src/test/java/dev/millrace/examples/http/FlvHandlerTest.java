package dev.millrace.examples.http;

import static dev.millrace.examples.http.TestServer.STREAMS;
import static dev.millrace.examples.http.TestServer.header;
import static dev.millrace.examples.http.TestServer.limits;
import static dev.millrace.examples.http.TestServer.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.FlvFrames;
import dev.millrace.flv.FlvTag;
import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.SubscribeOptions;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
        HttpLimits limits = limits(2, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(10));
        server = TestServer.start(TestServer.options().with(limits), streams);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** A picture that says its number. */
    private static MediaFrame picture(int number, boolean key, int bytes) throws Exception {
        byte[] body = new byte[bytes];
        body[0] = (byte) (key ? 0x17 : 0x27);
        body[1] = 1;
        body[5] = (byte) (number >> 16);
        body[6] = (byte) (number >> 8);
        body[7] = (byte) number;
        return FlvFrames.video(40L * number, body);
    }

    private static int number(MediaFrame picture) {
        return (picture.byteAt(5) & 0xFF) << 16 | (picture.byteAt(6) & 0xFF) << 8 | picture.byteAt(7) & 0xFF;
    }

    private static MediaFrame avcHeader(int level) throws Exception {
        return FlvFrames.video(0, HexFormat.of().parseHex(
                "170000000001640" + level + "0cffe1001a6764000cacd941419f9f011000000300100000030140f142996001000468ef8fcbfdf8f800"));
    }

    private static void publish(Publication publication, MediaFrame frame) {
        publication.publish(frame);
        publication.flush();
    }

    private int viewers() throws Exception {
        int viewers = 0;
        for (var stream : server.json(STREAMS).get("streams")) {
            viewers += stream.get("subscribers_by_kind").get("http_flv").asInt();
        }
        return viewers;
    }

    /** The server is asked until it is so. */
    private void awaitViewers(int expected) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        int now = viewers();
        while (now != expected) {
            assertTrue(System.nanoTime() < end, now + " viewers, not " + expected);
            now = viewers();
        }
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
            awaitViewers(1);
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
        assertEquals(0, viewers());
    }

    @Test
    void thereAreOnlySoManyViewers() throws Exception {
        Publication publication = streams.publish("live/test123");
        publish(publication, picture(1, true, 100));
        FlvClient first = FlvClient.watch(server, PATH);
        FlvClient second = FlvClient.watch(server, PATH);
        awaitViewers(2);
        assertEquals(2, server.json(STREAMS).get("streams").get(0).get("subscribers").asInt());
        HttpResponse<byte[]> refused = server.send("GET", PATH);
        assertEquals(503, refused.statusCode());
        assertEquals("5", header(refused, "Retry-After"));
        assertEquals("{\"error\":\"too many viewers\"}", TestServer.text(refused));
        // No frame comes, and yet it is seen that one has left.
        first.close();
        awaitViewers(1);
        try (FlvClient third = FlvClient.watch(server, PATH)) {
            assertEquals(1, number(third.nextPicture()));
            publication.close();
            third.rest();
            second.rest();
        }
        awaitViewers(0);
    }

    @Test
    void oneThatLeavesLeavesNothingBehind() throws Exception {
        Publication publication = streams.publish("live/test123");
        LiveStream stream = publication.stream();
        int before = stream.subscriptions().size();
        publish(publication, picture(1, true, 100));
        try (Socket socket = server.connect()) {
            write(socket, "GET " + PATH + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertEquals('H', socket.getInputStream().read());
            assertEquals(before + 1, stream.subscriptions().size());
            // What a client says meanwhile does no harm.
            write(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            socket.setSoLinger(true, 0);
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        for (int i = 2; stream.subscriptions().size() > before; i++) {
            assertTrue(System.nanoTime() < end, "still subscribed");
            publish(publication, picture(i, true, 100));
            viewers();
        }
        assertEquals(0, stream.statistics().failedSubscribers());
        awaitViewers(0);
    }

    @Test
    void oneThatNeverReadsIsEnded() throws Exception {
        HttpLimits impatience = limits(2, Duration.ofSeconds(30), Duration.ofMillis(300), Duration.ofSeconds(10));
        server.close();
        server = TestServer.start(TestServer.options().with(impatience), streams);
        Publication publication = streams.publish("live/test123");
        int before = publication.stream().subscriptions().size();
        Publication silent = streams.publish("live/silent");
        publish(silent, picture(1, true, 100));
        try (Socket socket = new Socket(); FlvClient watching = FlvClient.watch(server, "/live/silent.flv")) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress("127.0.0.1", server.server().port()));
            write(socket, "GET " + PATH + " HTTP/1.1\r\nHost: x\r\n\r\n");
            awaitViewers(2);
            for (int i = 1; i <= 100; i++) {
                publish(publication, picture(i, true, 100_000));
            }
            awaitViewers(1);
            assertEquals(before, publication.stream().subscriptions().size());
            // To the other nothing was written for as long, and it stays.
            publish(silent, picture(2, true, 100));
            assertEquals(1, number(watching.nextPicture()));
            assertEquals(2, number(watching.nextPicture()));
        }
    }

    @Test
    void oneThatIsSlowGoesOnAtAKeyframe() throws Exception {
        Publication publication = streams.publish("live/test123");
        publish(publication, picture(0, true, 100));
        try (FlvClient client = FlvClient.watch(server, PATH)) {
            assertEquals(0, number(client.nextPicture()));
            // 80 MB, of which the ring holds 32.
            int pictures = 400;
            for (int i = 1; i <= pictures; i++) {
                publish(publication, picture(i, i % 10 == 0, 200_000));
            }
            publication.close();
            int last = 0;
            int gaps = 0;
            for (FlvTag tag : client.rest()) {
                MediaFrame frame = tag.toFrame();
                if (number(frame) != last + 1) {
                    assertTrue(frame.isKeyframe(), number(frame) + " behind " + last);
                    gaps++;
                }
                assertEquals(200_000, frame.size());
                last = number(frame);
            }
            assertEquals(pictures, last);
            assertTrue(gaps > 0, "nothing was lost");
            assertTrue(publication.stream().statistics().lostFrames() > 0);
        }
    }

    @Test
    void manyViewersOfOneStreamNeedNoThreadEach() throws Exception {
        server.close();
        server = TestServer.start(streams);
        Publication publication = streams.publish("live/test123");
        publish(publication, picture(1, true, 100));
        List<Socket> viewers = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Socket socket = server.connect();
                viewers.add(socket);
                write(socket, "GET " + PATH + " HTTP/1.0\r\nHost: x\r\n\r\n");
            }
            awaitViewers(100);
            long threads = Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("http-")).count();
            assertTrue(threads <= 32, threads + " threads");
            publish(publication, picture(2, true, 100));
            publication.close();
            for (Socket socket : viewers) {
                InputStream in = socket.getInputStream();
                byte[] answer = in.readAllBytes();
                // Head and file header vary; two tags of 100 bytes do not.
                assertEquals(100 + 11, answer[answer.length - 1] & 0xFF);
                assertEquals(100 + 11, answer[answer.length - 1 - 115] & 0xFF);
            }
        } finally {
            for (Socket socket : viewers) {
                socket.close();
            }
        }
    }
}
