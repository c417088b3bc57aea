package dev.millrace.rtmp.stream;

import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import java.util.OptionalLong;

/** The frames written to a stream since its readers were last woken. One thread at a time. */
final class Batch {

    /**
     * A longer batch is flushed in parts, so that the ring does not overtake subscribers on the publisher's own thread.
     */
    private static final long MAX_MILLIS = 1_000;

    private boolean empty = true;
    private boolean video;
    private OptionalLong startMillis = OptionalLong.empty();
    private long newestMillis;

    void add(MediaFrame frame) {
        empty = false;
        video |= frame.kind() == MediaKind.VIDEO;
        if (frame.kind() != MediaKind.DATA) { // whose time is often 0
            newestMillis = frame.timestampMillis();
            startMillis = startMillis.isPresent() ? startMillis : OptionalLong.of(newestMillis);
        }
    }

    boolean isEmpty() {
        return empty;
    }

    boolean hasVideo() {
        return video;
    }

    boolean isLong() {
        return startMillis.isPresent() && Math.abs(newestMillis - startMillis.getAsLong()) >= MAX_MILLIS;
    }

    void clear() {
        empty = true;
        video = false;
        startMillis = OptionalLong.empty();
    }
}
