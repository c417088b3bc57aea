package dev.millrace.hls.segment;

import java.util.OptionalLong;

/**
 * Presentation times of audio from a count of samples. Messages have times in milliseconds, too coarse to be played from: a step from frame
 * to frame that is not the length of a frame is heard.
 *
 * <p>The count follows the times of the sender, by whole frames only, so that each frame is a whole number of frames behind the first: at
 * once where they are half a second apart or a gap was announced; by as much as is certain where they are 100 ms apart for a second; by one
 * frame a second where they are more than a frame apart on average. Where the count is ahead, frames are left out. Confined to one thread.
 */
final class AudioClock {

    private static final long TICKS_A_SECOND = TargetDuration.TICKS_A_SECOND;
    private static final long JUMP_TICKS = TICKS_A_SECOND / 2;
    private static final long GAP_TICKS = TICKS_A_SECOND / 10;

    private final int sampleRateHz;
    private final Counters counters;

    private boolean running;
    private boolean gapAnnounced;
    private long anchorTicks;
    private long samples;
    private long framesToSkip;
    private boolean overlapping;

    // What one second of frames says of the distance between the count and the times of the sender.
    private long windowSamples;
    private long windowMessages;
    private long windowSum;
    private long windowMin;
    private long windowMax;

    AudioClock(int sampleRateHz, Counters counters) {
        this.sampleRateHz = sampleRateHz;
        this.counters = counters;
        clearWindow();
    }

    /** Frames were lost: the next one may be later than the count says. */
    void announceGap() {
        gapAnnounced = true;
    }

    /** Where the next frame stands if all goes on; only after the first frame. */
    long nextTicks() {
        return anchorTicks + Math.floorDiv(samples * TICKS_A_SECOND + sampleRateHz / 2, sampleRateHz);
    }

    /** Where a frame would stand, as far as that can be told before it is counted. */
    long expectedTicks(long ticks) {
        return ticks - nextTicks() > JUMP_TICKS ? ticks : nextTicks();
    }

    boolean isRunning() {
        return running;
    }

    /**
     * Counts a message.
     *
     * @param ticks its time as the sender says it
     * @param frameSamples the length of each of its frames
     * @param frames how many of them follow each other in it, 1 or more
     * @return the presentation time of its first frame, or empty if it must be left out, because what was written before reaches beyond it
     */
    OptionalLong next(long ticks, int frameSamples, int frames) {
        if (!running) {
            running = true;
            anchorTicks = ticks;
        }
        long distance = ticks - nextTicks();
        long frameTicks = Math.max(1, frameSamples * TICKS_A_SECOND / sampleRateHz);
        if (isOverlap(distance, frameTicks)) {
            clearWindow();
            framesToSkip = 0;
            return OptionalLong.empty();
        }
        if (distance > JUMP_TICKS || gapAnnounced && distance > frameTicks) {
            clearWindow();
            move(Math.round((double) distance / frameTicks), frameSamples);
        }
        gapAnnounced = false;
        if (framesToSkip > 0) {
            samples += Math.max(0, frames - framesToSkip) * frameSamples;
            framesToSkip = Math.max(0, framesToSkip - frames);
            return OptionalLong.empty();
        }
        look(ticks - nextTicks(), frameTicks, frameSamples, frames);
        long pts = nextTicks();
        samples += (long) frames * frameSamples;
        return OptionalLong.of(pts);
    }

    /** Whether times went back so far that all is left out until they have caught up. */
    private boolean isOverlap(long distance, long frameTicks) {
        if (distance < -JUMP_TICKS && !overlapping) {
            overlapping = true;
            counters.add(SegmenterEvent.REANCHORED_AUDIO);
        }
        overlapping &= distance < -frameTicks / 2;
        return overlapping;
    }

    private void look(long distance, long frameTicks, int frameSamples, int frames) {
        windowSamples += (long) frames * frameSamples;
        windowMessages++;
        windowSum += distance;
        windowMin = Math.min(windowMin, distance);
        windowMax = Math.max(windowMax, distance);
        if (windowSamples < sampleRateHz) {
            return;
        }
        long mean = windowSum / windowMessages;
        if (windowMin > GAP_TICKS) {
            move(windowMin / frameTicks, frameSamples);
        } else if (windowMax < -GAP_TICKS) {
            move(windowMax / frameTicks, frameSamples);
        } else if (Math.abs(mean) > frameTicks) {
            move(Long.signum(mean), frameSamples);
        }
        clearWindow();
    }

    /** Moves the count by frames: ahead at once, back by leaving out as many. */
    private void move(long frames, int frameSamples) {
        if (frames == 0) {
            return;
        }
        counters.add(SegmenterEvent.REANCHORED_AUDIO);
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
