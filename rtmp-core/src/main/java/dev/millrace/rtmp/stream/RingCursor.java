package dev.millrace.rtmp.stream;

import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.stream.FrameRing.Entry;
import java.time.Duration;
import java.util.Optional;

/**
 * Moves one subscriber through a ring: finds where it starts, and where it goes on after a loss. Confined to one thread
 * at a time.
 */
final class RingCursor {

    private static final long FIRST = 0;
    private static final Place BEFORE_START = Place.of(FIRST, /* waitingForKeyframe= */ true);

    private final FrameRing ring;
    private final long maxLagMillis;

    private Place place = BEFORE_START;
    private LostFrames lost = LostFrames.NONE;

    RingCursor(FrameRing ring, Duration maxLag) {
        this.ring = ring;
        this.maxLagMillis = maxLag.toMillis();
    }

    /**
     * Moves to the place where a subscriber starts, or starts again, with no headers sent: the first frame if that is
     * wanted and there; the newest random access point; the newest audio where there is no video; else live, with video
     * from the next random access point on.
     */
    void start(StartPosition start, boolean videoWanted, boolean videoKnown) {
        place = startingPlace(start, videoWanted, videoKnown);
    }

    private Place startingPlace(StartPosition start, boolean videoWanted, boolean videoKnown) {
        if (start.firstFrame() && isFirstFrameNear()) {
            return BEFORE_START;
        }
        long live = ring.written(); // read first: a keyframe that is written from now on is ahead
        long keyframe = ring.newestRandomAccessPoint();
        if (videoWanted && keyframe >= 0 && isNearEnough(keyframe, start)) {
            return Place.of(keyframe, /* waitingForKeyframe= */ false);
        }
        long audio = ring.newestAudio();
        return Place.of(audio >= 0 && !(videoWanted && videoKnown) ? audio : live, /* waitingForKeyframe= */ true);
    }

    /** Also true before the first frame is written, since frames may be written while the ring is looked at. */
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
     * Makes sure that the cursor is at an entry, or after the newest: jumps to the newest random access point if the
     * writer has overtaken it, or if it lags too far behind and there is a newer one ahead.
     *
     * @return the entry at the cursor, or empty if there is nothing to read
     */
    Optional<Entry> settle() {
        while (place.next() < ring.written()) {
            long next = place.next();
            Optional<Entry> entry = next < ring.oldest() ? Optional.empty() : ring.at(next);
            if (entry.isPresent() && !(ring.newestRandomAccessPoint() > next && ring.lagMillis(entry.get()) > maxLagMillis)) {
                return entry;
            }
            jump(/* overtaken= */ entry.isEmpty());
        }
        return Optional.empty();
    }

    private void jump(boolean overtaken) {
        long live = ring.written(); // read first: a keyframe that is written from now on is ahead
        long keyframe = ring.newestRandomAccessPoint();
        boolean ahead = keyframe > place.next();
        long to = ahead ? keyframe : live;
        long frames = to - place.next();
        lost = lost.plus(overtaken ? new LostFrames(frames, 0, 0) : new LostFrames(0, frames, 0));
        place = new Place(to, /* waitingForKeyframe= */ !ahead, place.sentHeaders());
    }

    /** Whether an entry is passed over because its video cannot be decoded yet. */
    static boolean passesOver(Entry entry, boolean waitingForKeyframe) {
        return waitingForKeyframe && entry.frame().kind() == MediaKind.VIDEO && !FrameRing.isRandomAccessPoint(entry.frame());
    }

    void moveTo(Place to) {
        place = to;
    }

    Place place() {
        return place;
    }

    void countUndecodable(long frames) {
        if (frames > 0) {
            lost = lost.plus(new LostFrames(0, 0, frames));
        }
    }

    /** Returns the losses since the last call. */
    LostFrames takeLost() {
        LostFrames taken = lost;
        lost = LostFrames.NONE;
        return taken;
    }
}
