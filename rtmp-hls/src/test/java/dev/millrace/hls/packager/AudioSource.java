package dev.millrace.hls.packager;

import dev.millrace.flv.FlvFrames;
import dev.millrace.media.Cancellable;
import dev.millrace.media.EndReason;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaSource;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A source of AAC at 48 kHz that keeps all its frames. Each frame has another number as its payload. */
final class AudioSource implements MediaSource {

    /** Sequence headers of AAC-LC. */
    static final byte[] STEREO = HexFormat.of().parseHex("af001190");

    static final byte[] MONO = HexFormat.of().parseHex("af001188");

    private final String name;
    private final List<Consumer<MediaSubscriber>> calls = new ArrayList<>(List.of(to -> to.onStart(StreamHeaders.EMPTY)));
    private final CompletableFuture<EndReason> end = new CompletableFuture<>();
    private int frames;
    int subscriptions;
    int cancelled;

    AudioSource(String name) {
        this.name = name;
    }

    AudioSource header(byte[] header) {
        return add(header);
    }

    AudioSource frames(int count) {
        for (int i = 0; i < count; i++) {
            add(ByteBuffer.allocate(6).put((byte) 0xAF).put((byte) 1).putInt(frames++).array());
        }
        return this;
    }

    private AudioSource add(byte[] message) {
        try {
            MediaFrame frame = FlvFrames.audio(frames * 1_024_000L / 48_000, message.clone());
            calls.add(to -> to.onFrame(frame));
            return this;
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    AudioSource ended() {
        calls.add(to -> to.onEnd(EndReason.CONNECTION_LOST));
        end.complete(EndReason.CONNECTION_LOST);
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Cancellable subscribe(MediaSubscriber subscriber, Executor executor) {
        subscriptions++;
        calls.forEach(call -> executor.execute(() -> call.accept(subscriber)));
        return () -> cancelled++;
    }

    @Override
    public CompletionStage<EndReason> end() {
        return end;
    }
}
