package dev.millrace.rtmp.stream;

import dev.millrace.media.Scheduler;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.SteadyClock;
import io.netty.buffer.ByteBufAllocator;
import java.time.InstantSource;
import java.util.Objects;

/**
 * The resources that streams share. Immutable.
 *
 * @param ringBytes the budget of all rings together; a stream that writes while it is spent keeps one second
 * @param allocator allocates the buffers that go to sockets
 * @param clock the clock for the start of a stream and the time of its last frame
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
     * Creates resources with a quarter of the largest heap for rings, Netty's default allocator, a steady clock and the
     * shared scheduler.
     *
     * @return new resources with a budget of their own
     */
    public static StreamResources create() {
        return new StreamResources(
                new ByteBudget(Runtime.getRuntime().maxMemory() / 4), ByteBufAllocator.DEFAULT, new SteadyClock(), Scheduler.shared());
    }
}
