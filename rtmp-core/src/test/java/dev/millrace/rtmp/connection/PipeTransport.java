package dev.millrace.rtmp.connection;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;

/** A transport in memory. What was flushed waits until the peer takes it; how much may wait is a number. */
final class PipeTransport implements Transport {

    private final Executor executor;
    private final Deque<ByteBuf> unflushed = new ArrayDeque<>();
    private final Deque<ByteBuf> flushed = new ArrayDeque<>();

    int highWaterBytes = 1 << 20;
    int lowWaterBytes = 256 << 10;
    boolean reading = true;
    boolean closing;
    boolean closed;
    long writtenBytes;
    long mostPendingBytes;
    private boolean writable = true;
    private TransportListener listener;

    PipeTransport(Executor executor) {
        this.executor = executor;
    }

    void tell(TransportListener to) {
        listener = to;
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public void write(ByteBuf bytes) {
        if (closed) {
            bytes.release();
            return;
        }
        writtenBytes += bytes.readableBytes();
        unflushed.add(bytes);
        mostPendingBytes = Math.max(mostPendingBytes, pendingBytes());
        writable &= pendingBytes() <= highWaterBytes;
    }

    @Override
    public void flush() {
        flushed.addAll(unflushed);
        unflushed.clear();
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public long pendingBytes() {
        return flushed.stream().mapToLong(ByteBuf::readableBytes).sum() + unflushed.stream().mapToLong(ByteBuf::readableBytes).sum();
    }

    /** The peer takes the oldest buffer that was flushed, and owns it. */
    Optional<ByteBuf> take() {
        Optional<ByteBuf> taken = Optional.ofNullable(flushed.poll());
        if (!writable && pendingBytes() <= lowWaterBytes) {
            writable = true;
            listener.writable();
        }
        return taken;
    }

    @Override
    public void reading(boolean on) {
        reading = on;
    }

    @Override
    public void close() {
        flush();
        closing = true;
    }

    @Override
    public void abort() {
        peerCloses(Optional.empty());
    }

    /** The connection is gone, whoever ended it. */
    void peerCloses(Optional<Throwable> failure) {
        if (closed) {
            return;
        }
        closed = true;
        flush();
        flushed.forEach(ByteBuf::release);
        flushed.clear();
        listener.closed(failure);
    }

    @Override
    public SocketAddress remoteAddress() {
        return InetSocketAddress.createUnresolved("client.example", 40000);
    }
}
