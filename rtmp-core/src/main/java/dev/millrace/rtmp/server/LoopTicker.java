package dev.millrace.rtmp.server;

import dev.millrace.rtmp.connection.RtmpConnection;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One timer for all connections of one event loop, instead of one a connection. Confined to the loop. */
final class LoopTicker {

    private static final Logger LOG = LoggerFactory.getLogger(LoopTicker.class);
    private static final long PERIOD_MILLIS = 200;

    private final EventLoop loop;
    private final InstantSource clock;
    private final Set<RtmpConnection> connections = new LinkedHashSet<>();
    private Optional<Future<?>> timer = Optional.empty();

    LoopTicker(EventLoop loop, InstantSource clock) {
        this.loop = loop;
        this.clock = clock;
    }

    void add(RtmpConnection connection) {
        connections.add(connection);
        if (timer.isEmpty()) {
            timer = Optional.of(loop.scheduleWithFixedDelay(this::tick, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    void remove(RtmpConnection connection) {
        connections.remove(connection);
        if (connections.isEmpty()) {
            timer.ifPresent(running -> running.cancel(false));
            timer = Optional.empty();
        }
    }

    void tick() {
        long nowMillis = clock.millis();
        for (RtmpConnection connection : List.copyOf(connections)) {
            try {
                connection.transportListener().onTime(nowMillis);
            } catch (RuntimeException | Error e) {
                // The timer stops for ever if anything leaves from here, and with it the deadlines of all others.
                LOG.error("The deadlines of {} failed", connection, e);
            }
        }
    }
}
