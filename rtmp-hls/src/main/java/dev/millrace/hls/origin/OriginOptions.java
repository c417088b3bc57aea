package dev.millrace.hls.origin;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How an origin answers. Immutable.
 *
 * @param firstSegmentWait the longest time that a request is held for the first segment or an answer of the host; 0 to 5 minutes. Players
 *     often give up after 10 s themselves
 * @param maxWaiters requests that may wait for the playlist of one stream, and requests of all streams that may wait for the host; 0 or
 *     more. Further ones get 503
 * @param allowOrigin value of {@code Access-Control-Allow-Origin}; empty to send no such headers
 * @param maxViewers sessions that are counted, of all streams together; 0 or more, some 250 bytes each. Further ones are served, but not
 *     counted
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
public record OriginOptions(Duration firstSegmentWait, int maxWaiters, Optional<String> allowOrigin, int maxViewers) {

    private static final Duration MAX_WAIT = Duration.ofMinutes(5);

    /** 10 s, 10,000 waiters for each stream, pages of any origin, 100,000 viewers. */
    public static final OriginOptions DEFAULT = new OriginOptions(Duration.ofSeconds(10), 10_000, Optional.of("*"), 100_000);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a number is out of its range, or the origin is empty or has other characters than visible ASCII
     */
    public OriginOptions {
        Objects.requireNonNull(firstSegmentWait, "firstSegmentWait");
        if (firstSegmentWait.isNegative() || firstSegmentWait.compareTo(MAX_WAIT) > 0) {
            throw new IllegalArgumentException("firstSegmentWait " + firstSegmentWait + " is not 0 to " + MAX_WAIT);
        }
        if (maxWaiters < 0) {
            throw new IllegalArgumentException("maxWaiters " + maxWaiters + " is negative");
        }
        Objects.requireNonNull(allowOrigin, "allowOrigin");
        if (allowOrigin.isPresent() && !allowOrigin.get().matches("[!-~]+")) {
            throw new IllegalArgumentException("allowOrigin of " + allowOrigin.get().length() + " characters is not visible ASCII");
        }
        if (maxViewers < 0) {
            throw new IllegalArgumentException("maxViewers " + maxViewers + " is negative");
        }
    }
}
