package dev.millrace.rtmp.stream;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;

/** The subscribers of one stream, a pump for each executor that they live on. Thread-safe; waking takes no lock. */
final class Pumps {

    private static final Pump[] NONE = {};

    private final LiveStream stream;

    /** Copied when it changes, guarded by this object's lock. */
    private volatile Pump[] pumps = NONE;

    Pumps(LiveStream stream) {
        this.stream = stream;
    }

    synchronized void add(Subscription subscription, Executor executor) {
        Pump pump = pumpOn(executor);
        subscription.assign(pump);
        pump.add(subscription);
    }

    private Pump pumpOn(Executor executor) {
        for (Pump pump : pumps) {
            if (pump.runsOn(executor)) {
                return pump;
            }
        }
        Pump pump = new Pump(stream, executor);
        Pump[] more = Arrays.copyOf(pumps, pumps.length + 1);
        more[more.length - 1] = pump;
        pumps = more;
        return pump;
    }

    /** Whether it was there. */
    synchronized boolean remove(Subscription subscription) {
        Pump pump = subscription.pump();
        boolean removed = pump.remove(subscription);
        if (pump.size() == 0) {
            forget(pump);
        }
        return removed;
    }

    /** Forgets a pump whose executor runs nothing any more, and tells how many subscribers went with it. */
    synchronized int abandon(Pump pump) {
        forget(pump);
        return pump.size();
    }

    private void forget(Pump pump) {
        pumps = Arrays.stream(pumps).filter(other -> other != pump).toArray(Pump[]::new);
    }

    void wake() {
        for (Pump pump : pumps) {
            pump.wake();
        }
    }

    List<Subscription> subscriptions() {
        return Arrays.stream(pumps).flatMap(pump -> pump.subscriptions().stream()).toList();
    }

    int subscribers() {
        int subscribers = 0;
        for (Pump pump : pumps) {
            subscribers += pump.size();
        }
        return subscribers;
    }

    /** How many of them are sockets. */
    int players() {
        int players = 0;
        for (Pump pump : pumps) {
            players += pump.players();
        }
        return players;
    }
}
