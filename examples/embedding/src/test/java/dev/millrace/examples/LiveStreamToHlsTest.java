package dev.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.FlvFrames;
import dev.millrace.hls.packager.HlsOptions;
import dev.millrace.hls.packager.HlsPackagers;
import dev.millrace.hls.packager.HlsSnapshot;
import dev.millrace.hls.packager.HlsStream;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LiveStreamToHlsTest {

    /** AAC-LC, 48 kHz, stereo. */
    private static final byte[] AAC_HEADER = HexFormat.of().parseHex("af001190");

    private static final byte[] AAC_FRAME = HexFormat.of().parseHex("af0121100504a01b80");

    private static final int FRAMES = 100;

    private final Queue<Runnable> tasks = new ArrayDeque<>();

    private void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    void aPackagerThatIsOpenedLateHasTheStreamFromItsFirstFrameOn() throws Exception {
        HlsPackagers packagers = new HlsPackagers(HlsOptions.DEFAULT, SegmentStores.inMemory(), tasks::add);
        Publication publication =
                StreamRegistry.inMemory().publish(new StreamName("live/radio"), StreamOptions.DEFAULT).toCompletableFuture().join();
        packagers.follow(publication.stream());
        publication.publish(FlvFrames.audio(0, AAC_HEADER));
        for (int i = 0; i < FRAMES; i++) {
            publication.publish(FlvFrames.audio(i * 1_024_000L / 48_000, AAC_FRAME));
        }
        publication.close();
        runAll();
        CompletableFuture<Void> end = packagers.end().toCompletableFuture();
        runAll();
        assertTrue(end.isDone());
        HlsStream stream = packagers.find(publication.stream().name()).toCompletableFuture().join().orElseThrow();
        HlsSnapshot snapshot = stream.snapshot().orElseThrow();
        long ticks = snapshot.media().segments().stream().mapToLong(MediaSegment::durationTicks).sum();
        assertEquals(FRAMES * 1_024 * 90_000L / 48_000, ticks);
    }
}
