package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;

/** A subscriber that is a socket. It receives batch images that it may share with others. */
final class WireSubscription extends Subscription {

    private final WireSink sink;
    private final WireFormat format;

    WireSubscription(FanOut fanOut, SubscribeOptions options, WireSink sink) {
        super(fanOut, options);
        this.sink = sink;
        this.format = new WireFormat(sink.messageStreamId(), sink.chunkBytes());
    }

    @Override
    boolean deliver(PumpRun run) {
        if (!isWritable()) {
            return false;
        }
        boolean there = cursor.settle().isPresent();
        reportLoss();
        if (!there || isStopped() || cursor.place().next() >= run.limit()) {
            return false;
        }
        BatchImage image;
        try {
            image = run.imageFor(cursor.place(), wants(), format, isCatchingUp());
        } catch (OutOfMemoryError e) {
            return false; // treated like a full socket: the frames stay in the ring, and other subscribers go on
        }
        int bytes = image.bytes().readableBytes();
        moveTo(image.to(), image.passedOver());
        count(image.frames(), bytes);
        reportLoss();
        if (bytes > 0) {
            sink.writeAndFlush(image.bytes().retainedDuplicate());
        }
        return cursor.place().next() < run.limit();
    }

    /** A socket that cannot take more may be able to after a flush. */
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
