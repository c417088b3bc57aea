package dev.millrace.rtmp.stream;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the subscribers of a pump share during one run: how far to read, and the images laid out so far. */
final class PumpRun implements AutoCloseable {

    private final FrameRing ring;
    private final ByteBufAllocator allocator;
    private final StreamCounters counters;
    private final JoinImages joinImages;
    private final long limit;
    private final List<BatchImage> images = new ArrayList<>(2);

    PumpRun(FrameRing ring, ByteBufAllocator allocator, StreamCounters counters, JoinImages joinImages) {
        this.ring = ring;
        this.allocator = allocator;
        this.counters = counters;
        this.joinImages = joinImages;
        this.limit = ring.written();
        joinImages.startAt(ring.newestRandomAccessPoint());
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
        Optional<BatchImage> kept = subscription.isCatchingUp() ? joinImages.find(subscription, cursor) : Optional.empty();
        if (kept.isPresent()) {
            return kept.get();
        }
        BatchImage image = new BatchImage(subscription, cursor);
        image.layOut(ring, limit, allocator);
        images.add(image);
        counters.laidOut(image.bytes().readableBytes());
        if (subscription.isCatchingUp()) {
            joinImages.keep(image);
        }
        return image;
    }

    @Override
    public void close() {
        images.forEach(BatchImage::release);
    }
}
