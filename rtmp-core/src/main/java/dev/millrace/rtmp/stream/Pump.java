package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the subscribers of one stream that share an executor. It is woken once for any number of frames and
 * subscribers.
 *
 * <p>{@code wakeUps} counts how often it was woken since it last slept. A run takes note of the count first and reads
 * the ring then, so what was written before a wake-up is either seen by this run, or keeps the count above what is
 * taken away at its end and so causes another run. Two runs never overlap, even on an executor with many threads.
 */
final class Pump implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Pump.class);
    private static final Subscription[] NOBODY = {};

    private final FanOut fanOut;
    private final Executor executor;
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final JoinImages joinImages = new JoinImages();

    /** Copied when it changes, guarded by the lock of the fan-out. */
    private volatile Subscription[] subscriptions = NOBODY;

    Pump(FanOut fanOut, Executor executor) {
        this.fanOut = fanOut;
        this.executor = executor;
    }

    boolean runsOn(Executor other) {
        return executor == other;
    }

    void add(Subscription subscription) {
        Subscription[] more = Arrays.copyOf(subscriptions, subscriptions.length + 1);
        more[more.length - 1] = subscription;
        subscriptions = more;
    }

    /** Whether it was there. */
    boolean remove(Subscription subscription) {
        Subscription[] all = subscriptions;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == subscription) {
                Subscription[] fewer = Arrays.copyOf(all, all.length - 1);
                System.arraycopy(all, i + 1, fewer, i, fewer.length - i);
                subscriptions = fewer;
                return true;
            }
        }
        return false;
    }

    List<Subscription> subscriptions() {
        return List.of(subscriptions);
    }

    int size() {
        return subscriptions.length;
    }

    int players() {
        int players = 0;
        for (Subscription subscription : subscriptions) {
            players += subscription instanceof WireSubscription ? 1 : 0;
        }
        return players;
    }

    void wake() {
        if (wakeUps.getAndIncrement() == 0) {
            submit();
        }
    }

    private void submit() {
        try {
            executor.execute(this);
        } catch (RuntimeException e) {
            LOG.debug("An executor of {} refused, its subscribers are removed", fanOut.name(), e);
            fanOut.abandon(this);
            joinImages.clear(); // no run is under way, and none will be
        }
    }

    @Override
    public void run() {
        int seen = wakeUps.get();
        boolean more = false;
        // Before the ring is read: a stream that is over by now has no more frames than the ring has.
        Optional<EndReason> streamEnd = fanOut.endReason();
        try (PumpRun run = new PumpRun(fanOut, joinImages)) {
            for (Subscription subscription : subscriptions) {
                more |= serve(subscription, run, streamEnd);
            }
        } finally {
            if (subscriptions.length == 0) {
                joinImages.clear();
            }
            if (more || wakeUps.addAndGet(-seen) != 0) {
                submit();
            }
        }
    }

    private boolean serve(Subscription subscription, PumpRun run, Optional<EndReason> streamEnd) {
        Optional<EndReason> end = subscription.cancelled();
        boolean more = false;
        if (end.isEmpty()) {
            try {
                more = subscription.turn(run);
            } catch (RuntimeException | Error e) {
                LOG.warn("A subscriber of {} failed and is removed", fanOut.name(), e);
                end = Optional.of(EndReason.FAILED);
                fanOut.counters().subscriberFailed();
            }
        }
        if (end.isEmpty() && subscription.isDrained(run)) {
            end = streamEnd;
        }
        if (end.isEmpty()) {
            return more;
        }
        finish(subscription, end.get());
        return false;
    }

    private void finish(Subscription subscription, EndReason reason) {
        if (!fanOut.remove(subscription)) {
            return;
        }
        try {
            subscription.end(reason);
        } catch (RuntimeException | Error e) {
            LOG.warn("A subscriber of {} failed at its end", fanOut.name(), e);
        }
    }
}
