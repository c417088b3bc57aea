package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import io.netty.buffer.ByteBuf;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/** Checks the order, and that video goes on at a keyframe. Its fields need no lock: if they did, this would find out. */
class StressReceiver {

    private final SplittableRandom random;
    final CompletableFuture<Boolean> start = new CompletableFuture<>();
    final CompletableFuture<EndReason> end = new CompletableFuture<>();
    long received;
    long lost;
    private long last = -1;
    private boolean broken;

    StressReceiver(long seed) {
        random = new SplittableRandom(seed);
    }

    final void take(boolean video, boolean key, long number) {
        if (number <= last || video && broken && !key) {
            end.completeExceptionally(new AssertionError("frame " + number + " after " + last));
        }
        broken &= !video;
        last = number;
        received++;
        if (random.nextInt(64) == 0) {
            Thread.yield();
        }
    }

    final void gap(long frames) {
        broken = true;
        lost += frames;
    }

    /** Takes frames. */
    static final class FrameReceiver extends StressReceiver implements MediaSubscriber {

        FrameReceiver(long seed) {
            super(seed);
        }

        @Override
        public void onStart(StreamHeaders headers) {
            start.complete(true);
        }

        @Override
        public void onFrame(MediaFrame frame) {
            take(frame.kind() == MediaKind.VIDEO, frame.isKeyframe(), frame.timestampMillis());
        }

        @Override
        public void onGap(long lostFrames) {
            gap(lostFrames);
        }

        @Override
        public void onEnd(EndReason reason) {
            end.complete(reason);
        }
    }

    /** Becomes unwritable now and then, and is writable again in a later task. */
    static final class SinkReceiver extends StressReceiver implements WireSink {

        private final ExecutorService executor;
        private final RecordingSink reader;
        private final SplittableRandom rooms;
        final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
        private int room = 3;
        private int read;

        SinkReceiver(ExecutorService executor, long seed) {
            super(seed);
            this.executor = executor;
            this.reader = new RecordingSink(executor, 1, 4_096);
            this.rooms = new SplittableRandom(seed);
        }

        @Override
        public Executor executor() {
            return executor;
        }

        @Override
        public int messageStreamId() {
            return 1;
        }

        @Override
        public int chunkBytes() {
            return 4_096;
        }

        @Override
        public boolean isWritable() {
            start.complete(true);
            return room > 0;
        }

        @Override
        public void writeAndFlush(ByteBuf bytes) {
            write(bytes);
            flush();
        }

        private void write(ByteBuf bytes) {
            reader.writeAndFlush(bytes);
            for (; read < reader.frames.size(); read++) {
                MediaFrame frame = reader.frames.get(read);
                take(frame.kind() == MediaKind.VIDEO, frame.isKeyframe(), frame.timestampMillis());
            }
            room--;
        }

        @Override
        public void flush() {
            if (room == 0) {
                room = -1; // a task is under way
                subscription.thenAcceptAsync(this::drain, executor);
            }
        }

        private void drain(Subscription mine) {
            room = 1 + rooms.nextInt(4);
            mine.wake();
        }

        @Override
        public void onGap(long lostFrames) {
            gap(lostFrames);
        }

        @Override
        public void onEnd(EndReason reason) {
            end.complete(reason);
        }
    }
}
