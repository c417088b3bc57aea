package dev.millrace.liveserver.http;

import dev.millrace.media.EndReason;
import dev.millrace.rtmp.connection.CloseReason;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.stream.LiveStream;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Tracks publishers and counts connections. Keeps one entry for each publisher. Thread-safe. */
public final class RtmpClients implements RtmpListener {

    private final Map<LiveStream, RtmpConnection> publishers = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder opened = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** Makes an object that has heard nothing. */
    public RtmpClients() {}

    @Override
    public void onConnectionOpened(RtmpConnection connection) {
        open.incrementAndGet();
        opened.increment();
    }

    @Override
    public void onConnectionRefused(SocketAddress remoteAddress, String reason) {
        refused.increment();
    }

    @Override
    public void onConnectionClosed(RtmpConnection connection, CloseReason reason) {
        open.decrementAndGet();
    }

    @Override
    public void onPublishStarted(RtmpConnection connection, LiveStream stream) {
        publishers.put(stream, connection);
    }

    @Override
    public void onPublishStopped(RtmpConnection connection, LiveStream stream, EndReason reason) {
        publishers.remove(stream);
    }

    /** The connection that publishes a stream; empty if a program does. */
    Optional<RtmpConnection> publisherOf(LiveStream stream) {
        return Optional.ofNullable(publishers.get(stream));
    }

    int publishers() {
        return publishers.size();
    }

    int connections() {
        return open.get();
    }

    long openedConnections() {
        return opened.sum();
    }

    long refusedConnections() {
        return refused.sum();
    }
}
