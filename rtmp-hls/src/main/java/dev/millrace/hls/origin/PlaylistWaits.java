package dev.millrace.hls.origin;

import dev.millrace.hls.packager.HlsSnapshot;
import dev.millrace.hls.packager.HlsStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * Holds requests until the playlist of their stream has what they ask for. A stream is asked for one snapshot at a time, however many
 * requests wait. Keeps something only of streams that are waited for, and nothing of requests that are answered, be it because of their
 * deadline or because the client has gone. Thread-safe.
 */
final class PlaylistWaits {

    private static final long NO_VERSION = -1;

    private final ConcurrentMap<String, StreamWait> waits = new ConcurrentHashMap<>();
    private final Answers answers;
    private final int maxWaiters;

    /**
     * Creates an object that holds nothing.
     *
     * @param maxWaiters requests that may wait for one stream; one more is answered with 503
     */
    PlaylistWaits(Answers answers, int maxWaiters) {
        this.answers = answers;
        this.maxWaiters = maxWaiters;
    }

    /**
     * Takes the next step with a snapshot that has a position, at once if there is one. Answers the request itself with 404 if the stream
     * is given up before, with 503 if too many wait.
     *
     * @param position what the playlist must have; empty for any segment
     */
    void await(
            String streamPath, HlsStream stream, Optional<PlaylistPosition> position, Exchange exchange, Consumer<HlsSnapshot> step) {
        Waiter waiter = new Waiter(position, exchange, step);
        Optional<HlsSnapshot> now = stream.snapshot();
        while (!isTaken(now, waiter)) {
            StreamWait wait = waitOf(streamPath, stream, now);
            switch (wait.add(waiter)) {
                case WAITS -> {
                    exchange.answer().whenComplete((response, failure) -> wait.remove(exchange));
                    return;
                }
                case TOO_MANY -> {
                    exchange.answer(answers.unavailable("too many requests wait for this stream"));
                    return;
                }
                case GIVEN_UP -> {
                    waiter.notFound();
                    return;
                }
                case CHANGED -> now = wait.newest();
            }
        }
    }

    private static boolean isTaken(Optional<HlsSnapshot> snapshot, Waiter waiter) {
        boolean isReached = snapshot.filter(waiter::isReached).isPresent();
        if (isReached) {
            waiter.goOn(snapshot.get());
        }
        return isReached;
    }

    private StreamWait waitOf(String streamPath, HlsStream stream, Optional<HlsSnapshot> seen) {
        StreamWait mine = new StreamWait(streamPath, stream);
        StreamWait wait = waits.compute(streamPath, (path, known) -> known != null && known.stream == stream ? known : mine);
        if (wait == mine) {
            wait.next(seen.map(HlsSnapshot::version).orElse(NO_VERSION));
        }
        return wait;
    }

    /** How many streams are waited for. */
    int streams() {
        return waits.size();
    }

    /** How many requests wait. */
    int waiting() {
        return waits.values().stream().mapToInt(StreamWait::size).sum();
    }

    private enum Outcome {
        WAITS,
        TOO_MANY,
        GIVEN_UP,
        /** There is a newer snapshot to look at. */
        CHANGED
    }

    /** A request that waits. */
    private final class Waiter {

        private final Optional<PlaylistPosition> position;
        private final Exchange exchange;
        private final Consumer<HlsSnapshot> step;

        private Waiter(Optional<PlaylistPosition> position, Exchange exchange, Consumer<HlsSnapshot> step) {
            this.position = position;
            this.exchange = exchange;
            this.step = step;
        }

        private boolean isReached(HlsSnapshot snapshot) {
            return position.map(wanted -> wanted.isReached(snapshot.media())).orElse(true);
        }

        private void goOn(HlsSnapshot snapshot) {
            exchange.run(() -> step.accept(snapshot));
        }

        private void notFound() {
            exchange.answer(answers.notFound());
        }
    }

    /** The requests that wait for one stream. */
    private final class StreamWait {

        private final String streamPath;
        private final HlsStream stream;

        /** Guarded by this, as are the next fields. */
        private final Map<Exchange, Waiter> waiters = new LinkedHashMap<>();

        /** The newest that was waited for. */
        private Optional<HlsSnapshot> newest = Optional.empty();

        private boolean over;
        private boolean givenUp;

        private StreamWait(String streamPath, HlsStream stream) {
            this.streamPath = streamPath;
            this.stream = stream;
        }

        /** Waits for a snapshot that is newer than a version. */
        private void next(long version) {
            try {
                stream.snapshotAfter(version).whenComplete((snapshot, failure) -> {
                    if (failure == null && snapshot.version() > version) {
                        show(snapshot);
                    } else {
                        giveUp();
                    }
                });
            } catch (RuntimeException | Error e) {
                giveUp();
                throw e;
            }
        }

        private void show(HlsSnapshot snapshot) {
            List<Waiter> reached = new ArrayList<>();
            boolean goesOn;
            synchronized (this) {
                newest = Optional.of(snapshot);
                Iterator<Waiter> all = waiters.values().iterator();
                while (all.hasNext()) {
                    Waiter waiter = all.next();
                    if (waiter.isReached(snapshot)) {
                        reached.add(waiter);
                        all.remove();
                    }
                }
                goesOn = !waiters.isEmpty();
                over = !goesOn;
            }
            if (goesOn) {
                next(snapshot.version());
            } else {
                waits.remove(streamPath, this);
            }
            reached.forEach(waiter -> waiter.goOn(snapshot));
        }

        private void giveUp() {
            List<Waiter> all;
            synchronized (this) {
                over = true;
                givenUp = true;
                all = List.copyOf(waiters.values());
                waiters.clear();
            }
            waits.remove(streamPath, this);
            all.forEach(Waiter::notFound);
        }

        private synchronized Outcome add(Waiter waiter) {
            if (givenUp) {
                return Outcome.GIVEN_UP;
            }
            if (over || newest.filter(waiter::isReached).isPresent()) {
                return Outcome.CHANGED;
            }
            if (waiters.size() >= maxWaiters) {
                return Outcome.TOO_MANY;
            }
            waiters.put(waiter.exchange, waiter);
            return Outcome.WAITS;
        }

        private synchronized void remove(Exchange exchange) {
            waiters.remove(exchange);
        }

        private synchronized Optional<HlsSnapshot> newest() {
            return newest;
        }

        private synchronized int size() {
            return waiters.size();
        }
    }
}
