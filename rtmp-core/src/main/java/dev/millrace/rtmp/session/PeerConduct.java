package dev.millrace.rtmp.session;

import dev.millrace.rtmp.RateLimit;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.SessionLimits;
import java.util.EnumMap;
import java.util.Map;

/** How much and how often a peer sends, measured by the limits of a session, and what of it had no effect. */
final class PeerConduct {

    private final SessionLimits limits;
    private final RateLimit commandRate;
    private final RateLimit controlRate;
    private final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);

    private boolean authorised;
    private int unauthorisedCommands;
    private int suspicious;
    private long skippedMessages;

    PeerConduct(SessionLimits limits) {
        this.limits = limits;
        this.commandRate = new RateLimit(limits.maxCommandsPerSecond());
        this.controlRate = new RateLimit(limits.maxControlsPerSecond());
    }

    void authorise() {
        authorised = true;
    }

    /** Counts the bytes before authorisation. */
    void checkBytes(long received) throws RtmpProtocolException {
        if (!authorised && received > limits.maxUnauthorisedBytes()) {
            throw new RtmpProtocolException(received + " bytes before authorisation exceed " + limits.maxUnauthorisedBytes());
        }
    }

    /** Counts one control message, or one without a byte. */
    void checkControl(long nowMillis) throws RtmpProtocolException {
        if (!controlRate.allows(nowMillis)) {
            throw new RtmpProtocolException("more than " + limits.maxControlsPerSecond() + " control or empty messages in a second");
        }
    }

    /** Counts one command. */
    void checkCommand(long nowMillis) throws RtmpProtocolException {
        if (!commandRate.allows(nowMillis)) {
            throw new RtmpProtocolException("more than " + limits.maxCommandsPerSecond() + " commands in a second");
        }
        unauthorisedCommands += authorised ? 0 : 1;
        if (unauthorisedCommands > limits.maxUnauthorisedCommands()) {
            throw new RtmpProtocolException("more than " + limits.maxUnauthorisedCommands() + " commands before authorisation");
        }
    }

    /** Counts a message that had no effect; too many of those that a sane peer never sends end the connection. */
    void skip(SkipReason reason) throws RtmpProtocolException {
        count(reason);
        if (reason == SkipReason.UNKNOWN_TYPE || reason == SkipReason.MALFORMED_COMMAND) {
            suspicious++;
            if (suspicious > limits.maxSkippedMessages()) {
                throw new RtmpProtocolException(
                        "more than " + limits.maxSkippedMessages() + " messages of unknown type or without a legal body");
            }
        }
    }

    /** Counts a message that had no effect. */
    void count(SkipReason reason) {
        skipped.merge(reason, 1L, Long::sum);
        skippedMessages++;
    }

    Map<SkipReason, Long> skipped() {
        return Map.copyOf(skipped);
    }

    long skippedMessages() {
        return skippedMessages;
    }
}
