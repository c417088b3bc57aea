package dev.millrace.rtmp.stream;

import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import java.util.concurrent.atomic.LongAdder;

/** Counters of one stream. Those of the publisher have one writer; the others may have many. */
final class StreamCounters {

    // One writer.
    private volatile long videoFrames;
    private volatile long audioFrames;
    private volatile long dataMessages;
    private volatile long bytes;
    private volatile long keyframes;
    private volatile long lastFrameMillis;

    private final LongAdder ignored = new LongAdder();
    private final LongAdder laidOutBytes = new LongAdder();
    private final LongAdder overtaken = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder undecodable = new LongAdder();
    private final LongAdder failedSubscribers = new LongAdder();

    StreamCounters(long nowMillis) {
        lastFrameMillis = nowMillis;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void received(MediaFrame frame, long nowMillis) {
        bytes += frame.size();
        boolean coded = frame.role() == FrameRole.CODED || frame.role() == FrameRole.SILENCE;
        switch (frame.kind()) {
            case AUDIO -> audioFrames += coded ? 1 : 0;
            case VIDEO -> videoFrames += coded ? 1 : 0;
            case DATA -> dataMessages++;
        }
        if (frame.isKeyframe()) {
            keyframes++;
        }
        if (frame.kind() != MediaKind.DATA) {
            lastFrameMillis = nowMillis;
        }
    }

    void ignored() {
        ignored.increment();
    }

    void laidOut(int count) {
        laidOutBytes.add(count);
    }

    void lost(LostFrames frames) {
        overtaken.add(frames.overtaken());
        skipped.add(frames.skipped());
        undecodable.add(frames.undecodable());
    }

    void subscriberFailed() {
        failedSubscribers.increment();
    }

    long lastFrameMillis() {
        return lastFrameMillis;
    }

    long failedSubscribers() {
        return failedSubscribers.sum();
    }

    long laidOutBytes() {
        return laidOutBytes.sum();
    }

    StreamStatistics snapshot(int subscribers, int players) {
        LostFrames lost = new LostFrames(overtaken.sum(), skipped.sum(), undecodable.sum());
        return new StreamStatistics(
                videoFrames, audioFrames, dataMessages, keyframes, bytes, ignored.sum(), subscribers, players, lost, laidOutBytes.sum(),
                failedSubscribers.sum());
    }
}
