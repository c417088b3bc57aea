package dev.millrace.rtmp.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The images that lead from the newest keyframe to live, kept for those who join next: a storm of joins lays a group of pictures out once, and not
 * once for each that comes a moment later. Confined to one thread at a time.
 */
final class JoinImages {

    /** 8 s at 4 Mbit/s. What does not fit is laid out for each run anew. */
    private static final int MAX_BYTES = 4 << 20;

    private final List<BatchImage> images = new ArrayList<>();
    private long keyframe = -1;
    private int bytes;

    /** Lets go what leads from another keyframe than the newest. */
    void startAt(long newestKeyframe) {
        if (newestKeyframe != keyframe) {
            clear();
            keyframe = newestKeyframe;
        }
    }

    Optional<BatchImage> find(Place place, Wants wants, WireFormat format) {
        for (BatchImage image : images) {
            if (image.fits(place, wants, format)) {
                return Optional.of(image);
            }
        }
        return Optional.empty();
    }

    /** Keeps an image, if there is room. */
    void keep(BatchImage image) {
        int size = image.bytes().readableBytes();
        if (keyframe >= 0 && image.from().next() >= keyframe && size > 0 && size <= MAX_BYTES - bytes) {
            image.retain();
            images.add(image);
            bytes += size;
        }
    }

    void clear() {
        images.forEach(BatchImage::release);
        images.clear();
        bytes = 0;
    }
}
