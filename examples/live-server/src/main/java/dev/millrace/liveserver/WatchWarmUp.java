package dev.millrace.liveserver;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import dev.millrace.track.LatestKeyframe;
import dev.millrace.track.StreamTracks;
import java.util.List;

/** Follows the demo stream repeatedly, so that the JVM has compiled what watches each stream before the first arrives. */
final class WatchWarmUp {

    private WatchWarmUp() {}

    /** Runs on the calling thread. Returns what was found of the stream. */
    static LatestKeyframe run() {
        LatestKeyframe keyframe = new LatestKeyframe();
        List<MediaFrame> frames = DemoStream.read();
        replay(frames, new StreamTracks());
        replay(frames, keyframe);
        return keyframe;
    }

    /** Delivers the frames of many loops as a live stream does, each a batch. */
    static void replay(List<MediaFrame> frames, MediaSubscriber subscriber) {
        subscriber.onStart(StreamHeaders.EMPTY);
        for (int i = 0; i < HlsWarmUp.LOOPS; i++) {
            for (MediaFrame frame : frames) {
                subscriber.onFrame(frame.atTime(i * DemoStream.LOOP.toMillis() + frame.timestampMillis()));
                subscriber.onBatchEnd();
            }
        }
        subscriber.onEnd(EndReason.UNPUBLISHED);
    }
}
