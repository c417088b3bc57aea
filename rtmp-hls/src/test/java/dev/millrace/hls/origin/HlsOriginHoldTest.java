package dev.millrace.hls.origin;

import static dev.millrace.hls.origin.TestHost.INDEX;
import static dev.millrace.hls.origin.TestHost.MEDIA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.packager.HlsStream;
import dev.millrace.hls.store.SegmentStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that cannot be answered at once. */
class HlsOriginHoldTest {

    private static final String SEGMENT = "/" + TestHost.PATH + "/0123456789ab-0.ts";

    private final TestStream stream = new TestStream();
    private final TestHost host = new TestHost(TestHost.maxWaiters(3)).with(stream);

    private void nothingIsHeld() {
        assertEquals(0, host.origin.held());
        assertEquals(0, host.time.waiting());
    }

    /** What the origin keeps of a stream without segments goes with the stream. */
    private void nothingIsHeldOfRequests() {
        assertEquals(1, host.origin.held());
        assertEquals(0, host.time.waiting());
    }

    @Test
    void requestsAreHeldUntilThereIsASegment() {
        CompletableFuture<HlsResponse> media = host.send("HEAD", MEDIA);
        CompletableFuture<HlsResponse> index = host.send("HEAD", INDEX);
        host.time.advance(9_999);
        assertFalse(media.isDone());
        assertFalse(index.isDone());
        stream.publish((byte) 1);
        assertEquals(200, TestHost.now(media).status());
        assertEquals(200, TestHost.now(index).status());
        nothingIsHeld();
    }

    @Test
    void aSegmentThatIsListedWhileTheOriginLooksIsNotMissed() {
        stream.next.complete(new TestStream().publish((byte) 1).snapshot().orElseThrow());
        assertEquals(Optional.empty(), stream.snapshot());
        assertEquals(200, host.get(MEDIA).status());
    }

    @Test
    void atTheDeadlineTheyAreToldToComeBack() {
        CompletableFuture<HlsResponse> answer = host.send("GET", MEDIA);
        host.time.advance(10_000);
        HlsResponse response = TestHost.now(answer);
        assertEquals(503, response.status());
        assertEquals("1", response.headers().get("Retry-After"));
        assertEquals("no-store", response.headers().get("Cache-Control"));
        nothingIsHeldOfRequests();
    }

    @Test
    void howManyComeAndGoIsNothingToTheStream() {
        for (int i = 0; i < 100; i++) {
            host.send("GET", MEDIA);
            host.time.advance(10_000);
        }
        assertEquals(1, stream.snapshotCalls);
        nothingIsHeldOfRequests();
        stream.publish((byte) 1);
        nothingIsHeld();
    }

    @Test
    void oneTooManyIsTurnedAway() {
        List<CompletableFuture<HlsResponse>> held = List.of(host.send("GET", MEDIA), host.send("GET", INDEX), host.send("GET", MEDIA));
        HlsResponse response = host.get(MEDIA);
        assertEquals(503, response.status());
        assertEquals("1", response.headers().get("Retry-After"));
        assertTrue(held.stream().noneMatch(CompletableFuture::isDone));
        host.time.advance(10_000);
        assertFalse(host.send("GET", MEDIA).isDone(), "there is room again");
    }

    @Test
    void theBoundIsForEachStream() {
        host.streams.put("rtmp/live/other", new TestStream());
        for (int i = 0; i < 3; i++) {
            host.send("GET", MEDIA);
        }
        assertFalse(host.send("GET", "/rtmp/live/other/media.m3u8").isDone());
    }

    @Test
    void invariant48_aClientThatHasGoneHoldsNothing() {
        CompletableFuture<HlsResponse> answer = host.send("GET", MEDIA);
        answer.cancel(false);
        nothingIsHeldOfRequests();
        stream.publish((byte) 1);
        assertTrue(answer.isCancelled());
        assertEquals(0, host.origin.viewers(TestHost.PATH));
    }

    @Test
    void aStreamThatIsGivenUpIsNotFound() {
        CompletableFuture<HlsResponse> answer = host.send("GET", MEDIA);
        stream.next.completeExceptionally(new IllegalStateException("given up"));
        assertEquals(404, TestHost.now(answer).status());
        assertEquals(404, host.get(MEDIA).status());
        nothingIsHeld();
    }

    @Test
    void anotherStreamOfTheSameNameIsWaitedForItself() {
        CompletableFuture<HlsResponse> old = host.send("GET", MEDIA);
        TestStream next = new TestStream();
        host.with(next);
        CompletableFuture<HlsResponse> answer = host.send("HEAD", MEDIA);
        stream.next.completeExceptionally(new IllegalStateException("given up"));
        assertEquals(404, TestHost.now(old).status());
        assertFalse(answer.isDone());
        next.publish((byte) 1);
        assertEquals(200, TestHost.now(answer).status());
        nothingIsHeld();
    }

    @Test
    void segmentsAndKeysAreNotHeld() {
        assertEquals(404, host.get(SEGMENT).status());
        assertEquals(404, host.get("/" + TestHost.PATH + "/k.key").status());
        nothingIsHeld();
    }

    @Test
    void aHostThatDoesNotAnswerIsGivenUp() {
        CompletableFuture<Optional<HlsStream>> late = new CompletableFuture<>();
        HlsOrigin origin = new HlsOrigin(path -> late, TestHost.maxWaiters(2), host.time, host.time);
        HlsRequest request = new HlsRequest("GET", MEDIA, Optional.empty(), Map.of(), Optional.empty());
        List<CompletableFuture<HlsResponse>> held = List.of(
                origin.handle(request).toCompletableFuture(), origin.handle(request).toCompletableFuture());
        assertEquals(503, TestHost.now(origin.handle(request).toCompletableFuture()).status(), "one too many");
        host.time.advance(10_000);
        for (CompletableFuture<HlsResponse> answer : held) {
            assertEquals(503, TestHost.now(answer).status());
        }
        assertEquals(0, origin.held());
        late.complete(Optional.of(stream));
        assertEquals(0, origin.held(), "an answer that is too late starts nothing");
        assertEquals(0, host.time.waiting());
    }

    @Test
    void aStoreThatDoesNotAnswerIsGivenUp(@TempDir Path folder) {
        host.with(new TestStream(SegmentStores.directory(folder, never -> { }).forStream("x")));
        CompletableFuture<HlsResponse> answer = host.send("GET", SEGMENT);
        host.time.advance(10_000);
        assertEquals(503, TestHost.now(answer).status());
        nothingIsHeld();
    }

    @RepeatedTest(20)
    void whoeverComesWhileTheFirstSegmentDoesIsServed() throws InterruptedException {
        HlsOrigin origin = new HlsOrigin(host, TestHost.maxWaiters(1_000), (when, task) -> () -> { }, host.time);
        HlsRequest request = new HlsRequest("HEAD", MEDIA, Optional.empty(), Map.of(), Optional.empty());
        CountDownLatch ready = new CountDownLatch(2);
        CountDownLatch done = new CountDownLatch(2);
        List<CompletableFuture<HlsResponse>> answers = new ArrayList<>();
        Thread viewer = new Thread(() -> {
            ready.countDown();
            for (int i = 0; i < 500; i++) {
                answers.add(origin.handle(request).toCompletableFuture());
            }
            done.countDown();
        });
        Thread publisher = new Thread(() -> {
            ready.countDown();
            try {
                ready.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            stream.publish((byte) 1);
            done.countDown();
        });
        viewer.start();
        publisher.start();
        assertTrue(done.await(30, TimeUnit.SECONDS));
        for (CompletableFuture<HlsResponse> answer : answers) {
            assertEquals(200, TestHost.now(answer).status());
        }
        assertEquals(0, origin.held());
    }
}
