package dev.millrace.recording;

import dev.millrace.flv.FlvFrames;
import dev.millrace.flv.FlvTag;
import dev.millrace.media.EndReason;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Records a stream, with all its tracks, to FLV files. A file starts with the first frame, is valid up to its last
 * whole tag at any time, and gets its duration, size and keyframe index when it ends.
 *
 * <p>Subscribe it on an executor that may block. If the store fails, the recorder notifies the listener and the
 * subscription ends with {@link EndReason#FAILED}; the stream is not affected.
 */
public final class FlvRecorder implements MediaSubscriber {

    private final RecordingStore store;
    private final RecordingOptions options;
    private final RecordingListener listener;

    private StreamHeaders headers = StreamHeaders.EMPTY;
    private Optional<FlvFile> file = Optional.empty();
    private int parts;
    private long droppedBefore;

    /**
     * Creates a recorder for one stream.
     *
     * @param store opens the files
     * @param options when new files start
     * @param listener receives the result of each file
     */
    public FlvRecorder(RecordingStore store, RecordingOptions options, RecordingListener listener) {
        this.store = Objects.requireNonNull(store, "store");
        this.options = Objects.requireNonNull(options, "options");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    @Override
    public void onStart(StreamHeaders known) {
        headers = known;
    }

    @Override
    public void onFrame(MediaFrame frame) {
        attempt(() -> {
            if (isHeader(frame)) {
                header(frame);
                return;
            }
            if (frame.size() > FlvTag.MAX_BODY_BYTES) {
                onGap(1);
                return;
            }
            if (file.isPresent() && mayBegin(frame) && file.get().isOver(options)) {
                finish();
            }
            FlvFile open = file.isPresent() ? file.get() : begin(frame);
            open.append(frame);
            if (open.shouldWrite()) {
                open.write();
            }
        });
    }

    /** Writes a header with one track in each message, which is the form that all readers support. */
    private void header(MediaFrame frame) throws IOException {
        for (MediaFrame single : FlvFrames.split(frame)) {
            headers = headers.with(single);
            file.ifPresent(open -> open.append(single));
        }
        if (file.isPresent() && file.get().shouldWrite()) {
            file.get().write();
        }
    }

    private static boolean isHeader(MediaFrame frame) {
        return frame.role() == FrameRole.SEQUENCE_HEADER
                || frame.role() == FrameRole.CONFIGURATION
                || frame.role() == FrameRole.METADATA;
    }

    /** Whether a file may start at a frame: at a keyframe, or anywhere if there is no video. */
    private boolean mayBegin(MediaFrame frame) {
        return frame.isKeyframe() && frame.trackId() == 0 || !file.orElseThrow().hasVideo();
    }

    private void reportDropped(FlvFile open) {
        open.countLost(droppedBefore);
        droppedBefore = 0;
    }

    private FlvFile begin(MediaFrame first) throws IOException {
        FlvFile opened = new FlvFile(++parts, store.open(parts), options, headers, first.timestampMillis());
        file = Optional.of(opened);
        reportDropped(opened);
        return opened;
    }

    @Override
    public void onGap(long lostFrames) {
        droppedBefore += lostFrames;
        file.ifPresent(this::reportDropped);
    }

    @Override
    public void onBatchEnd() {
        attempt(() -> {
            if (file.isPresent()) {
                file.get().write();
            }
        });
    }

    @Override
    public void onEnd(EndReason reason) {
        attempt(this::finish);
    }

    private void finish() throws IOException {
        if (file.isPresent()) {
            FlvFile open = file.get();
            open.finish();
            open.close();
            file = Optional.empty();
            listener.onFinished(open.toRecording());
        }
    }

    /** An action that fails if the store does. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            Recording recording = file.map(FlvFile::toRecording)
                    .orElse(new Recording(Math.max(1, parts), Duration.ZERO, 0, 0, 0));
            file.ifPresent(FlvRecorder::closeQuietly);
            file = Optional.empty();
            listener.onFailed(recording, e);
            throw new UncheckedIOException(e);
        }
    }

    private static void closeQuietly(FlvFile broken) {
        try {
            broken.close();
        } catch (IOException e) {
            // The listener is told of the failure that came first.
            return;
        }
    }
}
