package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Takes bytes. Becomes unwritable now and then, and is writable again in a later task. Its executor has one thread. */
final class StressSink extends StressReceiver implements WireSink {

    private final Executor executor;
    private final RecordingSink reader;
    private final int chunkBytes;
    final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
    private int room = 3;

    StressSink(StressRun run, Executor executor, int chunkBytes, long seed, Pace pace) {
        super(run, seed, pace, /* awaited= */ true);
        this.executor = executor;
        this.chunkBytes = chunkBytes;
        this.reader = new RecordingSink(executor, 1, chunkBytes);
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
        return chunkBytes;
    }

    @Override
    public boolean isWritable() {
        start.complete(true);
        return room > 0;
    }

    @Override
    public void writeAndFlush(ByteBuf bytes) {
        callback(() -> {
            reader.writeAndFlush(bytes);
            reader.frames.forEach(this::take);
            reader.frames.clear();
            reader.take();
            room--;
        });
        flush();
    }

    @Override
    public void flush() {
        if (room == 0) {
            room = -1; // a task is under way
            subscription.thenAcceptAsync(this::drain, executor);
        }
    }

    private void drain(Subscription mine) {
        room = 1 + random.nextInt(4);
        mine.wake();
    }

    @Override
    public void onGap(long lostFrames) {
        callback(() -> gap(lostFrames));
    }

    @Override
    public void onEnd(EndReason reason) {
        callback(() -> over(reason));
    }
}
