package dev.millrace.hls.segment;

/**
 * Where a segment ends: before the first random access point that is far enough from its start, and no later than its duration may become.
 * Confined to one thread.
 */
final class CutRule {

    /** What is to be done before a frame is written. */
    enum Verdict {
        /** The frame belongs to the open segment. */
        KEEP,
        /** The open segment ends at {@link #boundary()}; the frame begins the next one. */
        CUT,
        /** The gap before the frame is longer than any segment: time does not go on. */
        BREAK
    }

    /** How much later than the video the audio of some senders is written, or the video than the audio. */
    private static final long INTERLEAVING_TICKS = Ticks.PER_SECOND;

    private final TargetDuration target;
    private long boundary;
    private long lastRandomAccessTicks;

    CutRule(TargetDuration target, long startTicks) {
        this.target = target;
        this.lastRandomAccessTicks = startTicks;
    }

    /** Where to cut, after {@link Verdict#CUT}: where the frame is, or earlier if it comes too late for that. */
    long boundary() {
        return boundary;
    }

    /**
     * Before a frame of the leading track: video if there is any.
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

    /** At the target duration, or at half of it if the segment would be too long by the next time. */
    private boolean isFarEnough(long elapsed, long frameTicks, long sinceLastTime) {
        boolean tooLongNextTime = elapsed + sinceLastTime > target.maxSegmentTicks();
        long wanted = target.wantedTicks();
        return elapsed >= (tooLongNextTime ? wanted / 2 : wanted - frameTicks / 2);
    }

    /** A random access point was written. */
    void randomAccessAt(long dts) {
        lastRandomAccessTicks = dts;
    }

    /** Before an audio frame beside video: only if the video has paused for too long. */
    Verdict following(long startTicks, long pts, long lastVideoDts) {
        if (pts - startTicks < target.maxSegmentTicks() + INTERLEAVING_TICKS) {
            return Verdict.KEEP;
        }
        boundary = Math.max(lastVideoDts + 1, startTicks + target.ticks());
        return pts - boundary >= target.maxSegmentTicks() + INTERLEAVING_TICKS ? Verdict.BREAK : Verdict.CUT;
    }
}
