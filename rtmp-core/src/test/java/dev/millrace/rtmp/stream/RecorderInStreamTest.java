package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.FlvFrames;
import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.recording.FlvRecorder;
import dev.millrace.recording.MemoryRecordings;
import dev.millrace.recording.Recording;
import dev.millrace.recording.RecordingListener;
import dev.millrace.recording.RecordingOptions;
import dev.millrace.recording.RecordingStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A recorder on a stream: whatever becomes of its store, the stream does not notice. */
class RecorderInStreamTest {

    private static final int FRAMES = 6_000;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Publication publication =
            Publication.create(new StreamName("live/cam"), StreamOptions.DEFAULT, StreamResources.create());
    private final LiveStream stream = publication.stream();
    private final CompletableFuture<Recording> finished = new CompletableFuture<>();
    private final CompletableFuture<String> failed = new CompletableFuture<>();
    private final RecordingListener listener = new RecordingListener() {
        @Override
        public void onFinished(Recording recording) {
            finished.complete(recording);
        }

        @Override
        public void onFailed(Recording recording, IOException failure) {
            failed.complete(failure.getMessage());
        }
    };

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    private void record(RecordingStore store) {
        stream.subscribe(new FlvRecorder(store, RecordingOptions.DEFAULT, listener), executor, SubscribeOptions.EVERYTHING);
    }

    /** What another subscriber, on the publisher's own thread, gets. */
    private int publishAll(CountDownLatch recorderIsAtWork) throws Exception {
        AtomicInteger others = new AtomicInteger();
        stream.subscribe(frame -> others.incrementAndGet(), Runnable::run, SubscribeOptions.EVERYTHING);
        MediaFrame key = FlvFrames.video(0, new byte[] {0x17, 1, 0, 0, 0, 0, 0, 0, 1, 0x65});
        MediaFrame inter = FlvFrames.video(0, new byte[] {0x27, 1, 0, 0, 0, 0, 0, 0, 1, 0x41});
        for (int i = 0; i < FRAMES; i++) {
            publication.publish((i % 50 == 0 ? key : inter).atTime(40L * i));
            publication.flush();
            if (i == 0) {
                // One that has not begun when the first frame is gone begins at the newest keyframe, and has lost nothing.
                assertTrue(recorderIsAtWork.await(30, TimeUnit.SECONDS));
            }
        }
        return others.get();
    }

    @Test
    void aStoreThatBlocksCostsTheRecordingFramesAndNobodyElse() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch full = new CountDownLatch(1);
        MemoryRecordings memory = new MemoryRecordings();
        record(part -> {
            WritableByteChannel file = memory.open(part);
            return new WritableByteChannel() {
                @Override
                public int write(ByteBuffer source) throws IOException {
                    blocked.countDown();
                    try {
                        full.await();
                    } catch (InterruptedException e) {
                        throw new UncheckedIOException(new IOException(e));
                    }
                    return file.write(source);
                }

                @Override
                public boolean isOpen() {
                    return file.isOpen();
                }

                @Override
                public void close() throws IOException {
                    file.close();
                }
            };
        });
        assertEquals(FRAMES, publishAll(blocked));
        full.countDown();
        stream.close(EndReason.UNPUBLISHED);
        Recording recording = finished.get(30, TimeUnit.SECONDS);
        assertTrue(recording.lostFrames() > 0, recording::toString);
        assertEquals(memory.files().get(0).size(), recording.bytes());
    }

    @Test
    void aStoreThatFailsCostsTheRecordingAndNobodyElse() throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        record(part -> {
            opened.countDown();
            throw new IOException("no space");
        });
        assertEquals(FRAMES, publishAll(opened));
        assertEquals("no space", failed.get(30, TimeUnit.SECONDS));
        stream.close(EndReason.UNPUBLISHED);
    }
}
