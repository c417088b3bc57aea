package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;

/** A subscriber that is a socket: gets images of batches that it may share with others. */
final class WireSubscription extends Subscription {

    private final WireSink sink;
    private final int messageStreamId;
    private final int chunkBytes;

    WireSubscription(LiveStream stream, SubscribeOptions options, WireSink sink) {
        super(stream, options);
        this.sink = sink;
        this.messageStreamId = sink.messageStreamId();
        this.chunkBytes = sink.chunkBytes();
    }

    int messageStreamId() {
        return messageStreamId;
    }

    int chunkBytes() {
        return chunkBytes;
    }

    @Override
    boolean deliver(PumpRun run) {
        if (!isWritable()) {
            return false;
        }
        boolean there = cursor.settle().isPresent();
        reportLoss();
        if (!there || isStopped() || cursor.next() >= run.limit()) {
            return false;
        }
        BatchImage image;
        try {
            image = run.imageFor(this, cursor);
        } catch (OutOfMemoryError e) {
            return false; // as if the socket could not take more: the frames stay in the ring, and others may go on
        }
        int bytes = image.bytes().readableBytes();
        delivered(image.to(), image.isWaitingForKeyframe(), image.sentHeaders(), image.passedOver(), image.frames(), bytes);
        reportLoss();
        if (bytes > 0) {
            sink.writeAndFlush(image.bytes().retainedDuplicate());
        }
        return cursor.next() < run.limit();
    }

    /** A socket that cannot take more may do so once it is flushed. */
    private boolean isWritable() {
        if (sink.isWritable()) {
            return true;
        }
        sink.flush();
        return sink.isWritable();
    }

    @Override
    void gap(long lostFrames) {
        sink.onGap(lostFrames);
    }

    @Override
    void caughtUp(long lostFrames) {
        sink.onCaughtUp(lostFrames);
    }

    @Override
    void end(EndReason reason) {
        sink.onEnd(reason);
    }
}
