package dev.millrace.rtmp.server;

import dev.millrace.rtmp.ConnectionLimits;
import dev.millrace.rtmp.connection.ConnectionServices;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.TransportListener;
import dev.millrace.rtmp.transport.ChannelOwner;
import dev.millrace.rtmp.transport.LoopTickers;
import dev.millrace.rtmp.transport.NettyTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The connections of one server: who is in, who may come in, and their clock. Thread-safe. */
final class ServerConnections implements ChannelOwner {

    private static final String TOO_MANY_FROM_ADDRESS = "too many connections from one address";

    private final ConnectionServices services;
    private final ConnectionLimits limits;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<NettyTransport, RtmpConnection> open = new ConcurrentHashMap<>();
    /** Completed when a connection that was opened has notified everybody of its end. */
    private final Map<NettyTransport, CompletableFuture<Void>> ends = new ConcurrentHashMap<>();
    private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private final Map<NettyTransport, InetAddress> counted = new ConcurrentHashMap<>();
    private final LoopTickers tickers;

    /** Set before the connections are looked through, so that one that comes meanwhile is either among them or sees it. */
    private volatile boolean closing;

    ServerConnections(ConnectionServices services) {
        this.services = services;
        this.limits = services.limits().connections();
        this.tickers = new LoopTickers(services.clock());
    }

    private boolean takePlace() {
        if (count.incrementAndGet() > limits.maxConnections()) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    private void refuse(SocketAddress remoteAddress, String reason) {
        services.listener().onConnectionRefused(remoteAddress, reason);
    }

    @Override
    public Optional<TransportListener> open(NettyTransport transport) {
        if (!takePlace()) {
            refuse(transport.remoteAddress(), "too many connections");
            return Optional.empty();
        }
        RtmpConnection connection = RtmpConnection.open(transport, services);
        ends.put(transport, new CompletableFuture<>());
        open.put(transport, connection);
        tickers.add(transport, connection.transportListener());
        if (closing) {
            connection.shutDown();
        }
        return Optional.of(connection.transportListener());
    }

    /** Counts the connection against its address, unless it is one too many. */
    @Override
    public boolean admit(NettyTransport transport) {
        if (!(transport.remoteAddress() instanceof InetSocketAddress socket)
                || socket.getAddress() == null
                || socket.getAddress().isLoopbackAddress()) {
            return true;
        }
        InetAddress address = socket.getAddress();
        if (perAddress.merge(address, 1, Integer::sum) > limits.maxPerAddress()) {
            giveBack(address);
            refuse(socket, TOO_MANY_FROM_ADDRESS);
            open.get(transport).close(TOO_MANY_FROM_ADDRESS);
            return false;
        }
        counted.put(transport, address);
        return true;
    }

    private void giveBack(InetAddress address) {
        perAddress.computeIfPresent(address, (key, used) -> used == 1 ? null : used - 1);
    }

    /** Frees the place of the connection, which may still have to notify others. */
    @Override
    public void closed(NettyTransport transport) {
        if (open.remove(transport) == null) {
            return;
        }
        count.decrementAndGet();
        tickers.remove(transport);
        InetAddress address = counted.remove(transport);
        if (address != null) {
            giveBack(address);
        }
    }

    @Override
    public void ended(NettyTransport transport) {
        CompletableFuture<Void> end = ends.remove(transport);
        if (end != null) {
            end.complete(null);
        }
    }

    /** Has the deadlines of all connections checked now. */
    void tick() {
        tickers.tick();
    }

    Collection<RtmpConnection> all() {
        return List.copyOf(open.values());
    }

    /** Closes all of them. Completes when the last one has ended, which their close deadline bounds. */
    CompletableFuture<Void> shutDown() {
        closing = true;
        CompletableFuture<Void> allEnded = CompletableFuture.allOf(ends.values().toArray(CompletableFuture<?>[]::new));
        open.values().forEach(RtmpConnection::shutDown);
        return allEnded;
    }
}
