package dev.millrace.liveserver.http;

import dev.millrace.flv.FlvFrames;
import dev.millrace.flv.FlvHeader;
import dev.millrace.flv.FlvTag;
import dev.millrace.flv.FlvWriter;
import dev.millrace.media.EndReason;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.SubscribeOptions;
import dev.millrace.rtmp.stream.Subscription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;

/**
 * One HTTP-FLV response: a subscriber that writes a batch and takes the next one when the write has
 * completed. A slow client drops frames by the rules of the stream; one that reads nothing is closed by the
 * server's idle timeout.
 *
 * <p>Frames arrive on the gate's executor, one at a time, and never during a write; writes complete on any
 * thread.
 */
final class FlvViewer implements MediaSubscriber {

    private final Call call;
    private final FlvHeader announced;
    private final Consumer<FlvViewer> onOver;
    private final Gate gate;
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();

    // Used by one at a time: a task of the gate, or the last write.
    private final FlvTimeline timeline = new FlvTimeline();
    private ByteBuf gathered = Unpooled.buffer();

    // Guarded by this.
    private boolean writing;
    private boolean ended;
    private Optional<Throwable> failure = Optional.empty();

    /**
     * Makes a viewer.
     *
     * @param call committed by the first frames
     * @param announced what the file header says
     * @param onOver called once, when the response is over in whatever way
     */
    FlvViewer(Call call, FlvHeader announced, Consumer<FlvViewer> onOver) {
        this.call = call;
        this.announced = announced;
        this.onOver = onOver;
        this.gate = new Gate(call.executor());
    }

    /** Begins. To be called once. */
    void watch(LiveStream stream) {
        call.request().addFailureListener(this::gone);
        // A stream may pause. A write that does not get on fails all the same.
        call.request().addIdleTimeoutListener(idle -> false);
        Departure.watch(call, this::gone);
        subscription.complete(stream.subscribe(this, gate, SubscribeOptions.PLAYER));
    }

    /** Ends the response as if the stream were over. */
    void leave() {
        subscription.thenAccept(Subscription::cancel);
    }

    @Override
    public void onStart(StreamHeaders headers) {
        FlvWriter.write(announced, gathered);
        for (MediaFrame header : headers.changesSince(StreamHeaders.EMPTY)) {
            boolean legacy = header.role() == FrameRole.CONFIGURATION && isLegacy(headers, header.kind());
            FlvFrames.plain(header, legacy).ifPresent(plain -> FlvWriter.write(FlvTag.of(plain, 0), gathered));
        }
    }

    /** Whether the default track of a kind goes out with a legacy header. */
    private static boolean isLegacy(StreamHeaders headers, MediaKind kind) {
        return headers.track(kind, 0)
                .flatMap(track -> track.sequenceHeader())
                .flatMap(header -> FlvFrames.plain(header, /* trackZeroIsLegacy= */ false))
                .map(FlvFrames::isLegacyHeader)
                .orElse(true);
    }

    @Override
    public void onFrame(MediaFrame frame) {
        FlvWriter.write(FlvTag.of(frame, timeline.millis(frame)), gathered);
    }

    /** Writes, and gets nothing more until that has left: this is the last call of a batch. */
    @Override
    public void onBatchEnd() {
        synchronized (this) {
            if (failure.isPresent()) {
                return;
            }
            writing = true;
        }
        gate.shut();
        call.response().write(false, take(), Callback.from(() -> written(Optional.empty()), why -> written(Optional.of(why))));
    }

    private ByteBuffer take() {
        ByteBuffer bytes = gathered.nioBuffer();
        gathered = Unpooled.buffer();
        return bytes;
    }

    @Override
    public void onEnd(EndReason reason) {
        synchronized (this) {
            ended = true;
            if (writing) {
                return;
            }
        }
        finish();
    }

    private void written(Optional<Throwable> failed) {
        failed.ifPresent(this::gone);
        boolean over;
        synchronized (this) {
            writing = false;
            over = ended;
        }
        if (over) {
            finish();
        } else {
            gate.open();
        }
    }

    /** The client has left, or takes nothing: whatever comes next is the end. */
    private void gone(Throwable why) {
        synchronized (this) {
            failure = failure.or(() -> Optional.of(why));
        }
        leave();
    }

    /** After the last call of the stream and the last write. */
    private void finish() {
        Optional<Throwable> why;
        synchronized (this) {
            why = failure;
        }
        onOver.accept(this);
        if (why.isPresent()) {
            call.callback().failed(why.get());
        } else {
            call.response().write(true, take(), call.callback());
        }
    }
}
