package dev.millrace.rtmp.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The state that the subscribers of a pump share during one run: how far to read, and the images laid out so far. */
final class PumpRun implements AutoCloseable {

    private final FanOut fanOut;
    private final JoinImages joinImages;
    private final long limit;
    private final List<BatchImage> images = new ArrayList<>(2);

    PumpRun(FanOut fanOut, JoinImages joinImages) {
        this.fanOut = fanOut;
        this.joinImages = joinImages;
        this.limit = fanOut.ring().written();
        joinImages.startAt(fanOut.ring().newestRandomAccessPoint());
    }

    /** The sequence number after the newest entry when the run began. */
    long limit() {
        return limit;
    }

    /**
     * Returns the image for a subscriber, laid out if no image of this run fits.
     *
     * @param joining whether the subscriber is between its start and live, where kept images may fit
     */
    BatchImage imageFor(Place place, Wants wants, WireFormat format, boolean joining) {
        for (BatchImage image : images) {
            if (image.fits(place, wants, format)) {
                return image;
            }
        }
        Optional<BatchImage> kept = joining ? joinImages.find(place, wants, format) : Optional.empty();
        if (kept.isPresent()) {
            return kept.get();
        }
        BatchImage image =
                BatchImage.layOut(place, wants, format, fanOut.ring(), limit, fanOut.resources().allocator());
        images.add(image);
        fanOut.counters().laidOut(image.bytes().readableBytes());
        if (joining) {
            joinImages.keep(image);
        }
        return image;
    }

    @Override
    public void close() {
        images.forEach(BatchImage::release);
    }
}
