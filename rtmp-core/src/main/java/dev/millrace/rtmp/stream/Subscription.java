package dev.millrace.rtmp.stream;

import dev.millrace.media.Cancellable;
import dev.millrace.media.EndReason;
import dev.millrace.media.MediaKind;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * A subscription of one subscriber to one stream. It has a position in the ring of the stream, and no queue.
 *
 * <p>Thread-safe. The effect of a method takes place on the subscriber's executor.
 */
public abstract sealed class Subscription implements Cancellable permits FrameSubscription, WireSubscription {

    private static final long NOWHERE = -1;
    private static final long MINUTE_MILLIS = 60_000;

    // A volatile write drains the processor's store buffer, which costs too much for a counter with thousands of players.
    private static final AtomicLongFieldUpdater<Subscription> FRAMES = AtomicLongFieldUpdater.newUpdater(Subscription.class, "frames");
    private static final AtomicLongFieldUpdater<Subscription> BYTES = AtomicLongFieldUpdater.newUpdater(Subscription.class, "bytes");
    private static final AtomicLongFieldUpdater<Subscription> POSITION = AtomicLongFieldUpdater.newUpdater(Subscription.class, "position");

    private final FanOut fanOut;
    private final StartPosition start;
    private volatile Optional<EndReason> cancelled = Optional.empty();

    /** Written under this object's lock. */
    private volatile Wants wanted;
    private volatile boolean paused;
    private volatile boolean restart = true;

    // Confined to the pump.
    final RingCursor cursor;
    /**
     * In force. A kind is turned off at once, and turned on by a restart only, since a restart sends its headers again.
     */
    private Wants wants;
    /** The value of {@code wanted} that {@code wants} is made of. */
    private Wants wantedBefore;
    private boolean behindLoss;
    private boolean catchingUp = true;
    /** Frames lost since the subscriber was last at the newest frame. */
    private long lostInARow;
    private int lossesInMinute;
    private long minute;

    // Written by the pump, read by any thread.
    private volatile long frames;
    private volatile long bytes;
    private volatile LostFrames lost = LostFrames.NONE;
    private volatile long position = NOWHERE;

    /** Set once, before the subscription is used. */
    private Pump pump;

    Subscription(FanOut fanOut, SubscribeOptions options) {
        this.fanOut = fanOut;
        this.start = options.start();
        this.wanted = Wants.of(options);
        this.wants = wanted;
        this.wantedBefore = wanted;
        this.cursor = new RingCursor(fanOut.ring(), fanOut.options().slow().maxLag());
    }

    final void assign(Pump to) {
        pump = to;
    }

    final Pump pump() {
        return pump;
    }

    /**
     * Delivers a batch of the frames that wait.
     *
     * @return true if more frames wait that could be delivered now
     */
    abstract boolean deliver(PumpRun run);

    abstract void gap(long lostFrames);

    /** Called after a loss when no frame waits any more. */
    abstract void caughtUp(long lostFrames);

    abstract void end(EndReason reason);

    /**
     * Delivers in one turn of the pump.
     *
     * @return true if more frames wait that could be delivered now
     */
    final boolean turn(PumpRun run) {
        if (paused) {
            return false;
        }
        if (restart) {
            restart = false;
            wantedBefore = wanted;
            wants = wantedBefore;
            cursor.start(position == NOWHERE ? start : start.again(), wants.video(), fanOut.isVideoKnown());
            behindLoss = false;
            catchingUp = true;
        }
        boolean more = deliver(run);
        long next = cursor.place().next();
        POSITION.lazySet(this, next);
        catchingUp &= next < run.limit();
        boolean pictureMissing = behindLoss && wants.video() && fanOut.isVideoKnown();
        if (lostInARow > 0 && next >= run.limit() && !pictureMissing) {
            long lostFrames = lostInARow;
            lostInARow = 0;
            caughtUp(lostFrames);
        }
        return more;
    }

    /** Whether nothing is left to deliver of a stream that is over. */
    final boolean isDrained(PumpRun run) {
        return paused || cursor.place().next() >= run.limit();
    }

    /** Moves on after a delivery that left out {@code passedOver} video messages that could not be decoded. */
    final void moveTo(Place to, int passedOver) {
        cursor.moveTo(to);
        if (behindLoss) {
            cursor.countUndecodable(passedOver);
        }
        behindLoss &= to.waitingForKeyframe();
    }

    final void count(int frameCount, long byteCount) {
        FRAMES.lazySet(this, frames + frameCount);
        BYTES.lazySet(this, bytes + byteCount);
    }

    /** Reports the losses since the last call, if there were any. */
    final void reportLoss() {
        LostFrames now = cursor.takeLost();
        if (now != LostFrames.NONE) {
            behindLoss = cursor.place().waitingForKeyframe();
            lostInARow += now.total();
            lost = lost.plus(now);
            fanOut.counters().lost(now);
            gap(now.total());
            if (now.total() > now.undecodable() && losesTooOften()) {
                cancel(EndReason.TOO_SLOW);
            }
        }
    }

    private boolean losesTooOften() {
        long thisMinute = Math.floorDiv(fanOut.resources().clock().millis(), MINUTE_MILLIS);
        lossesInMinute = thisMinute == minute ? lossesInMinute + 1 : 1;
        minute = thisMinute;
        return lossesInMinute > fanOut.options().slow().maxLossesPerMinute();
    }

    /** Whether the subscriber has not reached the newest frame since it started. */
    final boolean isCatchingUp() {
        return catchingUp;
    }

    final Wants wants() {
        Wants now = wanted;
        if (now != wantedBefore) {
            wantedBefore = now;
            wants = wants.and(now);
        }
        return wants;
    }

    final boolean isStopped() {
        return paused || cancelled.isPresent();
    }

    final Optional<EndReason> cancelled() {
        return cancelled;
    }

    /**
     * Pauses delivery, or resumes it as if the subscriber had just joined.
     *
     * @param now true to pause
     */
    public final void pause(boolean now) {
        if (paused && !now) {
            restart = true;
        }
        paused = now;
        wake();
    }

    /**
     * Turns audio or video on or off. Turning one on restarts the subscription as if the subscriber had just joined.
     *
     * @param kind audio or video; data cannot be turned off
     * @param delivered true to deliver messages of the kind
     */
    public final void receive(MediaKind kind, boolean delivered) {
        synchronized (this) {
            boolean before = wanted.includes(kind);
            wanted = wanted.with(kind, delivered);
            if (delivered && !before) {
                restart = true;
            }
        }
        wake();
    }

    /**
     * Checks again whether frames can be delivered. The owner of a sink must call it when the sink becomes writable.
     */
    public final void wake() {
        pump.wake();
    }

    /** Ends the subscription with {@link EndReason#CANCELLED}. Does nothing if it is over. */
    @Override
    public final void cancel() {
        cancel(EndReason.CANCELLED);
    }

    /**
     * Ends the subscription. Does nothing if it is over.
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
     * Returns the counters of the subscription.
     *
     * @return a snapshot
     */
    public final SubscriptionStatistics statistics() {
        FrameRing ring = fanOut.ring();
        long at = position == NOWHERE ? ring.written() : Math.max(position, ring.oldest());
        long waiting = Math.max(0, ring.written() - at);
        return new SubscriptionStatistics(frames, bytes, lost, waiting, ring.at(at).map(ring::lagMillis).orElse(0L));
    }
}
