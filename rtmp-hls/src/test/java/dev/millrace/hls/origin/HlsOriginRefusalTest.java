package dev.millrace.hls.origin;

import static dev.millrace.hls.origin.TestHost.MEDIA;
import static dev.millrace.hls.origin.TestHost.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.crypto.ContentKey;
import dev.millrace.hls.packager.HlsSnapshot;
import dev.millrace.hls.packager.HlsStream;
import dev.millrace.hls.packager.HlsStreams;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HlsOriginRefusalTest {

    private final TestHost host = new TestHost().with(new TestStream().publish((byte) 1));

    private void isError(int status, HlsResponse response) {
        assertEquals(status, response.status());
        assertEquals("application/json", response.headers().get("Content-Type"));
        assertEquals("no-store", response.headers().get("Cache-Control"));
        assertEquals("*", response.headers().get("Access-Control-Allow-Origin"));
        String text = text(response);
        assertTrue(text.matches("\\{\"error\":\"[a-z0-9 A-Z,./%#?$\\-{]+\"}"), text);
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {
        "",
        "rtmp/live/test123/media.m3u8",
        "//media.m3u8",
        "//rtmp/live/test123/media.m3u8",
        "/rtmp//test123/media.m3u8",
        "/rtmp/live/test123//media.m3u8",
        "/rtmp/live/./test123/media.m3u8",
        "/rtmp/live/x/../test123/media.m3u8",
        "/rtmp/live/test123/..",
        "/rtmp/live/test123/.",
        "/../media.m3u8",
        "/rtmp/live/%2e%2E/test123/media.m3u8",
        "/rtmp%2Flive%2F..%2Ftest123/media.m3u8",
        "/rtmp/live/test123/..%2Fmedia.m3u8",
        "/%2Frtmp/live/test123/media.m3u8",
        "/rtmp/live/test123%2F/media.m3u8",
        "/rtmp/live/test123%00/media.m3u8",
        "/rtmp/live/test123/media.m3u8%00",
        "/rtmp/live/test123/media.m3u8%0d%0aX:%20y",
        "/rtmp/live/%7F/media.m3u8",
        "/rtmp/live/%C2%85/media.m3u8",
        "/rtmp/live/%E2%80%AE/media.m3u8",
        "/rtmp/live/%E2%80%A8/media.m3u8",
        "/rtmp/live/%5C..%5C/media.m3u8",
        "/rtmp/live\\test123/media.m3u8",
        "/rtmp/live/$%7Bjndi%7D/media.m3u8",
        "/rtmp/live/%/media.m3u8",
        "/rtmp/live/%2/media.m3u8",
        "/rtmp/live/%2g/media.m3u8",
        "/rtmp/live/%-1/media.m3u8",
        "/rtmp/live/%+1/media.m3u8",
        "/rtmp/live/test123/media.m3u%",
        "/rtmp/live/test123/media.m3u8%3",
        "/rtmp/live/%u0041/media.m3u8",
        "/rtmp/live/%C0%AF/media.m3u8",
        "/rtmp/live/%C0%AE%C0%AE/media.m3u8",
        "/rtmp/live/%FF/media.m3u8",
        "/rtmp/live/%ED%A0%80/media.m3u8",
        "/rtmp/live/%E2%82/media.m3u8",
        "/rtmp/live/test 123/media.m3u8",
        "/rtmp/live/tést/media.m3u8",
        "/rtmp/live/%１１/media.m3u8",
        "/rtmp/live/a\tb/media.m3u8",
        "/rtmp/live/a\u0000/media.m3u8",
        "/rtmp/live/a#b/media.m3u8",
    })
    void badPathsAreRefusedWithoutAskingTheHost(String path) {
        HlsRequest request = new HlsRequest("GET", path, Optional.empty(), Map.of(), Optional.empty());
        isError(400, TestHost.now(host.origin.handle(request).toCompletableFuture()));
        assertEquals(List.of(), host.asked);
    }

    @Test
    void aQueryMarkInAPathIsTheHostsMistake() {
        HlsRequest request = new HlsRequest("GET", MEDIA + "?x", Optional.empty(), Map.of(), Optional.empty());
        isError(400, TestHost.now(host.origin.handle(request).toCompletableFuture()));
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {
        "/",
        "/index.m3u8",
        "/media.m3u8",
        "/rtmp",
        "/rtmp/live/test123",
        "/rtmp/live/test123/",
        "/rtmp/live/test123/MEDIA.m3u8",
        "/rtmp/live/test123/media.m3u",
        "/rtmp/live/test123/media.m3u8%20",
        "/rtmp/live/test123/other.m3u8",
        "/rtmp/live/test123/0123456789ab-.ts",
        "/rtmp/live/test123/0123456789ab--1.ts",
        "/rtmp/live/test123/0123456789AB-1.ts",
        "/rtmp/live/test123/0123456789ab-01.ts",
        "/rtmp/live/test123/0123456789ab-99999999999999999999.ts",
        "/rtmp/live/test123/0123456789ab-1.ts.tmp",
        "/rtmp/live/test123/.key",
        "/rtmp/live/test123/a.b.key",
        "/rtmp/live/test123/a%2Fb.key",
        "/rtmp%2Flive%2Ftest123%2Fmedia.m3u8",
        "/rtmp/live/test123/x%2Fmedia.m3u8",
        "/rtmp/live/test123/state",
    })
    void filesThatNoStreamHasAreNotFoundWithoutAskingTheHost(String path) {
        isError(404, host.get(path));
        assertEquals(List.of(), host.asked);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(textBlock = """
            /rtmp/live/test124/media.m3u8,                rtmp/live/test124
            /rtmp/live/%74est/media.m3u8,                 rtmp/live/test
            /rtmp%2Flive/x/media.m3u8,                    rtmp/live/x
            /rtmp%252Flive%252Ftest123/media.m3u8,        rtmp%2Flive%2Ftest123
            /rtmp/live/%252e%252e/media.m3u8,             rtmp/live/%2e%2e
            /rtmp/live/%2500/media.m3u8,                  rtmp/live/%00
            /rtmp/live/a+b/media.m3u8,                    rtmp/live/a+b
            /rtmp/live/...%20/media.m3u8,                 'rtmp/live/... '
            /rtmp/live/%E6%97%A5%F0%9F%98%80/media.m3u8,  rtmp/live/日😀
            /rtmp/live/a;b=c/media.m3u8,                  rtmp/live/a;b=c
            """)
    void streamPathsAreDecodedOnce(String path, String asked) {
        isError(404, host.get(path));
        assertEquals(List.of(asked), host.asked);
    }

    @Test
    void longPathsAndQueriesAreRefused() {
        String path = "/rtmp/" + "a".repeat(2_048 - "/rtmp//media.m3u8".length()) + "/media.m3u8";
        isError(404, host.get(path));
        assertEquals(1, host.asked.size());
        isError(400, host.get("/rtmp/a" + path.substring("/rtmp/".length())));
        assertEquals(200, host.get(MEDIA + "?" + "q".repeat(4_096)).status());
        isError(400, host.get(MEDIA + "?" + "q".repeat(4_097)));
        assertEquals(2, host.asked.size());
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"%", "a=%2", "a=%zz", "a b", "a=\r\nX: y", "a=é", "a=\u0000", "a=\u007f"})
    void badQueriesAreRefused(String query) {
        isError(400, host.get(MEDIA + "?" + query));
        assertEquals(List.of(), host.asked);
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"", "&", "&&=&", "?", "a=b&a=b", "_HLS_msn=x&_HLS_part=-1", "%00", "=%0D%0A", "/../.."})
    void strangeQueriesAreServed(String query) {
        assertEquals(200, host.get(MEDIA + "?" + query).status());
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "get", "", "GET ", "<script>"})
    void otherMethodsAreNotAllowed(String method) {
        HlsResponse response = TestHost.now(host.send(method, MEDIA));
        isError(405, response);
        assertEquals("GET, HEAD, OPTIONS", response.headers().get("Allow"));
        assertEquals(List.of(), host.asked);
    }

    @Test
    void aPreflightIsAnsweredWithoutAskingTheHost() {
        HlsResponse response = TestHost.now(host.send("OPTIONS", MEDIA, "range", "bytes=0-1"));
        assertEquals(204, response.status());
        assertEquals(new HlsBody.Empty(0), response.body());
        assertEquals(
                List.of(
                        Map.entry("Allow", "GET, HEAD, OPTIONS"),
                        Map.entry("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"),
                        Map.entry("Access-Control-Allow-Headers", "Range, X-Playback-Session-Id"),
                        Map.entry("Access-Control-Max-Age", "86400"),
                        Map.entry("Access-Control-Allow-Origin", "*"),
                        Map.entry("Access-Control-Expose-Headers", "Content-Length, Content-Range, Date, Age")),
                List.copyOf(response.headers().entrySet()));
        assertEquals(List.of(), host.asked);
        isError(400, TestHost.now(host.send("OPTIONS", "/..")));
    }

    @Test
    void anErrorToHeadHasNoContent() {
        HlsResponse response = TestHost.now(host.send("HEAD", "/x/media.m3u8"));
        assertEquals(404, response.status());
        assertEquals(new HlsBody.Empty("{\"error\":\"not found\"}".length()), response.body());
        assertEquals("21", response.headers().get("Content-Length"));
    }

    @Test
    void aHostThatFailsIsNoConcernOfTheClient() {
        for (HlsStreams broken : List.<HlsStreams>of(
                path -> {
                    throw new IllegalStateException("secret");
                },
                path -> {
                    throw new AssertionError("secret");
                },
                path -> null,
                path -> CompletableFuture.completedStage(null),
                path -> CompletableFuture.failedStage(new IllegalStateException("secret")),
                path -> CompletableFuture.completedStage(Optional.of(new BrokenStream())))) {
            HlsOrigin origin = new HlsOrigin(broken, OriginOptions.DEFAULT, host.time, host.time);
            for (String file : List.of("media.m3u8", "0123456789ab-0.ts", "k.key")) {
                HlsRequest request = new HlsRequest("GET", "/x/" + file, Optional.empty(), Map.of(), Optional.empty());
                HlsResponse response = TestHost.now(origin.handle(request).toCompletableFuture());
                isError(500, response);
                assertEquals("{\"error\":\"internal error\"}", text(TestHost.now(origin.handle(request).toCompletableFuture())));
                assertFalse(response.headers().toString().contains("secret"));
            }
            assertEquals(0, origin.held());
        }
    }

    private static final class BrokenStream implements HlsStream {

        @Override
        public Optional<HlsSnapshot> snapshot() {
            return Optional.empty();
        }

        @Override
        public CompletionStage<HlsSnapshot> snapshotAfter(long version) {
            throw new IllegalStateException("secret");
        }

        @Override
        public SegmentStore store() {
            throw new IllegalStateException("secret");
        }

        @Override
        public Optional<String> mediaType(ObjectName name) {
            return name.extension().equals("ts") ? Optional.of("video/mp2t") : Optional.empty();
        }

        @Override
        public Optional<ContentKey> key(String id) {
            throw new IllegalStateException("secret");
        }
    }
}
