package dev.millrace.hls.origin;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The sessions of one stream. Changed by one thread at a time; {@link #size()} may be asked by others. */
final class StreamViewers {

    /** Expiry of each session, least recently seen first. */
    private final Map<String, Long> expiryMillis = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);

    private final AtomicInteger total;
    private volatile int size;

    StreamViewers(AtomicInteger total) {
        this.total = total;
    }

    void seen(String session, long nowMillis, long countsForMillis, int maxTotal) {
        removeExpired(nowMillis);
        if (expiryMillis.containsKey(session) || reserve(maxTotal)) {
            expiryMillis.put(session, nowMillis + countsForMillis);
        }
        size = expiryMillis.size();
    }

    private boolean reserve(int maxTotal) {
        return total.getAndUpdate(count -> count < maxTotal ? count + 1 : count) < maxTotal;
    }

    /** Returns this, or null if no session is left, as {@code Map.compute} needs. */
    StreamViewers withoutExpired(long nowMillis) {
        removeExpired(nowMillis);
        size = expiryMillis.size();
        return isEmpty() ? null : this;
    }

    private void removeExpired(long nowMillis) {
        Iterator<Long> oldest = expiryMillis.values().iterator();
        while (oldest.hasNext() && oldest.next() <= nowMillis) {
            oldest.remove();
            total.decrementAndGet();
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }
}
