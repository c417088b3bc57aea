package dev.millrace.rtmp.stream;

import dev.millrace.media.Scheduler;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.SteadyClock;
import io.netty.buffer.ByteBufAllocator;
import java.time.InstantSource;
import java.util.Objects;

/**
 * What streams need from outside and share. Immutable.
 *
 * @param ringBytes what all rings together may hold; a stream that writes while it is spent keeps one second
 * @param allocator makes the buffers that go to sockets
 * @param clock tells when a stream began and when its last frame came
 * @param scheduler wakes subscribers after {@link StreamOptions#audioDelay()} and {@link StreamOptions#mergeWindow()}
 */
public record StreamResources(ByteBudget ringBytes, ByteBufAllocator allocator, InstantSource clock, Scheduler scheduler) {

    /** Checks for null. */
    public StreamResources {
        Objects.requireNonNull(ringBytes, "ringBytes");
        Objects.requireNonNull(allocator, "allocator");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(scheduler, "scheduler");
    }

    /**
     * A quarter of the largest heap for rings, Netty's default allocator, a steady clock and the shared scheduler.
     *
     * @return new resources, with a budget of their own
     */
    public static StreamResources create() {
        return new StreamResources(
                new ByteBudget(Runtime.getRuntime().maxMemory() / 4), ByteBufAllocator.DEFAULT, new SteadyClock(), Scheduler.shared());
    }
}
