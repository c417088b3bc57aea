package dev.millrace.rtmp.stream;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/** What the subscribers of a pump share during one run: how far to read, and the images laid out so far. */
final class PumpRun implements AutoCloseable {

    private final FrameRing ring;
    private final ByteBufAllocator allocator;
    private final StreamCounters counters;
    private final long limit;
    private final List<BatchImage> images = new ArrayList<>(2);

    PumpRun(FrameRing ring, ByteBufAllocator allocator, StreamCounters counters) {
        this.ring = ring;
        this.allocator = allocator;
        this.counters = counters;
        this.limit = ring.written();
    }

    /** The place behind the newest entry when the run began. */
    long limit() {
        return limit;
    }

    /** The image for a subscriber, laid out if no other stood at the same place. */
    BatchImage imageFor(WireSubscription subscription, RingCursor cursor) {
        for (BatchImage image : images) {
            if (image.fits(subscription, cursor)) {
                return image;
            }
        }
        BatchImage image = new BatchImage(subscription, cursor);
        image.layOut(ring, limit, allocator);
        images.add(image);
        counters.laidOut(image.bytes().readableBytes());
        return image;
    }

    @Override
    public void close() {
        images.forEach(BatchImage::release);
    }
}
