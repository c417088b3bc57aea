package dev.millrace.hls.segment;

/**
 * The times of the video of one timeline, in ticks: decoding times that always rise, presentation times that are not
 * before them. One thread.
 */
final class VideoTimes {

    /** No decoder holds a picture longer (H.222.0, 2.14.1). */
    private static final long MAX_COMPOSITION_TICKS = 10 * Ticks.PER_SECOND;

    private static final long USUAL_FRAME_TICKS = Ticks.PER_SECOND / 30;

    private final Counters counters;
    private boolean any;
    private long lastTime;
    private long lastDts;
    private long maxPts;
    private long frameTicks = USUAL_FRAME_TICKS;

    VideoTimes(long startTime, long baseTicks, Counters counters) {
        this.counters = counters;
        lastTime = startTime;
        lastDts = baseTicks - 1;
        maxPts = baseTicks - 1;
    }

    /** The decoding time of a frame. */
    long dts(long ticks) {
        return Math.max(ticks, lastDts + 1);
    }

    /** Counts a frame that is written, and gives its presentation time. */
    long pts(long time, long ticks, long compositionTicks) {
        long dts = dts(ticks);
        if (dts != ticks) {
            counters.add(SegmenterEvent.CLAMPED_DTS);
        }
        long pts = ticks + compositionTicks;
        if (pts < dts || pts - dts > MAX_COMPOSITION_TICKS) {
            pts = dts;
            counters.add(SegmenterEvent.CLAMPED_PTS);
        }
        if (any) {
            frameTicks = Math.min(dts - lastDts, Ticks.PER_SECOND);
        }
        any = true;
        lastTime = time;
        lastDts = dts;
        maxPts = Math.max(maxPts, pts);
        return pts;
    }

    /** Whether a time goes back, or ahead, by more than senders do by mistake. */
    boolean isJump(long time) {
        return any && TimeJumps.isJump(lastTime, time);
    }

    /** The sender's time of the last frame, or of the start. */
    long lastTime() {
        return lastTime;
    }

    /** Of the last frame, or just before the start. */
    long lastDts() {
        return lastDts;
    }

    /** How long the last frame was on the screen. */
    long frameTicks() {
        return frameTicks;
    }

    /** When decoding of the last frame is over. */
    long endDts() {
        return any ? lastDts + frameTicks : lastDts + 1;
    }

    /** Behind the last picture. */
    long endPts() {
        return maxPts + 1;
    }
}
