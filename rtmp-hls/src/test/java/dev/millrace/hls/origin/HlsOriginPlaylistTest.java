package dev.millrace.hls.origin;

import static dev.millrace.hls.origin.TestHost.INDEX;
import static dev.millrace.hls.origin.TestHost.MEDIA;
import static dev.millrace.hls.origin.TestHost.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.playlist.CountedText;
import dev.millrace.hls.playlist.MediaPlaylist;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HlsOriginPlaylistTest {

    private final TestStream stream = new TestStream().publish((byte) 1);
    private final TestHost host = new TestHost().with(stream);

    @Test
    void theMediaPlaylistComesWithAllItsHeaders() {
        HlsResponse response = host.get(MEDIA);
        assertEquals(200, response.status());
        assertEquals(stream.snapshot().orElseThrow().media().render(), text(response));
        assertEquals(
                List.of(
                        Map.entry("Content-Type", "application/vnd.apple.mpegurl"),
                        Map.entry("Cache-Control", "max-age=3"),
                        Map.entry("ETag", "\"1-19b7ca98f2e\""),
                        Map.entry("Last-Modified", "Fri, 02 Jan 2026 03:04:05 GMT"),
                        Map.entry("Vary", "Accept-Encoding"),
                        Map.entry("Content-Length", Integer.toString(text(host.get(MEDIA)).length())),
                        Map.entry("Access-Control-Allow-Origin", "*"),
                        Map.entry("Access-Control-Expose-Headers", "Content-Length, Content-Range, Date, Age")),
                List.copyOf(response.headers().entrySet()));
    }

    @Test
    void theMultivariantPlaylistMayBeKeptForATargetDuration() {
        HlsResponse response = host.get(INDEX);
        assertEquals(200, response.status());
        assertEquals(stream.snapshot().orElseThrow().multivariant().render(), text(response));
        assertEquals("max-age=6", response.headers().get("Cache-Control"));
        assertEquals("application/vnd.apple.mpegurl", response.headers().get("Content-Type"));
    }

    @Test
    void theStreamPathMayBeOneSegment() {
        HlsResponse response = host.get("/rtmp%2Flive%2ftest123/media.m3u8");
        assertEquals(200, response.status());
        assertEquals(text(host.get(MEDIA)), text(response));
        assertEquals(List.of(TestHost.PATH, TestHost.PATH), host.asked);
    }

    @Test
    void headSaysWhatGetWouldHaveGiven() {
        HlsResponse get = host.get(MEDIA);
        HlsResponse head = TestHost.now(host.send("HEAD", MEDIA));
        assertEquals(200, head.status());
        assertEquals(get.headers(), head.headers());
        assertEquals(new HlsBody.Empty(get.body().contentLength()), head.body());
    }

    @Test
    void aQueryComesBackInTheUris() {
        HlsResponse response = host.get(MEDIA + "?token=a%2Fb&_HLS_msn=3&x", "accept-encoding", "gzip");
        assertEquals(200, response.status());
        String text = text(response);
        assertTrue(text.contains("\n0123456789ab-0.ts?token=a%2Fb&x\n"), text);
        assertEquals(Integer.toString(text.length()), response.headers().get("Content-Length"));
        assertFalse(response.headers().containsKey("Content-Encoding"));
        assertTrue(text(host.get(INDEX + "?token=1")).contains("\nmedia.m3u8?token=1\n"));
    }

    @Test
    void whatBrowsersDoNotEncodeDoesNotBreakThePlaylist() throws Exception {
        HlsResponse response = host.get(MEDIA + "?a={$b}\"|c");
        MediaPlaylist parsed = MediaPlaylist.parse(text(response));
        assertEquals(1, parsed.segments().size());
        assertFalse(parsed.segments().get(0).uri().contains("{$"), parsed.segments().get(0).uri());
    }

    @Test
    void compressesOnceAVersionForWhoLikesIt() throws Exception {
        HlsResponse response = host.get(MEDIA, "accept-encoding", "br, gzip;q=0.8");
        assertEquals("gzip", response.headers().get("Content-Encoding"));
        assertEquals("\"1-19b7ca98f2e-gzip\"", response.headers().get("ETag"));
        assertEquals(Long.toString(response.body().contentLength()), response.headers().get("Content-Length"));
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(TestHost.bytes(response)))) {
            assertEquals(text(host.get(MEDIA)), new String(plain.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertEquals("gzip", host.get(MEDIA + "?_HLS_msn=1", "accept-encoding", "gzip").headers().get("Content-Encoding"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                              | false
            gzip                            | true
            GZip                            | true
            x-gzip                          | true
            deflate, gzip;q=1.0, *;q=0.5    | true
            gzip;q=0                        | false
            gzip;q=0.000                    | false
            gzip;q=0.001                    | true
            gzip ; q=0.5                    | true
            *                               | true
            *;q=0                           | false
            gzip;q=0, *                     | false
            identity, gzip;q=0.5            | false
            identity;q=0.5, gzip;q=0.5      | true
            gzip;q=2                        | false
            gzip;q=0.1234                   | false
            gzip;quality=high               | false
            gzipped                         | false
            ,,;;q=,                         | false
            """)
    void understandsAcceptEncoding(String header, boolean gzip) {
        assertEquals(gzip, host.get(MEDIA, "accept-encoding", header).headers().containsKey("Content-Encoding"));
    }

    @Test
    void whoHasTheVersionGetsNoOther() {
        HlsResponse response = host.get(MEDIA, "if-none-match", "\"1-19b7ca98f2e\"");
        assertEquals(304, response.status());
        assertEquals(new HlsBody.Empty(0), response.body());
        assertEquals("\"1-19b7ca98f2e\"", response.headers().get("ETag"));
        assertEquals("max-age=3", response.headers().get("Cache-Control"));
        assertFalse(response.headers().containsKey("Content-Length"));
        assertFalse(response.headers().containsKey("Content-Type"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            W/"1-19b7ca98f2e"               | 304
            "x", "1-19b7ca98f2e"            | 304
            "x,y","1-19b7ca98f2e"           | 304
            *                               | 304
            "1-19b7ca98f2e-gzip"            | 200
            "0-19b7ca98f2e"                 | 200
            1-19b7ca98f2e                   | 200
            "1-19b7ca98f2e                  | 200
            x"1-19b7ca98f2e"                | 200
            "x1-19b7ca98f2e"                | 200
            w/"1-19b7ca98f2e"               | 200
            W/                              | 200
            ", "                            | 200
            """)
    void understandsIfNoneMatch(String header, int status) {
        assertEquals(status, host.get(MEDIA, "if-none-match", header).status());
    }

    @Test
    void ifMatchWantsTheVersionInForce() {
        assertEquals(412, host.get(MEDIA, "if-match", "\"other\"").status());
        assertEquals(412, host.get(MEDIA, "if-match", "W/\"1-19b7ca98f2e\"").status());
        assertEquals(200, host.get(MEDIA, "if-match", "\"1-19b7ca98f2e\"").status());
        assertEquals(200, host.get(MEDIA, "if-match", "*").status());
    }

    @Test
    void eachVersionHasAnotherTag() {
        String before = host.get(MEDIA).headers().get("ETag");
        stream.publish((byte) 2);
        HlsResponse after = host.get(MEDIA, "if-none-match", before);
        assertEquals(200, after.status());
        assertNotEquals(before, after.headers().get("ETag"));
        assertTrue(text(after).contains("0123456789ab-1.ts"));
    }

    @Test
    void aRangeOfAPlaylistIsAllOfIt() {
        HlsResponse response = host.get(MEDIA, "range", "bytes=0-1");
        assertEquals(200, response.status());
        assertEquals(text(host.get(MEDIA)), text(response));
    }

    private static MediaPlaylist empty(boolean ended) {
        return new MediaPlaylist(6, 1, 0, Optional.empty(), /* independentSegments= */ true, List.of(), ended);
    }

    // In whatever way it is asked for: with nothing that makes it something else than 200, and with what does.
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            GET,  media.m3u8,                        accept, */*
            HEAD, media.m3u8,                        accept, */*
            GET,  index.m3u8,                        accept, */*
            HEAD, index.m3u8,                        accept, */*
            GET,  media.m3u8?token=x,                accept, */*
            GET,  media.m3u8?_HLS_msn=0&_HLS_part=0, accept, */*
            GET,  media.m3u8,                        accept-encoding, gzip
            GET,  media.m3u8,                        if-none-match, *
            GET,  media.m3u8,                        if-match, *
            GET,  media.m3u8,                        if-match, "0-19b7ca98f2e"
            GET,  media.m3u8,                        range, bytes=0-0
            """)
    void invariant24_aPlaylistWithoutSegmentsIsNeverServed(String method, String file, String header, String value) {
        for (boolean ended : List.of(false, true)) {
            stream.list(empty(ended));
            HlsResponse response = TestHost.now(host.send(method, "/" + TestHost.PATH + "/" + file, header, value));
            assertEquals(503, response.status());
            assertEquals("1", response.headers().get("Retry-After"));
            assertEquals("no-store", response.headers().get("Cache-Control"));
        }
        stream.publish((byte) 1);
        assertTrue(TestHost.now(host.send(method, "/" + TestHost.PATH + "/" + file, header, value)).status() < 500);
    }

    @Test
    void invariant24_whoIsHeldUntilAFirstSegmentGetsNoEmptyPlaylistEither() {
        TestStream none = new TestStream();
        host.with(none);
        CompletableFuture<HlsResponse> held = host.send("GET", MEDIA);
        assertFalse(held.isDone());
        none.list(empty(/* ended= */ false));
        assertEquals(503, TestHost.now(held).status());
    }

    @Test
    void invariant49_aVersionIsRenderedAndCompressedOnceWhateverTheNumberOfViewers() {
        MediaPlaylist media = stream.snapshot().orElseThrow().media();
        AtomicInteger compressions = new AtomicInteger();
        // The text is not that of the playlist, so an origin that renders for itself gives itself away.
        stream.list(media, CountedText.of(media.removeFirst(1).append(media.segments().get(0)).end(), compressions));
        String text = text(host.get(MEDIA));
        assertTrue(text.endsWith("#EXT-X-ENDLIST\n"), text);
        for (int i = 0; i < 1_000; i++) {
            assertEquals(text, text(host.get(MEDIA)));
            assertEquals("gzip", host.get(MEDIA, "accept-encoding", "gzip").headers().get("Content-Encoding"));
            String query = text(host.get(MEDIA + "?viewer=" + i, "accept-encoding", "gzip"));
            assertEquals(text, query.replace("?viewer=" + i, ""));
        }
        assertEquals(1, compressions.get());
    }

    @Test
    void withoutAnAllowedOriginThereIsNoCors() {
        TestHost closed = new TestHost(new OriginOptions(OriginOptions.DEFAULT.firstSegmentWait(), 1, Optional.empty(), 1)).with(stream);
        for (HlsResponse response : List.of(closed.get(MEDIA), closed.get("/x/y"), TestHost.now(closed.send("OPTIONS", MEDIA)))) {
            assertEquals(List.of(), response.headers().keySet().stream().filter(name -> name.startsWith("Access-Control")).toList());
        }
    }
}
