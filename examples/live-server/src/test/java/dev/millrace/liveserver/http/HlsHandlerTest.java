package dev.millrace.liveserver.http;

import static dev.millrace.liveserver.http.OneSegmentStream.CONTENT;
import static dev.millrace.liveserver.http.OneSegmentStream.ID;
import static dev.millrace.liveserver.http.TestServer.header;
import static dev.millrace.liveserver.http.TestServer.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.origin.HlsOrigin;
import dev.millrace.hls.origin.OriginOptions;
import dev.millrace.hls.packager.HlsStream;
import dev.millrace.hls.store.SegmentContent;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.media.Scheduler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HlsHandlerTest {

    private static final String MEDIA = "/hls/rtmp/live/test123/media.m3u8";
    private static final String SEGMENT = "/hls/rtmp/live/test123/0123456789ab-7.ts";

    private final Semaphore asked = new Semaphore(0);
    private final OneSegmentStream inMemory = new OneSegmentStream(SegmentStores.inMemory().forStream("test"));
    private volatile HlsStream served = inMemory;
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = start(TestServer.options());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TestServer start(HttpServerOptions options) throws IOException {
        HlsOrigin origin = new HlsOrigin(
                path -> {
                    asked.release();
                    return CompletableFuture.completedStage(path.equals("rtmp/live/test123") ? Optional.of(served) : Optional.empty());
                },
                OriginOptions.DEFAULT, Scheduler.shared(), InstantSource.system());
        return TestServer.start(options, new TestStreams(), Optional.of(origin), TestServer.NO_PICTURES);
    }

    @Test
    void playlistsComeAsTheyAreAndCompressed() throws Exception {
        inMemory.publish();
        HttpResponse<byte[]> plain = server.send("GET", MEDIA);
        assertEquals(200, plain.statusCode());
        assertEquals("application/vnd.apple.mpegurl", header(plain, "Content-Type"));
        assertEquals("*", header(plain, "Access-Control-Allow-Origin"));
        assertEquals("none", header(plain, "Transfer-Encoding"));
        assertEquals(inMemory.snapshot().orElseThrow().media().render(), text(plain));
        HttpResponse<byte[]> small = server.send("GET", "/hls/rtmp%2Flive%2Ftest123/media.m3u8", "Accept-Encoding", "gzip");
        assertEquals("gzip", header(small, "Content-Encoding"));
        assertArrayEquals(plain.body(), new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes());
        assertTrue(text(server.send("GET", MEDIA + "?token=a%2Fb")).contains("0123456789ab-7.ts?token=a%2Fb\n"));
    }

    @Test
    void responsesWithoutContentHaveNone() throws Exception {
        inMemory.publish();
        HttpResponse<byte[]> get = server.send("GET", MEDIA);
        HttpResponse<byte[]> head = server.send("HEAD", MEDIA);
        assertEquals(200, head.statusCode());
        assertEquals(0, head.body().length);
        assertEquals(Integer.toString(get.body().length), header(head, "Content-Length"));
        HttpResponse<byte[]> notModified = server.send("GET", MEDIA, "If-None-Match", header(get, "ETag"));
        assertEquals(304, notModified.statusCode());
        assertEquals(header(get, "ETag"), header(notModified, "ETag"));
        HttpResponse<byte[]> preflight = server.send("OPTIONS", MEDIA, "Origin", "https://player.example");
        assertEquals(204, preflight.statusCode());
        assertEquals("GET, HEAD, OPTIONS", header(preflight, "Access-Control-Allow-Methods"));
        assertEquals(405, server.send("POST", MEDIA).statusCode());
    }

    @Test
    void segmentsComeFromMemory() throws Exception {
        inMemory.publish();
        segmentsComeWholeAndInPart();
    }

    @Test
    void segmentsComeFromFiles(@TempDir Path folder) throws Exception {
        served = new OneSegmentStream(SegmentStores.directory(folder, Runnable::run).forStream("test")).publish();
        segmentsComeWholeAndInPart();
    }

    private void segmentsComeWholeAndInPart() throws Exception {
        HttpResponse<byte[]> whole = server.send("GET", SEGMENT);
        assertEquals(200, whole.statusCode());
        assertEquals("video/mp2t", header(whole, "Content-Type"));
        assertArrayEquals(CONTENT, whole.body());
        HttpResponse<byte[]> part = server.send("GET", SEGMENT, "Range", "bytes=1000000-3999999");
        assertEquals(206, part.statusCode());
        assertEquals("bytes 1000000-3999999/5000000", header(part, "Content-Range"));
        assertArrayEquals(Arrays.copyOfRange(CONTENT, 1_000_000, 4_000_000), part.body());
        HttpResponse<byte[]> none = server.send("GET", SEGMENT, "Range", "bytes=5000000-");
        assertEquals(416, none.statusCode());
        assertEquals("bytes */5000000", header(none, "Content-Range"));
        HttpResponse<byte[]> head = server.send("HEAD", SEGMENT);
        assertEquals("5000000", header(head, "Content-Length"));
        assertEquals(0, head.body().length);
    }

    @Test
    void aFileThatIsGoneIsNotFound(@TempDir Path folder) throws Exception {
        OneSegmentStream onDisk = new OneSegmentStream(SegmentStores.directory(folder, Runnable::run).forStream("test")).publish();
        served = onDisk;
        Path file = ((SegmentContent.InFile) onDisk.store().read(ID).toCompletableFuture().join().orElseThrow()).file();
        Files.delete(file);
        assertEquals("{\"error\":\"not found\"}", text(server.send("GET", SEGMENT)));
        Files.write(file, new byte[10]);
        assertEquals(404, server.send("GET", SEGMENT).statusCode(), "not the file that it was");
    }

    @Test
    void noThreadWaitsWhileRequestsAreHeld() throws Exception {
        List<CompletableFuture<HttpResponse<byte[]>>> held = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            held.add(server.sendAsync(MEDIA, BodyHandlers.ofByteArray()));
        }
        assertTrue(asked.tryAcquire(50, 30, TimeUnit.SECONDS));
        assertEquals(404, server.send("GET", SEGMENT).statusCode(), "others are answered");
        assertTrue(held.stream().noneMatch(CompletableFuture::isDone));
        inMemory.publish();
        for (CompletableFuture<HttpResponse<byte[]>> one : held) {
            assertEquals(inMemory.snapshot().orElseThrow().media().render(), text(one.get(30, TimeUnit.SECONDS)));
        }
    }

    @Test
    void whoIsHeldIsNotIdle() throws Exception {
        HttpLimits limits = TestServer.limits(1, Duration.ofMillis(500), Duration.ofMillis(200), Duration.ofSeconds(10));
        try (TestServer impatient = start(TestServer.options().with(limits))) {
            CompletableFuture<HttpResponse<byte[]>> held = impatient.sendAsync(MEDIA, BodyHandlers.ofByteArray());
            assertTrue(asked.tryAcquire(30, TimeUnit.SECONDS));
            impatient.awaitKeepAlive();
            inMemory.publish();
            assertEquals(200, held.get(30, TimeUnit.SECONDS).statusCode());
        }
    }

    @Test
    void whoTakesNothingOfASegmentIsEnded() throws Exception {
        inMemory.publish();
        HttpLimits limits = TestServer.limits(1, Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ofSeconds(10));
        try (TestServer impatient = start(TestServer.options().with(limits)); Socket slow = impatient.connect()) {
            String request = "GET " + SEGMENT + " HTTP/1.1\r\nHost: x\r\n\r\n";
            TestServer.write(slow, request.repeat(10));
            // Until what is written comes to a socket that the server has closed.
            assertThrows(SocketException.class, () -> {
                while (true) {
                    TestServer.write(slow, "x");
                }
            });
            assertTrue(readToTheEnd(slow) < 10L * CONTENT.length);
        }
    }

    private static long readToTheEnd(Socket socket) {
        long bytes = 0;
        byte[] buffer = new byte[65_536];
        try {
            for (int n = socket.getInputStream().read(buffer); n >= 0; n = socket.getInputStream().read(buffer)) {
                bytes += n;
            }
        } catch (IOException e) {
            // Cut off.
        }
        return bytes;
    }

    @Test
    void nonsenseIsRefused() throws Exception {
        inMemory.publish();
        HttpResponse<byte[]> unknown = server.send("GET", "/hls/rtmp/live/other/index.m3u8");
        assertEquals(404, unknown.statusCode());
        assertEquals("{\"error\":\"not found\"}", text(unknown));
        assertEquals("application/json", header(unknown, "Content-Type"));
        assertEquals(404, server.send("GET", "/hls/rtmp%252Flive%252Ftest123/media.m3u8").statusCode(), "decoded once");
        assertEquals(404, server.send("GET", "/hls").statusCode());
        assertEquals(404, server.send("GET", "/hlsx/rtmp/live/test123/media.m3u8").statusCode());
        for (String path : List.of("rtmp/../media.m3u8", "rtmp/%2e%2e/media.m3u8", "rtmp%2F..%2Fx/media.m3u8", "a%00/media.m3u8",
                "a%zz/media.m3u8", "%C0%AE%C0%AE/media.m3u8", "a//media.m3u8", "x/" + "a".repeat(3_000) + "/media.m3u8")) {
            assertTrue(server.rawRequest("GET /hls/" + path + " HTTP/1.1", "Host: x").startsWith("HTTP/1.1 400 "), path);
        }
    }
}
