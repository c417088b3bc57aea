package dev.millrace.hls.segment;

/** Tells when one of two tracks has sent nothing for so long that it counts as gone. Confined to one thread. */
final class Silence {

    private final long longestMillis;

    private long lastAudioMillis;
    private boolean audioStrays;
    private long strayMillis;

    /** Audio counts as heard at the start. */
    Silence(long longestMillis, long startMillis) {
        this.longestMillis = longestMillis;
        this.lastAudioMillis = startMillis;
    }

    /** Audio is so far from the video that it must be on another clock. */
    static boolean isStray(long audioMillis, long lastVideoMillis) {
        return Math.abs(audioMillis - lastVideoMillis) > TimeJumps.FORWARD_MILLIS;
    }

    /** Audio was taken. */
    void audioAt(long millis) {
        lastAudioMillis = millis;
    }

    /** Video was taken. */
    void videoGoesOn() {
        audioStrays = false;
    }

    /** When audio was taken last. */
    long lastAudioMillis() {
        return lastAudioMillis;
    }

    /** Of audio, when video comes. */
    boolean isOfAudio(long videoMillis) {
        return videoMillis - lastAudioMillis > longestMillis;
    }

    /** Of video, when audio comes; also if all audio is on another clock, and no video comes. */
    boolean isOfVideo(long audioMillis, long lastVideoMillis) {
        if (!TimeJumps.isJump(lastAudioMillis, audioMillis) && audioMillis - lastVideoMillis > longestMillis) {
            return true;
        }
        boolean stray = isStray(audioMillis, lastVideoMillis);
        if (stray && !audioStrays) {
            strayMillis = audioMillis;
        }
        audioStrays |= stray;
        return stray && audioMillis - strayMillis > longestMillis;
    }
}
