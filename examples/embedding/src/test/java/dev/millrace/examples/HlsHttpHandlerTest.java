package dev.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.hls.crypto.ContentKey;
import dev.millrace.hls.origin.HlsOrigin;
import dev.millrace.hls.origin.OriginOptions;
import dev.millrace.hls.packager.HlsSnapshot;
import dev.millrace.hls.packager.HlsStream;
import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.playlist.MultivariantPlaylist;
import dev.millrace.hls.playlist.PlaylistText;
import dev.millrace.hls.playlist.Variant;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentContent;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.hls.store.SegmentWriter;
import dev.millrace.hls.store.StoreState;
import dev.millrace.media.Bytes;
import dev.millrace.media.Scheduler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HlsHttpHandlerTest {

    private static final ObjectName ID = ObjectName.segment("0123456789ab", 7, "ts");
    private static final String SEGMENT = "/hls/rtmp/live/test123/0123456789ab-7.ts";
    private static final String MEDIA = "/hls/rtmp/live/test123/media.m3u8";

    /** Longer than the buffers of sockets. */
    private static final byte[] CONTENT = new byte[5_000_000];

    static {
        new Random(7).nextBytes(CONTENT);
    }

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** One thread answers everything, so that it must not wait. */
    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    private final CountDownLatch asked = new CountDownLatch(1);

    private final TestStream inMemory = new TestStream(SegmentStores.inMemory().forStream("test"));
    private volatile HlsStream served = inMemory;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        HlsOrigin origin = new HlsOrigin(
                path -> {
                    asked.countDown();
                    return CompletableFuture.completedStage(path.equals("rtmp/live/test123") ? Optional.of(served) : Optional.empty());
                },
                OriginOptions.DEFAULT, Scheduler.shared(), InstantSource.system());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), /* backlog= */ 0);
        server.setExecutor(executor);
        server.createContext("/hls", new HlsHttpHandler(origin, executor));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(/* delay= */ 0);
        executor.shutdownNow();
    }

    private HttpRequest request(String method, String target, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + target));
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder.method(method, BodyPublishers.noBody()).build();
    }

    private HttpResponse<byte[]> send(String method, String target, String... headers) throws Exception {
        return client.send(request(method, target, headers), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("none");
    }

    @Test
    void playlistsComeAsTheyAreAndCompressed() throws Exception {
        inMemory.publish();
        HttpResponse<byte[]> plain = send("GET", MEDIA);
        assertEquals(200, plain.statusCode());
        assertEquals("application/vnd.apple.mpegurl", header(plain, "Content-Type"));
        assertEquals("*", header(plain, "Access-Control-Allow-Origin"));
        assertEquals("none", header(plain, "Transfer-Encoding"));
        assertEquals(inMemory.snapshot().orElseThrow().media().render(), new String(plain.body(), StandardCharsets.UTF_8));
        HttpResponse<byte[]> small = send("GET", "/hls/rtmp%2Flive%2Ftest123/media.m3u8", "Accept-Encoding", "gzip");
        assertEquals("gzip", header(small, "Content-Encoding"));
        assertArrayEquals(plain.body(), new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes());
        String withQuery = new String(send("GET", MEDIA + "?token=a%2Fb").body(), StandardCharsets.UTF_8);
        assertTrue(withQuery.contains("0123456789ab-7.ts?token=a%2Fb\n"));
    }

    @Test
    void responsesWithoutContentHaveNone() throws Exception {
        inMemory.publish();
        HttpResponse<byte[]> get = send("GET", MEDIA);
        HttpResponse<byte[]> head = send("HEAD", MEDIA);
        assertEquals(200, head.statusCode());
        assertEquals(0, head.body().length);
        assertEquals(Integer.toString(get.body().length), header(head, "Content-Length"));
        HttpResponse<byte[]> notModified = send("GET", MEDIA, "If-None-Match", header(get, "ETag"));
        assertEquals(304, notModified.statusCode());
        assertEquals(0, notModified.body().length);
        assertEquals(header(get, "ETag"), header(notModified, "ETag"));
        HttpResponse<byte[]> preflight = send("OPTIONS", MEDIA, "Origin", "https://player.example");
        assertEquals(204, preflight.statusCode());
        assertEquals("GET, HEAD, OPTIONS", header(preflight, "Access-Control-Allow-Methods"));
        assertEquals(200, send("GET", MEDIA).statusCode(), "the connection is still good");
    }

    @Test
    void segmentsComeFromMemory() throws Exception {
        inMemory.publish();
        segmentsComeWholeAndInPart();
    }

    @Test
    void segmentsComeFromFiles(@TempDir Path folder) throws Exception {
        TestStream onDisk = new TestStream(SegmentStores.directory(folder, Runnable::run).forStream("test"));
        served = onDisk.publish();
        segmentsComeWholeAndInPart();
    }

    private void segmentsComeWholeAndInPart() throws Exception {
        HttpResponse<byte[]> whole = send("GET", SEGMENT);
        assertEquals(200, whole.statusCode());
        assertEquals("video/mp2t", header(whole, "Content-Type"));
        assertArrayEquals(CONTENT, whole.body());
        HttpResponse<byte[]> part = send("GET", SEGMENT, "Range", "bytes=1000000-3999999");
        assertEquals(206, part.statusCode());
        assertEquals("bytes 1000000-3999999/5000000", header(part, "Content-Range"));
        assertArrayEquals(Arrays.copyOfRange(CONTENT, 1_000_000, 4_000_000), part.body());
        HttpResponse<byte[]> none = send("GET", SEGMENT, "Range", "bytes=5000000-");
        assertEquals(416, none.statusCode());
        assertEquals("bytes */5000000", header(none, "Content-Range"));
        assertEquals("5000000", header(send("HEAD", SEGMENT), "Content-Length"));
    }

    @Test
    void aFileThatIsGoneIsNotFound(@TempDir Path folder) throws Exception {
        TestStream onDisk = new TestStream(SegmentStores.directory(folder, Runnable::run).forStream("test"));
        served = onDisk.publish();
        Path file = ((SegmentContent.InFile) onDisk.store().read(ID).toCompletableFuture().join().orElseThrow()).file();
        Files.delete(file);
        assertEquals(404, send("GET", SEGMENT).statusCode());
        Files.write(file, new byte[10]);
        assertEquals(404, send("GET", SEGMENT).statusCode(), "not the file that it was");
    }

    @Test
    void noThreadWaitsWhileARequestIsHeld() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> held = client.sendAsync(request("GET", MEDIA), BodyHandlers.ofByteArray());
        assertTrue(asked.await(30, TimeUnit.SECONDS));
        assertEquals(404, send("GET", SEGMENT).statusCode(), "the only thread is free");
        assertFalse(held.isDone());
        inMemory.publish();
        HttpResponse<byte[]> response = held.get(30, TimeUnit.SECONDS);
        assertEquals(200, response.statusCode());
        assertEquals(inMemory.snapshot().orElseThrow().media().render(), new String(response.body(), StandardCharsets.UTF_8));
    }

    @Test
    void nonsenseIsRefused() throws Exception {
        inMemory.publish();
        HttpResponse<byte[]> unknown = send("GET", "/hls/rtmp/live/other/index.m3u8");
        assertEquals(404, unknown.statusCode());
        assertEquals("{\"error\":\"not found\"}", new String(unknown.body(), StandardCharsets.UTF_8));
        assertEquals("application/json", header(unknown, "Content-Type"));
        assertEquals(404, send("GET", "/hls/rtmp%252Flive%252Ftest123/media.m3u8").statusCode(), "decoded once");
        assertEquals(405, send("POST", MEDIA).statusCode());
        assertEquals(400, send("GET", "/hls").statusCode());
        assertEquals(400, send("GET", "/hlsx/rtmp/live/test123/media.m3u8").statusCode());
        for (String path : List.of("rtmp/../media.m3u8", "rtmp/%2e%2e/media.m3u8", "rtmp%2F..%2Fx/media.m3u8", "a%00/media.m3u8",
                "a%zz/media.m3u8", "%C0%AE%C0%AE/media.m3u8", "a//media.m3u8")) {
            assertTrue(raw("GET /hls/" + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").startsWith("HTTP/1.1 400 "), path);
        }
    }

    /** What {@link URI} would not let pass. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A stream that gets one segment. */
    private static final class TestStream implements HlsStream {

        private final CompletableFuture<HlsSnapshot> first = new CompletableFuture<>();
        private final SegmentStore store;

        TestStream(SegmentStore store) {
            this.store = store;
        }

        TestStream publish() {
            SegmentWriter writer = store.open(ID).toCompletableFuture().join();
            for (int from = 0; from < CONTENT.length; from += 192_512) {
                ByteBuffer chunk = ByteBuffer.wrap(CONTENT, from, Math.min(192_512, CONTENT.length - from));
                writer.append(List.of(chunk)).toCompletableFuture().join();
            }
            writer.commit(new StoreState(Bytes.EMPTY, Set.of(ID))).toCompletableFuture().join();
            MediaSegment segment = new MediaSegment(
                    ID.fileName(), 6 * 90_000, /* discontinuity= */ false, Optional.empty(), Optional.empty());
            MediaPlaylist media = new MediaPlaylist(
                    6, 7, 0, Optional.empty(), /* independentSegments= */ true, List.of(segment), /* ended= */ false);
            Variant variant = new Variant(
                    "media.m3u8", 8_000_000, 7_000_000, List.of("avc1.64001f"), Optional.empty(), OptionalDouble.empty());
            MultivariantPlaylist multivariant = new MultivariantPlaylist(/* independentSegments= */ true, List.of(variant));
            first.complete(new HlsSnapshot(
                    1, media, PlaylistText.of(media), multivariant, PlaylistText.of(multivariant), Instant.parse("2026-01-02T03:04:05Z")));
            return this;
        }

        @Override
        public Optional<HlsSnapshot> snapshot() {
            return Optional.ofNullable(first.getNow(null));
        }

        @Override
        public CompletionStage<HlsSnapshot> snapshotAfter(long version) {
            return first;
        }

        @Override
        public SegmentStore store() {
            return store;
        }

        @Override
        public Optional<String> mediaType(ObjectName name) {
            return name.extension().equals("ts") ? Optional.of("video/mp2t") : Optional.empty();
        }

        @Override
        public Optional<ContentKey> key(String id) {
            return Optional.empty();
        }
    }
}
