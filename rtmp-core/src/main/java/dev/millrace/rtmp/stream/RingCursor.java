package dev.millrace.rtmp.stream;

import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.stream.FrameRing.Entry;
import java.time.Duration;
import java.util.Optional;

/**
 * One subscriber's place in a ring: where it starts, what it passes over, where it goes on after a loss. Confined to one thread at a time.
 */
final class RingCursor {

    private static final long FIRST = 0;

    private final FrameRing ring;
    private final long maxLagMillis;

    private long next;
    /** No video until the next random access point. */
    private boolean waitingForKeyframe = true;
    private LostFrames lost = LostFrames.NONE;

    RingCursor(FrameRing ring, Duration maxLag) {
        this.ring = ring;
        this.maxLagMillis = maxLag.toMillis();
    }

    /**
     * Stands at the place where a subscriber starts, or starts again: the first frame if that is wanted and there; the newest random access point;
     * the newest audio where there is no video; else live, with video from the next random access point on.
     */
    void start(StartPosition start, boolean videoWanted, boolean videoKnown) {
        if (start.firstFrame() && isFirstFrameNear()) {
            next = FIRST;
            waitingForKeyframe = true;
            return;
        }
        long keyframe = ring.newestRandomAccessPoint();
        if (videoWanted && keyframe >= 0 && isNearEnough(keyframe, start)) {
            next = keyframe;
            waitingForKeyframe = false;
            return;
        }
        long audio = ring.newestAudio();
        next = audio >= 0 && !(videoWanted && videoKnown) ? audio : ring.written();
        waitingForKeyframe = true;
    }

    /** Also while it has not been written, lest those behind it come while the ring is looked at. */
    private boolean isFirstFrameNear() {
        return ring.oldest() == FIRST && ring.at(FIRST).map(first -> ring.lagMillis(first) <= maxLagMillis).orElse(true);
    }

    private boolean isNearEnough(long keyframe, StartPosition start) {
        if (start.maxBehind().isEmpty()) {
            return true;
        }
        Optional<Entry> entry = ring.at(keyframe);
        return entry.isPresent() && ring.lagMillis(entry.get()) <= start.maxBehind().get().toMillis();
    }

    /**
     * Makes sure that the cursor stands at an entry, or behind the newest: jumps to the newest random access point if the writer has overtaken it,
     * or if it lags too far behind and there is a newer one ahead.
     *
     * @return the entry where it stands, or empty if there is nothing to read
     */
    Optional<Entry> settle() {
        while (next < ring.written()) {
            Optional<Entry> entry = next < ring.oldest() ? Optional.empty() : ring.at(next);
            if (entry.isPresent() && !(ring.newestRandomAccessPoint() > next && ring.lagMillis(entry.get()) > maxLagMillis)) {
                return entry;
            }
            jump(/* overtaken= */ entry.isEmpty());
        }
        return Optional.empty();
    }

    private void jump(boolean overtaken) {
        long keyframe = ring.newestRandomAccessPoint();
        long to = keyframe > next ? keyframe : ring.written();
        waitingForKeyframe = keyframe <= next;
        long frames = to - next;
        lost = lost.plus(overtaken ? new LostFrames(frames, 0, 0) : new LostFrames(0, frames, 0));
        next = to;
    }

    /** Whether the entry at a place is to be passed over, since its video cannot be decoded yet. */
    static boolean passesOver(Entry entry, boolean waitingForKeyframe) {
        return waitingForKeyframe && entry.frame().kind() == MediaKind.VIDEO && !FrameRing.isRandomAccessPoint(entry.frame());
    }

    void moveTo(long sequence, boolean stillWaiting) {
        next = sequence;
        waitingForKeyframe = stillWaiting;
    }

    long next() {
        return next;
    }

    boolean isWaitingForKeyframe() {
        return waitingForKeyframe;
    }

    void countUndecodable(long frames) {
        if (frames > 0) {
            lost = lost.plus(new LostFrames(0, 0, frames));
        }
    }

    /** What was lost since the last call. */
    LostFrames takeLost() {
        LostFrames taken = lost;
        lost = LostFrames.NONE;
        return taken;
    }
}
