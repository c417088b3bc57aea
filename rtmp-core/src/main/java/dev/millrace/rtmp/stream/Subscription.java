package dev.millrace.rtmp.stream;

import dev.millrace.media.Cancellable;
import dev.millrace.media.EndReason;
import dev.millrace.media.MediaKind;
import dev.millrace.media.StreamHeaders;
import dev.millrace.rtmp.stream.SubscribeOptions.Tracks;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * One subscriber of one stream. Holds a place in the stream's ring, never a queue.
 *
 * <p>Thread-safe; what a method asks for is done on the subscriber's executor.
 */
public abstract sealed class Subscription implements Cancellable permits FrameSubscription, WireSubscription {

    private static final long NOWHERE = -1;
    private static final long MINUTE_MILLIS = 60_000;

    // A volatile write waits until all before it has left the processor's store buffer: too dear for a counter, with thousands of players.
    private static final AtomicLongFieldUpdater<Subscription> FRAMES = AtomicLongFieldUpdater.newUpdater(Subscription.class, "frames");
    private static final AtomicLongFieldUpdater<Subscription> BYTES = AtomicLongFieldUpdater.newUpdater(Subscription.class, "bytes");
    private static final AtomicLongFieldUpdater<Subscription> POSITION = AtomicLongFieldUpdater.newUpdater(Subscription.class, "position");

    private final LiveStream stream;
    private final SubscribeOptions options;
    private volatile Optional<EndReason> cancelled = Optional.empty();

    private volatile boolean audioWanted;
    private volatile boolean videoWanted;
    private volatile boolean paused;
    private volatile boolean restart = true;

    // Confined to the pump.
    final RingCursor cursor;
    /** What is wanted is turned on by a restart only, since then its headers are sent again. */
    private boolean audio;
    private boolean video;
    private StreamHeaders sentHeaders = StreamHeaders.EMPTY;
    private boolean behindLoss;
    private boolean catchingUp = true;
    /** Lost since it last had caught up. */
    private long lostInARow;
    private int lossesInMinute;
    private long minute;

    // Written by the pump, read by anybody.
    private volatile long frames;
    private volatile long bytes;
    private volatile LostFrames lost = LostFrames.NONE;
    private volatile long position = NOWHERE;

    /** Set before the subscription is used, and never again. */
    private Pump pump;

    Subscription(LiveStream stream, SubscribeOptions options) {
        this.stream = stream;
        this.options = options;
        this.audioWanted = options.audio();
        this.videoWanted = options.video();
        this.cursor = new RingCursor(stream.ring(), stream.options().slow().maxLag());
    }

    final void assign(Pump to) {
        pump = to;
    }

    final Pump pump() {
        return pump;
    }

    /**
     * Delivers a batch of what waits.
     *
     * @return whether more waits that could be delivered now
     */
    abstract boolean deliver(PumpRun run);

    abstract void gap(long lostFrames);

    /** Nothing waits any more, behind a loss. */
    abstract void caughtUp(long lostFrames);

    abstract void end(EndReason reason);

    /**
     * One turn of the pump.
     *
     * @return whether more waits that could be delivered now
     */
    final boolean turn(PumpRun run) {
        if (paused) {
            return false;
        }
        if (restart) {
            restart = false;
            sentHeaders = StreamHeaders.EMPTY;
            audio = audioWanted;
            video = videoWanted;
            StartPosition start = position == NOWHERE ? options.start() : options.start().again();
            cursor.start(start, video, stream.isVideoKnown());
            behindLoss = false;
            catchingUp = true;
        }
        boolean more = deliver(run);
        POSITION.lazySet(this, cursor.next());
        catchingUp &= cursor.next() < run.limit();
        boolean pictureMissing = behindLoss && video && stream.isVideoKnown();
        if (lostInARow > 0 && cursor.next() >= run.limit() && !pictureMissing) {
            long lostFrames = lostInARow;
            lostInARow = 0;
            caughtUp(lostFrames);
        }
        return more;
    }

    /** Whether there is nothing left to deliver of a stream that is over. */
    final boolean isDrained(PumpRun run) {
        return paused || cursor.next() >= run.limit();
    }

    /** Moves on behind what was delivered. */
    final void delivered(long to, boolean waiting, StreamHeaders sent, int passedOver, int frameCount, long byteCount) {
        cursor.moveTo(to, waiting);
        sentHeaders = sent;
        if (behindLoss) {
            cursor.countUndecodable(passedOver);
        }
        behindLoss &= waiting;
        add(frameCount, byteCount);
    }

    /** Tells of a loss, if there was one. */
    final void reportLoss() {
        LostFrames now = cursor.takeLost();
        if (now != LostFrames.NONE) {
            behindLoss = cursor.isWaitingForKeyframe();
            lostInARow += now.total();
            lost = lost.plus(now);
            stream.counters().lost(now);
            gap(now.total());
            if (now.total() > now.undecodable() && losesTooOften()) {
                cancel(EndReason.TOO_SLOW);
            }
        }
    }

    private boolean losesTooOften() {
        long thisMinute = Math.floorDiv(stream.resources().clock().millis(), MINUTE_MILLIS);
        lossesInMinute = thisMinute == minute ? lossesInMinute + 1 : 1;
        minute = thisMinute;
        return lossesInMinute > stream.options().slow().maxLossesPerMinute();
    }

    private void add(int frameCount, long byteCount) {
        FRAMES.lazySet(this, frames + frameCount);
        BYTES.lazySet(this, bytes + byteCount);
    }

    /** On its way from where it started to live. */
    final boolean isCatchingUp() {
        return catchingUp;
    }

    final StreamHeaders sentHeaders() {
        return sentHeaders;
    }

    final boolean wantsAudio() {
        return audio && audioWanted;
    }

    final boolean wantsVideo() {
        return video && videoWanted;
    }

    final Tracks tracks() {
        return options.tracks();
    }

    final boolean isStopped() {
        return paused || cancelled.isPresent();
    }

    final Optional<EndReason> cancelled() {
        return cancelled;
    }

    /**
     * The stream.
     *
     * @return the same object at each call
     */
    public final LiveStream stream() {
        return stream;
    }

    /**
     * Stops delivery, or goes on as if the subscriber had just joined.
     *
     * @param now true to stop
     */
    public final void pause(boolean now) {
        if (paused && !now) {
            restart = true;
        }
        paused = now;
        wake();
    }

    /**
     * Turns audio or video on or off. What is turned on starts as if the subscriber had just joined.
     *
     * @param kind audio or video; data cannot be turned off
     * @param wanted true to deliver
     */
    public final void receive(MediaKind kind, boolean wanted) {
        boolean before = true;
        if (kind == MediaKind.AUDIO) {
            before = audioWanted;
            audioWanted = wanted;
        } else if (kind == MediaKind.VIDEO) {
            before = videoWanted;
            videoWanted = wanted;
        }
        if (wanted && !before) {
            restart = true;
        }
        wake();
    }

    /** Looks again whether something can be delivered: to be called when a sink that was not writable is so again. */
    public final void wake() {
        pump.wake();
    }

    /** Leaves the stream. Does nothing if it is over. */
    @Override
    public final void cancel() {
        cancel(EndReason.CANCELLED);
    }

    /**
     * Leaves the stream. Does nothing if it is over.
     *
     * @param reason told to the subscriber
     */
    public final void cancel(EndReason reason) {
        synchronized (this) {
            if (cancelled.isPresent()) {
                return;
            }
            cancelled = Optional.of(reason);
        }
        wake();
    }

    /**
     * Counters.
     *
     * @return a snapshot
     */
    public final SubscriptionStatistics statistics() {
        FrameRing ring = stream.ring();
        long at = position == NOWHERE ? ring.written() : Math.max(position, ring.oldest());
        long waiting = Math.max(0, ring.written() - at);
        return new SubscriptionStatistics(frames, bytes, lost, waiting, ring.at(at).map(ring::lagMillis).orElse(0L));
    }
}
