package dev.millrace.liveserver.http;

import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;

/**
 * The timestamps of one response: they start at 0 with the first audio or video frame and continue across
 * jumps of the stream's clock. Confined to one thread at a time.
 */
final class FlvTimeline {

    /** Farther than any pause or reordering: the publisher's clock has begun anew. */
    private static final long MAX_STEP_MILLIS = 60_000;

    private static final long MAX_STEP_BACK_MILLIS = 10_000;

    private boolean started;
    /** What is 0 in the response. */
    private long zeroMillis;
    private long lastMillis;

    /** The time of a frame in the response, as the 32 bits of a tag. */
    int millis(MediaFrame frame) {
        if (!started && frame.kind() != MediaKind.DATA) {
            started = true;
            zeroMillis = frame.timestampMillis();
        }
        // Data have the time of what is around them: some senders leave it at 0.
        if (frame.kind() == MediaKind.DATA) {
            return (int) lastMillis;
        }
        long millis = frame.timestampMillis() - zeroMillis;
        if (millis - lastMillis > MAX_STEP_MILLIS || lastMillis - millis > MAX_STEP_BACK_MILLIS) {
            zeroMillis = frame.timestampMillis() - lastMillis;
            return (int) lastMillis;
        }
        // Audio behind the first keyframe may be a little older than that.
        millis = Math.max(0, millis);
        lastMillis = Math.max(lastMillis, millis);
        return (int) millis;
    }
}
