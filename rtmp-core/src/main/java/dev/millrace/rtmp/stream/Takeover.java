package dev.millrace.rtmp.stream;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a publisher may take the name of another that still publishes. The old stream ends first.
 *
 * @param afterIdle how long the old publisher must have sent no media; empty for never
 */
public record Takeover(Optional<Duration> afterIdle) {

    /**
     * The second publisher is refused. The default, since otherwise any client that knows a name could end its stream.
     */
    public static final Takeover NEVER = new Takeover(Optional.empty());

    /** The second publisher wins. */
    public static final Takeover ALWAYS = new Takeover(Optional.of(Duration.ZERO));

    /** Checks for null. */
    public Takeover {
        Objects.requireNonNull(afterIdle, "afterIdle");
    }

    /**
     * The second publisher wins if the first has gone silent: an encoder that lost its network and comes back.
     *
     * @param atLeast how long the old one must have sent no media
     * @return the rule
     */
    public static Takeover ifIdle(Duration atLeast) {
        return new Takeover(Optional.of(atLeast));
    }

    boolean allows(Duration idle) {
        return afterIdle.isPresent() && idle.compareTo(afterIdle.get()) >= 0;
    }
}
