package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import dev.millrace.rtmp.stream.FrameRing.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A subscriber that takes frames. */
final class FrameSubscription extends Subscription {

    private final MediaSubscriber subscriber;
    private final List<MediaFrame> selected = new ArrayList<>();
    private boolean started;

    FrameSubscription(LiveStream stream, SubscribeOptions options, MediaSubscriber subscriber) {
        super(stream, options);
        this.subscriber = subscriber;
    }

    @Override
    boolean deliver(PumpRun run) {
        Optional<Entry> entry = cursor.settle();
        StreamHeaders known = start(entry);
        int count = 0;
        while (entry.isPresent() && count < BatchImage.MAX_ENTRIES && !isStopped()) {
            reportLoss();
            if (isStopped()) {
                break;
            }
            deliver(entry.get(), known);
            known = sentHeaders();
            count++;
            entry = cursor.settle();
        }
        reportLoss();
        if (count > 0) {
            subscriber.onBatchEnd();
        }
        return entry.isPresent();
    }

    /** Tells the subscriber once what is known where it starts. */
    private StreamHeaders start(Optional<Entry> first) {
        if (started) {
            return sentHeaders();
        }
        started = true;
        StreamHeaders headers = first.map(Entry::headers).orElse(stream().headers());
        subscriber.onStart(headers);
        delivered(cursor.next(), cursor.isWaitingForKeyframe(), headers, 0, 0, 0);
        return headers;
    }

    private void deliver(Entry entry, StreamHeaders known) {
        FrameSelector selector =
                new FrameSelector(wantsAudio(), wantsVideo(), tracks(), cursor.isWaitingForKeyframe(), known);
        int passedOver = selector.select(entry, selected) ? 0 : 1;
        long bytes = 0;
        for (MediaFrame frame : selected) {
            bytes += frame.size();
        }
        delivered(entry.sequence() + 1, selector.isWaitingForKeyframe(), selector.sent(), passedOver, selected.size(), bytes);
        List<MediaFrame> frames = List.copyOf(selected);
        selected.clear();
        frames.forEach(subscriber::onFrame);
    }

    @Override
    void gap(long lostFrames) {
        subscriber.onGap(lostFrames);
    }

    @Override
    void caughtUp(long lostFrames) {
        // It was told of each loss, and sees itself what comes behind.
    }

    @Override
    void end(EndReason reason) {
        if (!started) {
            started = true;
            subscriber.onStart(stream().headers());
        }
        subscriber.onEnd(reason);
    }
}
