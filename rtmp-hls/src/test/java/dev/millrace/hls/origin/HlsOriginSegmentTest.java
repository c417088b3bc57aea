package dev.millrace.hls.origin;

import static dev.millrace.hls.origin.TestHost.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.millrace.hls.crypto.ContentKey;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HlsOriginSegmentTest {

    private static final String SEGMENT = "/" + TestHost.PATH + "/0123456789ab-0.ts";
    private static final String TAG = "\"0123456789ab-0.ts\"";
    private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.US_ASCII);

    private final TestStream stream = new TestStream().publish(CONTENT);
    private final TestHost host = new TestHost().with(stream);

    @Test
    void aSegmentComesWithAllItsHeaders() {
        HlsResponse response = host.get(SEGMENT);
        assertEquals(200, response.status());
        assertEquals("0123456789", text(response));
        assertEquals(
                List.of(
                        Map.entry("Content-Type", "video/mp2t"),
                        Map.entry("Cache-Control", "public, max-age=3600, immutable"),
                        Map.entry("ETag", TAG),
                        Map.entry("Accept-Ranges", "bytes"),
                        Map.entry("Content-Length", "10"),
                        Map.entry("Access-Control-Allow-Origin", "*"),
                        Map.entry("Access-Control-Expose-Headers", "Content-Length, Content-Range, Date, Age")),
                List.copyOf(response.headers().entrySet()));
    }

    @Test
    void anInitializationSegmentIsServedAsAnObjectOfItsFormat() {
        stream.mediaTypes.put("m4s", "video/mp4");
        stream.store(ObjectName.initialization(TestStream.SESSION, 3, "m4s"), (byte) 'i');
        stream.store(ObjectName.segment(TestStream.SESSION, 9, "m4s"), (byte) 's');
        HlsResponse response = host.get("/" + TestHost.PATH + "/0123456789ab-init-3.m4s");
        assertEquals(200, response.status());
        assertEquals("i", text(response));
        assertEquals("video/mp4", response.headers().get("Content-Type"));
        assertEquals("public, max-age=3600, immutable", response.headers().get("Cache-Control"));
        assertEquals("\"0123456789ab-init-3.m4s\"", response.headers().get("ETag"));
        assertEquals("s", text(host.get("/" + TestHost.PATH + "/0123456789ab-9.m4s")));
        assertEquals("video/mp4", host.get("/" + TestHost.PATH + "/0123456789ab-9.m4s").headers().get("Content-Type"));
        assertEquals(404, host.get("/" + TestHost.PATH + "/0123456789ab-init-4.m4s").status());
        assertEquals(404, host.get("/" + TestHost.PATH + "/0123456789ab-init-3.mp4").status());
    }

    @Test
    void anObjectWhoseMediaTypeIsNotKnownIsBytes() {
        stream.store(ObjectName.segment(TestStream.SESSION, 9, "abc"), (byte) 's');
        assertEquals("application/octet-stream", host.get("/" + TestHost.PATH + "/0123456789ab-9.abc").headers().get("Content-Type"));
    }

    @Test
    void aKeyMayBeNamedLikeASegment() {
        stream.keys.put("0123456789ab-0", new ContentKey("0123456789ab-0", new byte[16]));
        assertEquals(16, TestHost.bytes(host.get("/" + TestHost.PATH + "/0123456789ab-0.key")).length);
    }

    @Test
    void aSegmentIsNeverCompressed() {
        assertFalse(host.get(SEGMENT, "accept-encoding", "gzip").headers().containsKey("Content-Encoding"));
    }

    @Test
    void aQueryMakesNoDifference() {
        assertEquals("0123456789", text(host.get(SEGMENT + "?token=x")));
    }

    @Test
    void readingMovesNobodyElsesPositions() {
        HlsResponse one = host.get(SEGMENT);
        HlsResponse other = host.get(SEGMENT);
        assertEquals("0123456789", text(one));
        assertEquals("0123456789", text(other));
        assertEquals("0123456789", text(host.get(SEGMENT)));
    }

    @Test
    void invariant13_theSegmentsThatAreListedAreThere() {
        stream.publish((byte) 'x');
        stream.snapshot().orElseThrow().media().segments().forEach(segment -> {
            HlsResponse response = host.get("/" + TestHost.PATH + "/" + segment.uri());
            assertEquals(200, response.status());
        });
        assertEquals(404, host.get("/" + TestHost.PATH + "/0123456789ab-2.ts").status());
    }

    @Test
    void invariant14_aSegmentIsThereAsLongAsItIsStored() {
        stream.store().delete(TestStream.id(0)).toCompletableFuture().join();
        assertEquals(404, host.get(SEGMENT).status());
    }

    // Chunks have three bytes: 012 345 678 9.
    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(nullValues = "none", textBlock = """
            bytes=0-0,                     206, 0,          bytes 0-0/10
            bytes=0-9,                     206, 0123456789, bytes 0-9/10
            bytes=2-3,                     206, 23,         bytes 2-3/10
            bytes=3-5,                     206, 345,        bytes 3-5/10
            bytes=1-8,                     206, 12345678,   bytes 1-8/10
            bytes=9-,                      206, 9,          bytes 9-9/10
            bytes=0-,                      206, 0123456789, bytes 0-9/10
            bytes=4-99,                    206, 456789,     bytes 4-9/10
            bytes=-1,                      206, 9,          bytes 9-9/10
            bytes=-10,                     206, 0123456789, bytes 0-9/10
            bytes=-99,                     206, 0123456789, bytes 0-9/10
            BYTES=7-7,                     206, 7,          bytes 7-7/10
            bytes= 7-7 ,                   206, 7,          bytes 7-7/10
            bytes=8-99999999999999999999,  206, 89,         bytes 8-9/10
            bytes=-99999999999999999999,   206, 0123456789, bytes 0-9/10
            bytes=008-0009,                206, 89,         bytes 8-9/10
            bytes=10-,                     416, none,       bytes */10
            bytes=10-10,                   416, none,       bytes */10
            bytes=9223372036854775807-,    416, none,       bytes */10
            bytes=18446744073709551616-,   416, none,       bytes */10
            bytes=-0,                      416, none,       bytes */10
            bytes=5-4,                     200, 0123456789, none
            'bytes=0-1,3-4',               200, 0123456789, none
            'bytes=0-1,',                  200, 0123456789, none
            bytes=,                        200, 0123456789, none
            bytes=-,                       200, 0123456789, none
            bytes=--1,                     200, 0123456789, none
            bytes=1,                       200, 0123456789, none
            bytes=a-b,                     200, 0123456789, none
            bytes=+1-2,                    200, 0123456789, none
            bytes=0x1-2,                   200, 0123456789, none
            bytes=１-２,                   200, 0123456789, none
            bytes 0-1,                     200, 0123456789, none
            items=0-1,                     200, 0123456789, none
            nonsense,                      200, 0123456789, none
            '',                            200, 0123456789, none
            """)
    void understandsRange(String header, int status, String content, String contentRange) {
        HlsResponse response = host.get(SEGMENT, "range", header);
        assertEquals(status, response.status());
        assertEquals(Optional.ofNullable(contentRange), Optional.ofNullable(response.headers().get("Content-Range")));
        assertEquals(Long.toString(response.body().contentLength()), response.headers().get("Content-Length"));
        if (content != null) {
            assertEquals(content, text(response));
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            "0123456789ab-0.ts"             | 206
            W/"0123456789ab-0.ts"           | 200
            "0123456789ab-1.ts"             | 200
            Fri, 02 Jan 2026 03:04:05 GMT   | 200
            nonsense                        | 200
            """)
    void ifRangeWantsTheSameSegment(String header, int status) {
        assertEquals(status, host.get(SEGMENT, "range", "bytes=0-1", "if-range", header).status());
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            if-none-match | "0123456789ab-0.ts                | 200
            if-none-match | 0123456789ab-0.ts                 | 200
            if-none-match | ,,,"                              | 200
            if-none-match | "x", "0123456789ab-0.ts"          | 304
            if-match      | nonsense                          | 412
            if-match      | "0123456789ab-0.ts                | 412
            if-match      | W/"0123456789ab-0.ts"             | 412
            if-match      | "x" "0123456789ab-0.ts"           | 200
            if-range      | "0123456789ab-0.ts                | 200
            """)
    void conditionsThatMakeNoSenseAreNotMet(String header, String value, int status) {
        assertEquals(status, host.get(SEGMENT, header, value).status());
        assertEquals(404, host.get("/" + TestHost.PATH + "/0123456789ab-7.ts", header, value).status());
    }

    @Test
    void headIgnoresRanges() {
        HlsResponse response = TestHost.now(host.send("HEAD", SEGMENT, "range", "bytes=0-1"));
        assertEquals(200, response.status());
        assertEquals(new HlsBody.Empty(10), response.body());
        assertEquals("10", response.headers().get("Content-Length"));
    }

    @Test
    void conditionsComeBeforeRanges() {
        assertEquals(304, host.get(SEGMENT, "range", "bytes=99-", "if-none-match", TAG).status());
        assertEquals(412, host.get(SEGMENT, "range", "bytes=0-1", "if-match", "\"x\"").status());
        assertEquals(206, host.get(SEGMENT, "range", "bytes=0-1", "if-match", TAG, "if-none-match", "\"x\"").status());
    }

    @Test
    void aSegmentInAFileIsARegionOfIt(@TempDir Path folder) throws Exception {
        TestStream onDisk = new TestStream(SegmentStores.directory(folder, Runnable::run).forStream("test")).publish(CONTENT);
        host.with(onDisk);
        HlsBody.FileRegion whole = assertInstanceOf(HlsBody.FileRegion.class, host.get(SEGMENT).body());
        assertEquals(0, whole.position());
        assertEquals(10, whole.length());
        assertArrayEquals(CONTENT, Files.readAllBytes(whole.file()));
        assertEquals(new HlsBody.FileRegion(whole.file(), 4, 3), host.get(SEGMENT, "range", "bytes=4-6").body());
    }

    @Test
    void aKeyIsSixteenBytesThatNobodyKeeps() {
        byte[] key = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        stream.keys.put("Key_1-a", new ContentKey("Key_1-a", key));
        HlsResponse response = host.get("/" + TestHost.PATH + "/Key_1-a.key", "range", "bytes=0-1");
        assertEquals(200, response.status());
        assertArrayEquals(key, TestHost.bytes(response));
        assertEquals("application/octet-stream", response.headers().get("Content-Type"));
        assertEquals("private, no-store", response.headers().get("Cache-Control"));
        assertFalse(response.headers().containsKey("ETag"));
    }

    @Test
    void aKeyThatSomebodyElseServesIsNotGivenAway() {
        stream.keys.put("k", new ContentKey("k", new byte[16], Optional.of("https://keys.example/k")));
        assertEquals(404, host.get("/" + TestHost.PATH + "/k.key").status());
        assertEquals(404, host.get("/" + TestHost.PATH + "/unknown.key").status());
    }
}
