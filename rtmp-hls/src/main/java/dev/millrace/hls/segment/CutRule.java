package dev.millrace.hls.segment;

/**
 * Decides where a segment ends: before the first random access point that is far enough from its start, and before it
 * exceeds its longest duration. Confined to one thread.
 */
final class CutRule {

    /** The decision before a frame is written. */
    enum Verdict {
        /** The frame belongs to the open segment. */
        KEEP,
        /** The open segment ends at {@link #boundary()}; the frame begins the next one. */
        CUT,
        /** The gap before the frame is longer than any segment: time does not go on. */
        BREAK
    }

    /** Some senders write audio this much later than video, or video later than audio. */
    private static final long INTERLEAVING_TICKS = Ticks.PER_SECOND;

    private final TargetDuration target;
    private long boundary;
    private long lastRandomAccessTicks;

    CutRule(TargetDuration target, long startTicks) {
        this.target = target;
        this.lastRandomAccessTicks = startTicks;
    }

    /** Returns where to cut, after {@link Verdict#CUT}: at the frame, or earlier if the segment would be too long. */
    long boundary() {
        return boundary;
    }

    /**
     * Decides before a frame of the leading track, which is video if there is any.
     *
     * @param full whether the segment has no room for it
     */
    Verdict leading(long startTicks, long dts, long frameTicks, boolean randomAccess, boolean full) {
        long elapsed = dts - startTicks;
        boolean cut = full && elapsed > 0
                || elapsed + frameTicks > target.maxSegmentTicks()
                || randomAccess && isFarEnough(elapsed, frameTicks, dts - lastRandomAccessTicks);
        if (!cut) {
            return Verdict.KEEP;
        }
        boundary = Math.min(dts, startTicks + target.maxSegmentTicks());
        return dts - boundary >= target.maxSegmentTicks() ? Verdict.BREAK : Verdict.CUT;
    }

    /**
     * Whether the target duration is reached, or half of it if the segment would be too long at the next random
     * access point.
     */
    private boolean isFarEnough(long elapsed, long frameTicks, long sinceLastTime) {
        boolean tooLongNextTime = elapsed + sinceLastTime > target.maxSegmentTicks();
        long wanted = target.wantedTicks();
        return elapsed >= (tooLongNextTime ? wanted / 2 : wanted - frameTicks / 2);
    }

    /** Notes that a random access point was written. */
    void randomAccessAt(long dts) {
        lastRandomAccessTicks = dts;
    }

    /** Decides before an audio frame beside video: cuts only if the video has paused for too long. */
    Verdict following(long startTicks, long pts, long lastVideoDts) {
        if (pts - startTicks < target.maxSegmentTicks() + INTERLEAVING_TICKS) {
            return Verdict.KEEP;
        }
        boundary = Math.max(lastVideoDts + 1, startTicks + target.ticks());
        return pts - boundary >= target.maxSegmentTicks() + INTERLEAVING_TICKS ? Verdict.BREAK : Verdict.CUT;
    }
}
