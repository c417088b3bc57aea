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

    private final FanOut fanOut;
    private final MediaSubscriber subscriber;
    private final List<MediaFrame> selected = new ArrayList<>();
    private boolean started;

    FrameSubscription(FanOut fanOut, SubscribeOptions options, MediaSubscriber subscriber) {
        super(fanOut, options);
        this.fanOut = fanOut;
        this.subscriber = subscriber;
    }

    @Override
    boolean deliver(PumpRun run) {
        Optional<Entry> entry = cursor.settle();
        start(entry);
        int count = 0;
        while (entry.isPresent() && count < BatchImage.MAX_ENTRIES && !isStopped()) {
            reportLoss();
            if (isStopped()) {
                break;
            }
            deliver(entry.get());
            count++;
            entry = cursor.settle();
        }
        reportLoss();
        if (count > 0) {
            subscriber.onBatchEnd();
        }
        return entry.isPresent();
    }

    /** Tells the subscriber once which headers are in force where it starts. */
    private void start(Optional<Entry> first) {
        if (!started) {
            started = true;
            StreamHeaders headers = first.map(Entry::headers).orElse(fanOut.headers());
            subscriber.onStart(headers);
            Place place = cursor.place();
            cursor.moveTo(new Place(place.next(), place.waitingForKeyframe(), headers));
        }
    }

    private void deliver(Entry entry) {
        FrameSelector selector = new FrameSelector(wants(), cursor.place());
        int passedOver = selector.select(entry, selected) ? 0 : 1;
        long bytes = 0;
        for (MediaFrame frame : selected) {
            bytes += frame.size();
        }
        moveTo(selector.placeAt(entry.sequence() + 1), passedOver);
        count(selected.size(), bytes);
        for (MediaFrame frame : selected) {
            subscriber.onFrame(frame);
        }
        selected.clear();
    }

    @Override
    void gap(long lostFrames) {
        subscriber.onGap(lostFrames);
    }

    @Override
    void caughtUp(long lostFrames) {
        // A subscriber was told of each loss, and sees itself what follows.
    }

    @Override
    void end(EndReason reason) {
        if (!started) {
            started = true;
            subscriber.onStart(fanOut.headers());
        }
        subscriber.onEnd(reason);
    }
}
