package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import java.util.concurrent.ScheduledExecutorService;

/** The publication of a stream. It batches frames, and decides when readers are woken. */
final class StreamWriter implements Publication {

    private final LiveStream stream;
    private final FanOut fanOut;
    private final long epoch;
    private final long mergeWindowMillis;
    private final long audioDelayMillis;
    private final FlushTimer flushTimer;
    private final Batch batch = new Batch();

    /** Becomes the writer of a stream; the one before it can write no more. */
    StreamWriter(LiveStream stream) {
        this.stream = stream;
        this.fanOut = stream.fanOut();
        this.epoch = fanOut.startEpoch();
        this.mergeWindowMillis = fanOut.options().mergeWindow().toMillis();
        this.audioDelayMillis = Math.max(mergeWindowMillis, fanOut.options().audioDelay().toMillis());
        this.flushTimer = new FlushTimer(fanOut.resources().clock(), fanOut.resources().scheduler(), fanOut::wake);
    }

    @Override
    public LiveStream stream() {
        return stream;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public void publish(MediaFrame frame) {
        if (epoch != fanOut.epoch()) {
            fanOut.counters().ignored();
            return;
        }
        if (fanOut.isEnded()) {
            fanOut.counters().ignored();
            fanOut.ring().giveBack();
            return;
        }
        fanOut.counters().received(frame, fanOut.resources().clock().millis());
        switch (frame.role()) {
            case METADATA, SEQUENCE_HEADER, CONFIGURATION -> fanOut.writeHeaders(frame);
            default -> media(frame);
        }
    }

    private void media(MediaFrame frame) {
        fanOut.write(frame);
        batch.add(frame);
        if (batch.isLong()) {
            batch.clear();
            flushTimer.flushNow();
        }
    }

    @Override
    public void flush() {
        if (batch.isEmpty()) {
            return;
        }
        long delayMillis = fanOut.isVideoKnown() && !batch.hasVideo() ? audioDelayMillis : mergeWindowMillis;
        batch.clear();
        if (delayMillis == 0) {
            flushTimer.flushNow();
        } else {
            flushTimer.flushWithin(delayMillis);
        }
    }

    @Override
    public void timersOn(ScheduledExecutorService executor) {
        flushTimer.runOn(executor);
    }

    @Override
    public void close(EndReason reason) {
        if (epoch == fanOut.epoch()) {
            stream.close(reason);
            fanOut.ring().giveBack();
        }
    }
}
