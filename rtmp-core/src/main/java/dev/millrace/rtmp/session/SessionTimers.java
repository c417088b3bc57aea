package dev.millrace.rtmp.session;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** When the peer must have done the next thing, and when it is pinged. Times are those of the session's clock. */
final class SessionTimers {

    private static final long NEVER = Long.MAX_VALUE;

    private final long pingMillis;
    private long deadlineMillis = NEVER;
    private String expected = "";
    private long nextPingMillis = NEVER;

    SessionTimers(Duration ping) {
        this.pingMillis = ping.toMillis();
    }

    /** Replaces the deadline. */
    void expect(String what, Duration within, long nowMillis) {
        expected = what;
        deadlineMillis = nowMillis + within.toMillis();
    }

    void expectNothing() {
        deadlineMillis = NEVER;
    }

    /** Sets the next ping one interval from now. */
    void schedulePing(long nowMillis) {
        nextPingMillis = nowMillis + pingMillis;
    }

    boolean isPingDue(long nowMillis) {
        return nowMillis >= nextPingMillis;
    }

    /** Returns what the peer failed to do in time, if so. */
    Optional<String> overdue(long nowMillis) {
        return nowMillis >= deadlineMillis ? Optional.of(expected) : Optional.empty();
    }

    /** Returns the earlier of deadline and ping. */
    OptionalLong next() {
        long next = Math.min(deadlineMillis, nextPingMillis);
        return next == NEVER ? OptionalLong.empty() : OptionalLong.of(next);
    }
}
