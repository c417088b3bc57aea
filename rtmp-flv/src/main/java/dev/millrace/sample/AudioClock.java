package dev.millrace.sample;

/**
 * Exact times of one audio track, made by counting samples. Messages have times in milliseconds, too coarse to be
 * played from: a step between frames that is not the length of a frame is audible.
 *
 * <p>The count follows the sender's times, by whole frames only, so that each frame is a whole number of frames
 * behind the first: at once where they are half a second apart or a gap was announced; by as much as is certain where
 * they are 100 ms apart for a second; by one frame a second where they are more than a frame apart on average. Where
 * the count is ahead, frames are left out. Confined to one thread.
 *
 * <p>Public because muxers are in other modules and must not each count on their own. The timescale is theirs to
 * choose: 90,000 in MPEG-TS, the sample rate where no rounding is wanted.
 */
public final class AudioClock {

    /** Returned instead of a time for frames that must be left out. */
    public static final long LEAVE_OUT = Long.MIN_VALUE;

    private final int sampleRateHz;
    private final int timescale;
    private final long jumpTime;
    private final long gapTime;

    private boolean running;
    private boolean gapAnnounced;
    private long anchor;
    private long samples;
    private long framesToSkip;
    private boolean overlapping;
    private long reanchorings;

    // The distance between the count and the sender's times over one second of frames.
    private long windowSamples;
    private long windowMessages;
    private long windowSum;
    private long windowMin;
    private long windowMax;

    /**
     * Creates a clock that starts with the first frame.
     *
     * @param sampleRateHz what samples are counted at, see {@link AudioFormat#codedSampleRateHz()}; 1 or more
     * @param timescale units of time in a second, 1 or more
     * @throws IllegalArgumentException if one of them is less than 1
     */
    public AudioClock(int sampleRateHz, int timescale) {
        if (sampleRateHz < 1 || timescale < 1) {
            throw new IllegalArgumentException(
                    "sampleRateHz " + sampleRateHz + " or timescale " + timescale + " is not 1 or more");
        }
        this.sampleRateHz = sampleRateHz;
        this.timescale = timescale;
        jumpTime = timescale / 2;
        gapTime = timescale / 10;
        clearWindow();
    }

    /** Announces that frames were lost: the next one may be later than the count says. */
    public void announceGap() {
        gapAnnounced = true;
    }

    /**
     * Returns the units that times are in.
     *
     * @return units in a second
     */
    public int timescale() {
        return timescale;
    }

    /**
     * Returns whether a frame was counted.
     *
     * @return true after the first call of {@link #next}
     */
    public boolean isRunning() {
        return running;
    }

    /**
     * Returns the time of the next frame if nothing jumps.
     *
     * @return the end of the last frame; 0 before the first
     */
    public long nextTime() {
        return anchor + Math.floorDiv(samples * timescale + sampleRateHz / 2, sampleRateHz);
    }

    /**
     * Returns the time that a frame would get, as far as this is known before it is counted.
     *
     * @param time its time as the sender has it
     * @return that time after a jump, else {@link #nextTime()}
     */
    public long expectedTime(long time) {
        return time - nextTime() > jumpTime ? time : nextTime();
    }

    /**
     * Returns how often the count was moved to follow the sender.
     *
     * @return a count that only rises
     */
    public long reanchorings() {
        return reanchorings;
    }

    /**
     * Counts a message of one or more frames.
     *
     * @param time its time as the sender has it
     * @param messageSamples samples for each channel in all its frames, see {@link Sample#samples()}; 1 or more
     * @param frameSamples samples for each channel in one frame, 1 or more; {@code messageSamples} if frames differ
     *     in length
     * @return the time of its first frame, or {@link #LEAVE_OUT} because what was counted before reaches beyond it
     */
    public long next(long time, int messageSamples, int frameSamples) {
        if (!running) {
            running = true;
            anchor = time;
        }
        int frames = Math.max(1, messageSamples / frameSamples);
        long distance = time - nextTime();
        long frameTime = Math.max(1, (long) frameSamples * timescale / sampleRateHz);
        if (isOverlap(distance, frameTime)) {
            clearWindow();
            framesToSkip = 0;
            return LEAVE_OUT;
        }
        if (distance > jumpTime || gapAnnounced && distance > frameTime) {
            clearWindow();
            move(Math.round((double) distance / frameTime), frameSamples);
        }
        gapAnnounced = false;
        if (framesToSkip > 0) {
            samples += Math.max(0, frames - framesToSkip) * frameSamples;
            framesToSkip = Math.max(0, framesToSkip - frames);
            return LEAVE_OUT;
        }
        compare(time - nextTime(), frameTime, frameSamples, frames);
        long exact = nextTime();
        samples += (long) frames * frameSamples;
        return exact;
    }

    /** Whether times went back so far that all is left out until they have caught up. */
    private boolean isOverlap(long distance, long frameTime) {
        if (distance < -jumpTime && !overlapping) {
            overlapping = true;
            reanchorings++;
        }
        overlapping &= distance < -frameTime / 2;
        return overlapping;
    }

    private void compare(long distance, long frameTime, int frameSamples, int frames) {
        windowSamples += (long) frames * frameSamples;
        windowMessages++;
        windowSum += distance;
        windowMin = Math.min(windowMin, distance);
        windowMax = Math.max(windowMax, distance);
        if (windowSamples < sampleRateHz) {
            return;
        }
        long mean = windowSum / windowMessages;
        if (windowMin > gapTime) {
            move(windowMin / frameTime, frameSamples);
        } else if (windowMax < -gapTime) {
            move(windowMax / frameTime, frameSamples);
        } else if (Math.abs(mean) > frameTime) {
            move(Long.signum(mean), frameSamples);
        }
        clearWindow();
    }

    /** Moves the count by frames: ahead at once, back by leaving out as many. */
    private void move(long frames, int frameSamples) {
        if (frames == 0) {
            return;
        }
        reanchorings++;
        if (frames > 0) {
            samples += frames * frameSamples;
            framesToSkip = 0;
        } else {
            framesToSkip = -frames;
        }
    }

    private void clearWindow() {
        windowSamples = 0;
        windowMessages = 0;
        windowSum = 0;
        windowMin = Long.MAX_VALUE;
        windowMax = Long.MIN_VALUE;
    }
}
