package dev.millrace.rtmp.server;

import dev.millrace.rtmp.ConnectionLimits;
import dev.millrace.rtmp.connection.ConnectionServices;
import dev.millrace.rtmp.connection.RtmpConnection;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The connections of one server: who is in, who may come in, and their clock. Thread-safe. */
final class ServerConnections {

    static final String TOO_MANY_FROM_ADDRESS = "too many connections from one address";

    private final ConnectionServices services;
    private final ConnectionLimits limits;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<RtmpConnection> open = ConcurrentHashMap.newKeySet();
    /** Of each connection that was opened and has not told everybody that it is closed. */
    private final Map<RtmpConnection, CompletableFuture<Void>> ends = new ConcurrentHashMap<>();
    private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private final Map<RtmpConnection, InetAddress> counted = new ConcurrentHashMap<>();
    private final Map<EventLoop, LoopTicker> tickers = new ConcurrentHashMap<>();

    /** Set before the connections are looked through, so that one that comes meanwhile is either among them or sees it. */
    private volatile boolean closing;

    ServerConnections(ConnectionServices services) {
        this.services = services;
        this.limits = services.limits().connections();
    }

    /** Takes one of the places, of which {@link #open} makes use; false if there is none. */
    boolean takePlace() {
        if (count.incrementAndGet() > limits.maxConnections()) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    void refuse(SocketAddress remoteAddress, String reason) {
        services.listener().onConnectionRefused(remoteAddress, reason);
    }

    RtmpConnection open(NettyTransport transport) {
        RtmpConnection connection = RtmpConnection.open(transport, services);
        ends.put(connection, new CompletableFuture<>());
        open.add(connection);
        tickerOf(transport).add(connection);
        if (closing) {
            connection.shutDown();
        }
        return connection;
    }

    /** Counts the connection against its address, unless it is one too many. */
    boolean admit(NettyTransport transport, RtmpConnection connection) {
        if (!(transport.remoteAddress() instanceof InetSocketAddress socket)
                || socket.getAddress() == null
                || socket.getAddress().isLoopbackAddress()) {
            return true;
        }
        InetAddress address = socket.getAddress();
        if (perAddress.merge(address, 1, Integer::sum) > limits.maxPerAddress()) {
            giveBack(address);
            refuse(socket, TOO_MANY_FROM_ADDRESS);
            return false;
        }
        counted.put(connection, address);
        return true;
    }

    private void giveBack(InetAddress address) {
        perAddress.computeIfPresent(address, (key, used) -> used == 1 ? null : used - 1);
    }

    /** No longer counts; it may still have to tell others. */
    void closed(NettyTransport transport, RtmpConnection connection) {
        if (!open.remove(connection)) {
            return;
        }
        count.decrementAndGet();
        tickerOf(transport).remove(connection);
        InetAddress address = counted.remove(connection);
        if (address != null) {
            giveBack(address);
        }
    }

    /** Nothing more comes of it. */
    void ended(RtmpConnection connection) {
        CompletableFuture<Void> end = ends.remove(connection);
        if (end != null) {
            end.complete(null);
        }
    }

    private LoopTicker tickerOf(NettyTransport transport) {
        return tickers.computeIfAbsent(transport.channel().eventLoop(), loop -> new LoopTicker(loop, services.clock()));
    }

    /** Has the deadlines of all looked at now, each on its event loop. */
    void tick() {
        tickers.forEach((loop, ticker) -> loop.execute(ticker::tick));
    }

    Collection<RtmpConnection> all() {
        return List.copyOf(open);
    }

    /** Closes all of them. Completes when the last one has ended, which their close deadline bounds. */
    CompletableFuture<Void> shutDown() {
        closing = true;
        CompletableFuture<Void> allEnded = CompletableFuture.allOf(ends.values().toArray(CompletableFuture<?>[]::new));
        open.forEach(RtmpConnection::shutDown);
        return allEnded;
    }
}
