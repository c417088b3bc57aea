package dev.millrace.rtmp.stream;

/**
 * Messages that subscribers lost, by reason.
 *
 * @param overtaken they left the ring before the subscriber took them
 * @param skipped the subscriber was further behind than {@link SlowPolicy#maxLag()}, and went on at a newer keyframe
 * @param undecodable video behind a loss that could not be decoded before the next keyframe
 */
public record LostFrames(long overtaken, long skipped, long undecodable) {

    /** Nothing lost. */
    public static final LostFrames NONE = new LostFrames(0, 0, 0);

    /**
     * All of them.
     *
     * @return messages
     */
    public long total() {
        return overtaken + skipped + undecodable;
    }

    LostFrames plus(LostFrames more) {
        return new LostFrames(overtaken + more.overtaken, skipped + more.skipped, undecodable + more.undecodable);
    }
}
