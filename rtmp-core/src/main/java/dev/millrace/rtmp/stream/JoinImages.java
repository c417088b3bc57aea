package dev.millrace.rtmp.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The images from the newest keyframe to live, kept for subscribers that join next: when many join in a short time, a
 * group of pictures is laid out once for all of them. Confined to one thread at a time.
 */
final class JoinImages {

    /** 8 s at 4 Mbit/s. Images that do not fit are laid out again for each run. */
    private static final int MAX_BYTES = 4 << 20;

    private final List<BatchImage> images = new ArrayList<>();
    private long keyframe = -1;
    private int bytes;

    /** Releases the images of any other keyframe. */
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
