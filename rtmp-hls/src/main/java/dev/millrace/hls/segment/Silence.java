package dev.millrace.hls.segment;

/**
 * Tells when one of two tracks has sent nothing for so long that it counts as gone. In ticks of the
 * sender's clock. Confined to one thread.
 */
final class Silence {

    private final long longestTicks;

    private long lastAudioTime;
    private boolean audioStrays;
    private long strayTime;

    /** Audio counts as heard at the start. */
    Silence(long longestTicks, long startTime) {
        this.longestTicks = longestTicks;
        this.lastAudioTime = startTime;
    }

    /** Audio is so far from the video that it must be on another clock. */
    static boolean isStray(long audioTime, long lastVideoTime) {
        return Math.abs(audioTime - lastVideoTime) > TimeJumps.FORWARD_TICKS;
    }

    /** Audio was taken. */
    void audioAt(long time) {
        lastAudioTime = time;
    }

    /** Video was taken. */
    void videoGoesOn() {
        audioStrays = false;
    }

    /** When audio was taken last. */
    long lastAudioTime() {
        return lastAudioTime;
    }

    /** Of audio, when video comes. */
    boolean isOfAudio(long videoTime) {
        return videoTime - lastAudioTime > longestTicks;
    }

    /** Of video, when audio comes; also if all audio is on another clock, and no video comes. */
    boolean isOfVideo(long audioTime, long lastVideoTime) {
        if (!TimeJumps.isJump(lastAudioTime, audioTime) && audioTime - lastVideoTime > longestTicks) {
            return true;
        }
        boolean stray = isStray(audioTime, lastVideoTime);
        if (stray && !audioStrays) {
            strayTime = audioTime;
        }
        audioStrays |= stray;
        return stray && audioTime - strayTime > longestTicks;
    }
}
