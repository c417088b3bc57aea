package dev.millrace.liveserver.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.track.Keyframe;
import dev.millrace.track.KeyframeDecoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotsTest {

    private static final long LIMIT_SECONDS = 30;
    private static final OptionalInt WHOLE = OptionalInt.empty();

    private final AtomicInteger decoded = new AtomicInteger();

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private static Throwable failure(CompletionStage<byte[]> stage) {
        return assertThrows(ExecutionException.class, () -> await(stage)).getCause();
    }

    private static Keyframe keyframe(String name) {
        return Pictures.avc(name.getBytes(StandardCharsets.UTF_8));
    }

    private static BufferedImage picture() {
        return new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB);
    }

    private Snapshots snapshots(KeyframeDecoder<BufferedImage> decoder) {
        return new Snapshots(keyframe -> {
            decoded.incrementAndGet();
            return decoder.decode(keyframe);
        }, /* threads= */ 1, /* maxWaiting= */ 1);
    }

    /** The picture is FFmpeg's, but for what JPEG and the rounding of colours take away. */
    @ParameterizedTest
    @ValueSource(strings = {"baseline", "main", "high", "hd", "cavlc"})
    void aSnapshotLooksAsFfmpegHasIt(String name, TestReporter reporter) throws Exception {
        BufferedImage expected = Pictures.image(Pictures.resource("/snapshot/" + name + ".png"));
        try (Snapshots snapshots = new Snapshots()) {
            BufferedImage jpeg = Pictures.image(await(snapshots.jpeg(Pictures.keyframeOfFlv("/snapshot/" + name + ".flv"), WHOLE)));
            assertEquals(expected.getWidth(), jpeg.getWidth());
            assertEquals(expected.getHeight(), jpeg.getHeight());
            double luma = Pictures.lumaDecibels(expected, jpeg);
            double rgb = Pictures.rgbDecibels(expected, jpeg);
            reporter.publishEntry(name, String.format("luma %.1f dB, RGB %.1f dB", luma, rgb));
            assertTrue(luma >= 40, name + ": luma " + luma + " dB");
            assertTrue(rgb >= 34, name + ": RGB " + rgb + " dB"); // chroma has a quarter of the samples, and is shared among pixels in three ways
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 9", "160, 90", "321, 181", "322, 182", "323, 182", "4096, 182"})
    void theWidthIsThatAskedForButNotMoreThanThereIs(int width, int height) throws Exception {
        try (Snapshots snapshots = new Snapshots()) {
            BufferedImage jpeg = Pictures.image(await(snapshots.jpeg(Pictures.keyframeOfFlv("/snapshot/main.flv"), OptionalInt.of(width))));
            assertEquals(Math.min(width, 322), jpeg.getWidth());
            assertEquals(height, jpeg.getHeight());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 4097, 0, -1, Integer.MAX_VALUE})
    void otherWidthsAreTheCallersMistake(int width) {
        try (Snapshots snapshots = snapshots(keyframe -> CompletableFuture.completedFuture(picture()))) {
            Exception refused = assertThrows(IllegalArgumentException.class, () -> snapshots.jpeg(keyframe("a"), OptionalInt.of(width)));
            assertEquals("width " + width + " is not 16 to 4096", refused.getMessage());
            assertEquals(0, decoded.get());
        }
    }

    @Test
    void aKeyframeIsDecodedOnceAndEncodedOnceAWidth() throws Exception {
        try (Snapshots snapshots = snapshots(keyframe -> CompletableFuture.completedFuture(picture()))) {
            Keyframe keyframe = keyframe("a");
            byte[] whole = await(snapshots.jpeg(keyframe, WHOLE));
            byte[] narrow = await(snapshots.jpeg(keyframe, OptionalInt.of(100)));
            assertSame(whole, await(snapshots.jpeg(keyframe, WHOLE)));
            assertSame(narrow, await(snapshots.jpeg(keyframe, OptionalInt.of(100))));
            assertNotSame(whole, narrow);
            assertEquals(1, decoded.get());
            assertNotSame(whole, await(snapshots.jpeg(keyframe("a"), WHOLE)));
            assertEquals(2, decoded.get());
        }
    }

    @Test
    void aWidthThatIsNotLessThanTheKeyframesIsTheWhole() throws Exception {
        try (Snapshots snapshots = new Snapshots()) {
            Keyframe keyframe = Pictures.keyframeOfFlv("/snapshot/main.flv");
            byte[] whole = await(snapshots.jpeg(keyframe, WHOLE));
            assertSame(whole, await(snapshots.jpeg(keyframe, OptionalInt.of(322))));
            assertSame(whole, await(snapshots.jpeg(keyframe, OptionalInt.of(4096))));
            assertNotSame(whole, await(snapshots.jpeg(keyframe, OptionalInt.of(321))));
        }
    }

    @Test
    void whoAsksTogetherSharesTheWork() throws Exception {
        CompletableFuture<BufferedImage> picture = new CompletableFuture<>();
        try (Snapshots snapshots = snapshots(keyframe -> picture)) {
            Keyframe keyframe = keyframe("a");
            List<CompletionStage<byte[]>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(snapshots.jpeg(keyframe, WHOLE));
            }
            answers.get(1).toCompletableFuture().cancel(true); // is no matter of the others
            picture.complete(picture());
            byte[] first = await(answers.get(0));
            for (CompletionStage<byte[]> answer : answers.subList(2, 100)) {
                assertSame(first, await(answer));
            }
            assertEquals(1, decoded.get());
        }
    }

    @Test
    void whatIsTooMuchIsRejectedAndCanBeAskedForAgain() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (Snapshots snapshots = snapshots(keyframe -> {
            started.countDown();
            awaitLatch(go);
            return CompletableFuture.completedFuture(picture());
        })) {
            CompletionStage<byte[]> working = snapshots.jpeg(keyframe("working"), WHOLE);
            awaitLatch(started);
            CompletionStage<byte[]> waiting = snapshots.jpeg(keyframe("waiting"), WHOLE);
            Keyframe third = keyframe("third");
            assertInstanceOf(RejectedExecutionException.class, failure(snapshots.jpeg(third, WHOLE)));
            go.countDown();
            assertArrayEquals(await(working), await(waiting));
            assertArrayEquals(await(working), await(snapshots.jpeg(third, WHOLE)));
            assertEquals(3, decoded.get());
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertTrue(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing ends the wait
        }
    }

    @Test
    void afterClosingNothingIsMade() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Snapshots snapshots = snapshots(keyframe -> {
            started.countDown();
            awaitLatch(go);
            return CompletableFuture.completedFuture(picture());
        });
        CompletionStage<byte[]> working = snapshots.jpeg(keyframe("working"), WHOLE);
        awaitLatch(started);
        CompletionStage<byte[]> waiting = snapshots.jpeg(keyframe("waiting"), WHOLE);
        snapshots.close();
        assertInstanceOf(RejectedExecutionException.class, failure(waiting));
        assertInstanceOf(RejectedExecutionException.class, failure(snapshots.jpeg(keyframe("late"), WHOLE)));
        go.countDown();
        assertTrue(await(working).length > 0);
        assertEquals(1, decoded.get());
    }

    @Test
    void aFailureIsRememberedAndBare() throws Exception {
        UnsupportedCodecException unsupported = new UnsupportedCodecException("no decoder");
        try (Snapshots snapshots = snapshots(keyframe -> CompletableFuture.failedFuture(new CompletionException(unsupported)))) {
            Keyframe keyframe = keyframe("a");
            assertSame(unsupported, failure(snapshots.jpeg(keyframe, WHOLE)));
            assertSame(unsupported, failure(snapshots.jpeg(keyframe, OptionalInt.of(100))));
            AtomicReference<Throwable> seen = new AtomicReference<>();
            snapshots.jpeg(keyframe, WHOLE).whenComplete((jpeg, failure) -> seen.set(failure));
            assertSame(unsupported, seen.get());
            assertEquals(1, decoded.get());
        }
    }

    @Test
    void aDecoderThatThrowsIsAFailureToo() {
        try (Snapshots snapshots = snapshots(keyframe -> {
            throw new IllegalStateException("broken decoder");
        })) {
            assertEquals("broken decoder", failure(snapshots.jpeg(keyframe("a"), WHOLE)).getMessage());
        }
    }

    @Test
    void hevcIsRefusedAndBrokenBytesAreBroken() throws Exception {
        try (Snapshots snapshots = new Snapshots()) {
            Throwable hevc = failure(snapshots.jpeg(Pictures.keyframeOfFlv("/media/hevc-aac.flv"), WHOLE));
            assertInstanceOf(UnsupportedCodecException.class, hevc);
            assertInstanceOf(IOException.class, failure(snapshots.jpeg(keyframe("no access unit"), OptionalInt.of(100))));
        }
    }

    @Test
    void threadsAreNamedAndDoNotHoldUpTheEndOfTheProgram() throws Exception {
        AtomicReference<Thread> worker = new AtomicReference<>();
        try (Snapshots snapshots = snapshots(keyframe -> {
            worker.set(Thread.currentThread());
            return CompletableFuture.completedFuture(picture());
        })) {
            await(snapshots.jpeg(keyframe("a"), WHOLE));
        }
        assertEquals("snapshot", worker.get().getName());
        assertTrue(worker.get().isDaemon());
    }
}
