package dev.millrace.hls.origin;

import dev.millrace.hls.packager.HlsSnapshot;
import dev.millrace.hls.packager.HlsStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The requests that wait for the first segment of one stream. The stream knows of this one thing only, so that it makes no difference to it
 * how many come and go. Thread-safe.
 */
final class FirstSegmentWait {

    private final HlsStream stream;
    private final int maxWaiters;

    /** Guarded by this, as are the next fields. */
    private final Map<Exchange, Consumer<Optional<HlsSnapshot>>> waiters = new LinkedHashMap<>();

    private boolean over;
    private Optional<HlsSnapshot> result = Optional.empty();

    FirstSegmentWait(HlsStream stream, int maxWaiters) {
        this.stream = stream;
        this.maxWaiters = maxWaiters;
    }

    boolean isFor(HlsStream other) {
        return stream == other;
    }

    /** Adds a request, unless it is over or too many wait. */
    synchronized boolean add(Exchange exchange, Consumer<Optional<HlsSnapshot>> whenOver) {
        return !over && waiters.size() < maxWaiters && waiters.put(exchange, whenOver) == null;
    }

    synchronized void remove(Exchange exchange) {
        waiters.remove(exchange);
    }

    synchronized boolean isOver() {
        return over;
    }

    /** How it ended: with a snapshot, or with none if the stream was given up. */
    synchronized Optional<HlsSnapshot> result() {
        return result;
    }

    synchronized int size() {
        return waiters.size();
    }

    /** Tells all who wait, once. */
    void end(Optional<HlsSnapshot> snapshot) {
        takeAll(snapshot).forEach(waiter -> waiter.accept(snapshot));
    }

    private synchronized Collection<Consumer<Optional<HlsSnapshot>>> takeAll(Optional<HlsSnapshot> snapshot) {
        over = true;
        result = snapshot;
        List<Consumer<Optional<HlsSnapshot>>> all = List.copyOf(waiters.values());
        waiters.clear();
        return all;
    }
}
