package dev.millrace.rtmp.session;

import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.chunk.ChunkMessage;
import io.netty.buffer.ByteBufAllocator;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What a session needs from outside. Immutable.
 *
 * @param limits bounds on the peer
 * @param partialBytes what all sessions together may hold of messages that are not complete
 * @param allocator makes the buffers of {@link RtmpSession#takeOutput()}
 * @param random fills the handshake
 * @param messageLog sees every message that arrives, before it is understood; must not change or keep the payload
 */
public record SessionOptions(
        RtmpLimits limits,
        ByteBudget partialBytes,
        ByteBufAllocator allocator,
        RandomGenerator random,
        Consumer<ChunkMessage> messageLog) {

    /** Checks for null. */
    public SessionOptions {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(partialBytes, "partialBytes");
        Objects.requireNonNull(allocator, "allocator");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(messageLog, "messageLog");
    }

    /**
     * Options for a session that shares nothing with others, and without a log.
     *
     * @param limits bounds on the peer
     * @param allocator makes the buffers of output
     * @param random fills the handshake
     * @return the options
     */
    public static SessionOptions of(RtmpLimits limits, ByteBufAllocator allocator, RandomGenerator random) {
        return new SessionOptions(limits, new ByteBudget(limits.chunks().maxPartialBytes()), allocator, random, message -> {});
    }
}
