package dev.millrace.rtmp.transport;

import dev.millrace.rtmp.connection.TransportListener;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells connections the time, with one timer an event loop instead of one a connection. Thread-safe. */
public final class LoopTickers {

    private static final Logger LOG = LoggerFactory.getLogger(LoopTickers.class);
    private static final long PERIOD_MILLIS = 200;

    private final InstantSource clock;
    private final Map<EventLoop, LoopTicker> tickers = new ConcurrentHashMap<>();

    /**
     * Creates tickers without timers; each starts with the first connection of its loop.
     *
     * @param clock whose time connections are told
     */
    public LoopTickers(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Tells a connection the time from now on, five times a second.
     *
     * @param transport a channel on whose event loop this is called
     * @param listener is told
     */
    public void add(NettyTransport transport, TransportListener listener) {
        tickers.computeIfAbsent(transport.eventLoop(), LoopTicker::new).add(transport, listener);
    }

    /**
     * Tells a connection the time no longer.
     *
     * @param transport a channel on whose event loop this is called
     */
    public void remove(NettyTransport transport) {
        LoopTicker ticker = tickers.get(transport.eventLoop());
        if (ticker != null) {
            ticker.remove(transport);
        }
    }

    /** Has all connections told the time now, each on its event loop. */
    public void tick() {
        tickers.forEach((loop, ticker) -> loop.execute(ticker::tick));
    }

    /** The timer of one event loop. Confined to the loop. */
    private final class LoopTicker {

        private final EventLoop loop;
        private final Map<NettyTransport, TransportListener> listeners = new LinkedHashMap<>();
        private Optional<Future<?>> timer = Optional.empty();

        LoopTicker(EventLoop loop) {
            this.loop = loop;
        }

        void add(NettyTransport transport, TransportListener listener) {
            listeners.put(transport, listener);
            if (timer.isEmpty()) {
                timer = Optional.of(
                        loop.scheduleWithFixedDelay(this::tick, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS));
            }
        }

        void remove(NettyTransport transport) {
            listeners.remove(transport);
            if (listeners.isEmpty()) {
                timer.ifPresent(running -> running.cancel(false));
                timer = Optional.empty();
            }
        }

        void tick() {
            long nowMillis = clock.millis();
            for (Map.Entry<NettyTransport, TransportListener> connection : List.copyOf(listeners.entrySet())) {
                try {
                    connection.getValue().onTime(nowMillis);
                } catch (RuntimeException | Error e) {
                    // An exception would end the timer, and with it the deadlines of all others.
                    LOG.error("Deadlines failed remote={}", connection.getKey().remoteAddress(), e);
                }
            }
        }
    }
}
