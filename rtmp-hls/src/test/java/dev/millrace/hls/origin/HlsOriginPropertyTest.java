package dev.millrace.hls.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.crypto.ContentKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any request has an answer, and what is refused leaves nothing behind. */
class HlsOriginPropertyTest {

    private static final Set<Integer> STATUSES = Set.of(200, 204, 206, 304, 400, 404, 405, 412, 416);
    private static final int SIZE = 10;

    private static TestHost host() {
        TestStream stream = new TestStream().publish(new byte[SIZE]);
        stream.keys.put("k", new ContentKey("k", new byte[16]));
        return new TestHost(TestHost.maxViewers(5)).with(stream);
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void anyRequestHasAnAnswer(@ForAll("requests") HlsRequest request) {
        TestHost host = host();
        HlsResponse response = TestHost.now(host.origin.handle(request).toCompletableFuture());
        assertTrue(STATUSES.contains(response.status()), response.toString());
        assertEquals(0, host.time.waiting());
        check(request, response);
        if (response.status() >= 400 && response.status() != 412 && response.status() != 416) {
            assertEquals(0, host.origin.held());
        }
        assertTrue(host.origin.held() <= 1);
    }

    private static void check(HlsRequest request, HlsResponse response) {
        response.headers().forEach((name, value) -> {
            assertTrue(name.matches("[A-Za-z-]+"), name);
            assertTrue(value.matches("[ -~]+"), value);
        });
        boolean isBodiless = response.status() == 204 || response.status() == 304;
        assertEquals(
                isBodiless ? Optional.empty() : Optional.of(Long.toString(response.body().contentLength())),
                Optional.ofNullable(response.headers().get("Content-Length")));
        if (request.method().equals("HEAD") || isBodiless) {
            assertTrue(response.body() instanceof HlsBody.Empty, response.toString());
        } else if (response.status() >= 400) {
            assertEquals("no-store", response.headers().get("Cache-Control"));
            assertTrue(TestHost.text(response).matches("\\{\"error\":\"[^\"\\\\<>]{1,60}\"}"));
        }
    }

    @Property(tries = 2_000)
    void theHostIsAskedForCleanNamesOnly(@ForAll("paths") String path) {
        TestHost host = host();
        host.origin.handle(new HlsRequest("GET", path, Optional.empty(), Map.of(), Optional.empty()));
        for (String asked : host.asked) {
            assertTrue(asked.codePoints().noneMatch(Character::isISOControl), asked);
            for (String segment : asked.split("/", -1)) {
                assertTrue(!segment.isEmpty() && !segment.equals(".") && !segment.equals("..") && segment.indexOf('\\') < 0, asked);
            }
        }
    }

    @Property
    void anyRangeIsThatPartOfTheSegmentOrAllOfItOrNone(@ForAll("ranges") String range) {
        HlsResponse response = host().get("/" + TestHost.PATH + "/0123456789ab-0.ts", "range", range);
        long length = response.body().contentLength();
        switch (response.status()) {
            case 200 -> assertEquals(SIZE, length);
            case 206 -> {
                String[] numbers = response.headers().get("Content-Range").substring("bytes ".length()).split("[-/]");
                long first = Long.parseLong(numbers[0]);
                long last = Long.parseLong(numbers[1]);
                assertTrue(0 <= first && first <= last && last < SIZE, range);
                assertEquals(last - first + 1, length);
                assertEquals(length, TestHost.bytes(response).length);
            }
            default -> assertEquals(416, response.status());
        }
    }

    @Provide
    Arbitrary<HlsRequest> requests() {
        return Combinators.combine(methods(), paths(), queries(), headers(), Arbitraries.strings().optional())
                .as(HlsRequest::new);
    }

    private static Arbitrary<String> methods() {
        return Arbitraries.oneOf(Arbitraries.of("GET", "GET", "GET", "HEAD", "OPTIONS", "POST"), Arbitraries.strings().ofMaxLength(10));
    }

    /** Pieces of good paths and of bad ones, so that many get far. */
    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> pieces = Arbitraries.of(
                "/", "/", "rtmp", "live", "test123", "rtmp/live/test123", "/rtmp%2Flive%2Ftest123/", "index.m3u8", "media.m3u8",
                "0123456789ab-0.ts", "k.key", ".", "..", "%2e", "%2E%2e", "%2F", "%5c", "\\", "%00", "%0a", "%25", "%252F",
                "%c0%af", "%ff", "%e2%80%ae", "%", "%4", "%zz",
                "${", "?", "#", " ", "\u0000", "é", ";", "+", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        Arbitrary<String> good = Arbitraries.of("index.m3u8", "media.m3u8", "0123456789ab-0.ts", "0123456789ab-1.ts", "k.key")
                .map(file -> "/" + TestHost.PATH + "/" + file);
        Arbitrary<String> segments = Arbitraries.of(
                "rtmp", "live", "a%2Fb", ".", "..", "%2e", "%2E.", "x%2F..", "%2F", "", "%5C", "%00",
                "%C2%85", "%252e", "%e2%80%ae", "$%7B", "...");
        Arbitrary<String> almost = segments.list().ofMinSize(1).ofMaxSize(3).map(list -> "/" + String.join("/", list) + "/media.m3u8");
        return Arbitraries.oneOf(good, almost, joined(pieces, 12).map(path -> "/" + path), Arbitraries.strings().ofMaxLength(3_000));
    }

    private static Arbitrary<String> joined(Arbitrary<String> pieces, int most) {
        return pieces.list().ofMaxSize(most).map(list -> String.join("", list));
    }

    private static Arbitrary<Optional<String>> queries() {
        Arbitrary<String> pieces = Arbitraries.of(
                "a", "=", "&", "token=x", "_HLS_msn=1", "_HLS_part=", "%20", "%", "%0d%0a", "\"", "{$x}", "<", "é", "\n", "?", "#");
        return Arbitraries.oneOf(joined(pieces, 8), Arbitraries.strings().ofMaxLength(5_000)).optional(0.7);
    }

    @Provide
    Arbitrary<String> ranges() {
        Arbitrary<String> pieces = Arbitraries.of("bytes=", "-", "-", ",", "0", "1", "9", "10", "99999999999999999999", " ", "x", "１");
        return joined(pieces, 8).map(range -> "bytes=" + range);
    }

    private Arbitrary<Map<String, String>> headers() {
        Arbitrary<String> pieces = Arbitraries.of(
                "bytes=", "0", "5", "-", ",", "\"", "W/", "*", "gzip", "identity", ";q=", "0.5", "1", "\"0123456789ab-0.ts\"",
                "\"1-19b7ca98f2e\"", " ", "\r\n", "\u0000", "é");
        Arbitrary<String> values = Arbitraries.oneOf(joined(pieces, 8), ranges(), Arbitraries.strings().ofMaxLength(200));
        return Arbitraries.maps(Arbitraries.of(List.copyOf(HlsRequest.HEADERS)), values).ofMaxSize(4)
                .map(map -> map.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new)));
    }
}
