package dev.millrace.rtmp.stream;

import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.StreamHeaders;
import dev.millrace.rtmp.ByteBudget;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The newest frames of a stream. One writer, which never waits; any number of readers, each with a position of its own.
 *
 * <p>Writing needs one thread at a time; everything else is safe from any thread. {@code written} is volatile, not
 * merely released: with the order "write, then wake" against "sleep, then read" a release store loses wake-ups.
 */
final class FrameRing {

    /**
     * A frame, its place, when it came on the clock of audio and video (the time of data is often 0), the headers that
     * hold for it, and what it is charged.
     */
    record Entry(long sequence, long millis, MediaFrame frame, StreamHeaders headers, long cost) {}

    /** What an entry costs beside the body of its message. */
    private static final int ENTRY_BYTES = 96;

    private static final long SPENT_WINDOW_MILLIS = 1_000;

    /** One second at the rate that fills {@link RingLimits#maxBytes()} in eight: times may stand still. */
    private static final int SPENT_PART = 8;

    private static final long NONE = -1;

    private final RingLimits limits;
    private final long windowMillis;
    private final ByteBudget budget;
    private final AtomicReferenceArray<Entry> slots;
    private final int mask;

    private volatile long written;
    /** Moved on before slots are emptied, so that a reader that finds an empty slot finds out why. */
    private volatile long oldest;

    private volatile long newestRandomAccessPoint = NONE;
    private volatile long newestAudio = NONE;
    private volatile long newestMillis;

    // The writer's own.
    private long bytes;
    private boolean mediaSeen;
    private StreamHeaders lastHeaders = StreamHeaders.EMPTY;

    FrameRing(RingLimits limits, ByteBudget budget) {
        this.limits = limits;
        this.windowMillis = limits.window().toMillis();
        this.budget = budget;
        int capacity = Integer.highestOneBit(limits.maxFrames()) << 1;
        this.slots = new AtomicReferenceArray<>(capacity);
        this.mask = capacity - 1;
    }

    void write(MediaFrame frame, StreamHeaders headers) {
        long sequence = written;
        boolean media = frame.kind() != MediaKind.DATA;
        if (media || !mediaSeen) {
            newestMillis = frame.timestampMillis();
        }
        mediaSeen |= media;
        long cost = cost(frame, headers);
        lastHeaders = headers;
        bytes += cost;
        boolean affordable = budget.take(cost);
        slots.setRelease((int) sequence & mask, new Entry(sequence, newestMillis, frame, headers, cost));
        if (isRandomAccessPoint(frame)) {
            newestRandomAccessPoint = sequence;
        } else if (frame.kind() == MediaKind.AUDIO && frame.trackId() == 0) {
            newestAudio = sequence;
        }
        written = sequence + 1;
        trim(sequence, affordable);
    }

    /** Decoding of the default video track can start here. */
    static boolean isRandomAccessPoint(MediaFrame frame) {
        return frame.isKeyframe() && frame.trackId() == 0;
    }

    /** The body, and the headers that nobody before it holds. */
    private long cost(MediaFrame frame, StreamHeaders headers) {
        long cost = (long) frame.size() + ENTRY_BYTES;
        for (MediaFrame header : headers.changesSince(lastHeaders)) {
            cost += header.size() + ENTRY_BYTES;
        }
        return cost;
    }

    /** Drops old entries, but never the newest. */
    private void trim(long newest, boolean affordable) {
        long first = oldest;
        int maxBytes = affordable ? limits.maxBytes() : limits.maxBytes() / SPENT_PART;
        while (first < newest) {
            Entry entry = slots.getPlain((int) first & mask);
            boolean tooMuch = bytes > maxBytes || newest - first >= limits.maxFrames();
            boolean wanted = affordable
                    ? newestRandomAccessPoint != NONE && first >= newestRandomAccessPoint || lagMillis(entry) <= windowMillis
                    : lagMillis(entry) <= SPENT_WINDOW_MILLIS;
            if (!tooMuch && wanted) {
                return;
            }
            if (first == newestRandomAccessPoint) {
                newestRandomAccessPoint = NONE;
            }
            oldest = ++first;
            slots.setRelease((int) (first - 1) & mask, null);
            bytes -= entry.cost();
            budget.giveBack(entry.cost());
        }
    }

    /** How far from the newest audio or video an entry lies. */
    long lagMillis(Entry entry) {
        return Math.abs(newestMillis - entry.millis());
    }

    /**
     * Gives the bytes back to the budget; readers may go on, and what they hold is collected with them. Writer only;
     * nothing is written then.
     */
    void giveBack() {
        budget.giveBack(bytes);
        bytes = 0;
    }

    /** The entry at a place, or empty if it is not there any more, or not yet. */
    Optional<Entry> at(long sequence) {
        Entry entry = slots.getAcquire((int) sequence & mask);
        return entry != null && entry.sequence() == sequence ? Optional.of(entry) : Optional.empty();
    }

    /** The place behind the newest entry. */
    long written() {
        return written;
    }

    /** The place of the oldest entry. */
    long oldest() {
        return oldest;
    }

    /** The newest random access point that is still there, or a negative number. */
    long newestRandomAccessPoint() {
        return stillThere(newestRandomAccessPoint);
    }

    /** The newest audio of the default track that is still there, or a negative number. */
    long newestAudio() {
        return stillThere(newestAudio);
    }

    private long stillThere(long sequence) {
        return sequence >= oldest ? sequence : NONE;
    }

    /** What the ring holds. Exact on the writer's thread only. */
    long bytes() {
        return bytes;
    }
}
