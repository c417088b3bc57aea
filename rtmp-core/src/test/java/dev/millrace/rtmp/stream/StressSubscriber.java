package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;

/** Takes frames. */
final class StressSubscriber extends StressReceiver implements MediaSubscriber {

    StressSubscriber(StressRun run, long seed, Pace pace, boolean awaited) {
        super(run, seed, pace, awaited);
    }

    @Override
    public void onStart(StreamHeaders headers) {
        callback(() -> {
            headers.track(MediaKind.VIDEO, 0).flatMap(track -> track.sequenceHeader()).ifPresent(this::knows);
            if (!start.complete(true)) {
                throw new AssertionError("a second start");
            }
        });
    }

    @Override
    public void onFrame(MediaFrame frame) {
        callback(() -> {
            take(frame);
            if (!frame.isSequenceHeader()) {
                checkPlace(); // each loss is told before the next frame
            }
        });
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
