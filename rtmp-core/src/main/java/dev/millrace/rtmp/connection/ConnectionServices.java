package dev.millrace.rtmp.connection;

import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.SteadyClock;
import dev.millrace.rtmp.stream.StreamRegistry;
import io.netty.buffer.ByteBufAllocator;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * What all connections of a server share. Immutable.
 *
 * @param access who may do what
 * @param registry who owns which name
 * @param listener receives the events of connections; its exceptions are logged and counted
 * @param limits bounds on what peers can do
 * @param partialBytes what all connections together hold of messages that are not complete
 * @param allocator makes the buffers that are sent
 * @param random fills handshakes; used from all connections' threads
 * @param clock for deadlines; should be steady
 */
public record ConnectionServices(
        AccessPolicy access,
        StreamRegistry registry,
        RtmpListener listener,
        RtmpLimits limits,
        ByteBudget partialBytes,
        ByteBufAllocator allocator,
        RandomGenerator random,
        InstantSource clock) {

    /** Checks for null, and isolates the listener. */
    public ConnectionServices {
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(registry, "registry");
        listener = SafeListener.of(listener);
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(partialBytes, "partialBytes");
        Objects.requireNonNull(allocator, "allocator");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(clock, "clock");
    }

    /**
     * Returns how often the listener has thrown an exception.
     *
     * @return the number of failed calls
     */
    public long listenerFailures() {
        return SafeListener.of(listener).failures();
    }

    /**
     * Returns services with a budget for partial messages of an eighth of the largest heap, Netty's default allocator and a steady clock.
     *
     * @param access who may do what
     * @param registry who owns which name
     * @param listener receives the events of connections
     * @param limits bounds on what peers can do
     * @return new services
     */
    public static ConnectionServices create(AccessPolicy access, StreamRegistry registry, RtmpListener listener, RtmpLimits limits) {
        return new ConnectionServices(
                access,
                registry,
                listener,
                limits,
                new ByteBudget(Runtime.getRuntime().maxMemory() / 8),
                ByteBufAllocator.DEFAULT,
                new SecureRandom(),
                new SteadyClock());
    }
}
