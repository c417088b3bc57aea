package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.Scheduler;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.SteadyClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.Executor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The way of frames to players that live on one executor, without their sockets: an image for all of them, and a write each. */
@State(Scope.Thread)
public class FanOutBenchmark {

    private static final int GROUP = 60;
    private static final int FRAME_MILLIS = 33;
    private static final int KEY_BYTES = 50 << 10;
    private static final int INTER_BYTES = 10 << 10;
    private static final int AUDIO_BYTES = 300;

    /** How many players get each image. */
    @Param({"1", "100", "1000"})
    public int players;

    private final MediaFrame key = Frames.videoOf(/* key= */ true, 0, KEY_BYTES);
    private final MediaFrame inter = Frames.videoOf(/* key= */ false, 0, INTER_BYTES);
    private final MediaFrame audio = Frames.audio(0, "af 01" + "00".repeat(AUDIO_BYTES - 2));
    private final ManualExecutor executor = new ManualExecutor();
    private final Sink sink = new Sink(executor);

    private Publication live;
    private Publication still;
    private Subscription[] joined;
    private long number;
    private long received;

    /** A stream with players, and one with a group of pictures that nobody plays. */
    @Setup
    public void open() {
        live = publication("live/on");
        joined = new Subscription[players];
        for (int i = 0; i < players; i++) {
            live.stream().subscribe(sink, SubscribeOptions.PLAYER);
        }
        executor.runAll();
        still = publication("live/still");
        for (int i = 0; i < GROUP; i++) {
            publishTo(still, i);
        }
    }

    private static Publication publication(String name) {
        StreamResources resources =
                new StreamResources(new ByteBudget(1 << 30), ByteBufAllocator.DEFAULT, new SteadyClock(), Scheduler.shared());
        Publication publication = Publication.create(new StreamName(name), StreamOptions.DEFAULT, resources);
        publication.publish(Frames.videoHeader(1));
        publication.publish(Frames.audioHeader(1));
        return publication;
    }

    /** Sends the players off. */
    @TearDown
    public void close() {
        live.close();
        still.close();
        executor.runAll();
    }

    /** A video frame of 10 KiB, one in sixty of 50 KiB, with two audio frames, up to where each player has got it. */
    @Benchmark
    public int publish() {
        publishTo(live, number++);
        executor.runAll();
        return sink.lastBytes;
    }

    private void publishTo(Publication publication, long place) {
        long millis = place * FRAME_MILLIS;
        publication.publish(audio.atTime(millis));
        publication.publish(audio.atTime(millis + FRAME_MILLIS / 2));
        publication.publish((place % GROUP == 0 ? key : inter).atTime(millis));
        publication.flush();
    }

    /** All players join at once, get a group of sixty such frames, 640 KiB with 36 KiB of audio, and leave. */
    @Benchmark
    public int join() {
        for (int i = 0; i < players; i++) {
            joined[i] = still.stream().subscribe(sink, SubscribeOptions.PLAYER);
        }
        executor.runAll();
        for (Subscription subscription : joined) {
            subscription.cancel();
        }
        executor.runAll();
        return sink.lastBytes;
    }

    /** All players are hosts' subscribers instead of sockets: they join at once, get the group frame by frame, and leave. */
    @Benchmark
    public long receive() {
        for (int i = 0; i < players; i++) {
            joined[i] = still.stream().subscribe((MediaSubscriber) frame -> received++, executor, SubscribeOptions.EVERYTHING);
        }
        executor.runAll();
        for (Subscription subscription : joined) {
            subscription.cancel();
        }
        executor.runAll();
        return received;
    }

    /** A socket that is never full. */
    private static final class Sink implements WireSink {

        private final Executor executor;
        private int lastBytes;

        Sink(Executor executor) {
            this.executor = executor;
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
            return 60_000;
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void writeAndFlush(ByteBuf bytes) {
            lastBytes = bytes.readableBytes();
            bytes.release();
        }

        @Override
        public void flush() {}

        @Override
        public void onGap(long lostFrames) {
            throw new IllegalStateException(lostFrames + " frames lost");
        }

        @Override
        public void onEnd(EndReason reason) {}
    }
}
