package dev.millrace.hls.origin;

import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the viewers of streams. A viewer is a session with a recent request. Thread-safe. */
final class Viewers {

    /** Characters of a session id that are kept; players send UUIDs of 36 characters. */
    private static final int MAX_ID_CHARS = 64;

    /** Interval in which streams without requests are cleaned up. */
    private static final long SWEEP_MILLIS = 10_000;

    private final ConcurrentMap<String, StreamViewers> streams = new ConcurrentHashMap<>();
    private final AtomicInteger total = new AtomicInteger();
    private final int maxViewers;

    /** Guarded by this. */
    private long nextSweepMillis = Long.MIN_VALUE;

    Viewers(int maxViewers) {
        this.maxViewers = maxViewers;
    }

    /** Records a request for an existing stream. The session counts for the given seconds from now on. */
    void seen(String streamPath, HlsRequest request, Instant now, long seconds) {
        long nowMillis = now.toEpochMilli();
        sweep(nowMillis);
        String session = session(request);
        streams.compute(streamPath, (path, known) -> {
            StreamViewers viewers = known == null ? new StreamViewers(total) : known;
            viewers.seen(session, nowMillis, seconds * 1_000, maxViewers);
            return viewers.isEmpty() ? null : viewers;
        });
    }

    int count(String streamPath, Instant now) {
        StreamViewers left = streams.computeIfPresent(streamPath, (path, viewers) -> viewers.withoutExpired(now.toEpochMilli()));
        return left == null ? 0 : left.size();
    }

    int total() {
        return total.get();
    }

    private void sweep(long nowMillis) {
        synchronized (this) {
            if (nowMillis < nextSweepMillis) {
                return;
            }
            nextSweepMillis = nowMillis + SWEEP_MILLIS;
        }
        streams.keySet().forEach(path -> streams.computeIfPresent(path, (same, viewers) -> viewers.withoutExpired(nowMillis)));
    }

    /** Apple's players send an id. The letter in front keeps ids and addresses apart. */
    private static String session(HlsRequest request) {
        return request.header("x-playback-session-id")
                .map(id -> "s" + cut(id))
                .orElseGet(() -> "a" + Integer.toHexString(request.header("user-agent").orElse("").hashCode()) + "|"
                        + cut(request.remoteAddress().orElse("")));
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), MAX_ID_CHARS));
    }
}
