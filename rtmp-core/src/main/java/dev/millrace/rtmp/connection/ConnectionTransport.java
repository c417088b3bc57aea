package dev.millrace.rtmp.connection;

import dev.millrace.rtmp.RtmpLimits;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * The transport of one connection, and what is known of it: how much was sent, whether the client takes it, whether it is closing. Confined to the
 * transport's executor, but for {@link #executor()}, {@link #remoteAddress()} and {@link #bytesSent()}.
 */
final class ConnectionTransport {

    /** For one writer, which need not wait until others see what it wrote. */
    private static final AtomicLongFieldUpdater<ConnectionTransport> BYTES_SENT = AtomicLongFieldUpdater.newUpdater(ConnectionTransport.class, "bytesSent");

    private final Transport transport;
    private final RtmpLimits limits;
    private final StallWatch stallWatch;
    private boolean reading = true;
    private boolean closing;
    private int largestMediaBytes;
    private long abortAtMillis;
    private volatile long bytesSent;

    ConnectionTransport(Transport transport, RtmpLimits limits) {
        this.transport = transport;
        this.limits = limits;
        this.stallWatch = new StallWatch(limits.deadlines().playerStalled());
    }

    Executor executor() {
        return transport.executor();
    }

    SocketAddress remoteAddress() {
        return transport.remoteAddress();
    }

    long bytesSent() {
        return bytesSent;
    }

    void write(ByteBuf bytes) {
        if (closing) {
            bytes.release();
            return;
        }
        BYTES_SENT.lazySet(this, bytesSent + bytes.readableBytes());
        transport.write(bytes);
    }

    /** Sends what was laid out of a stream. */
    void writeMedia(ByteBuf bytes) {
        if (closing) {
            bytes.release();
            return;
        }
        int count = bytes.readableBytes();
        largestMediaBytes = Math.max(largestMediaBytes, count);
        BYTES_SENT.lazySet(this, bytesSent + count);
        transport.writeAndFlush(bytes);
    }

    void flush() {
        transport.flush();
    }

    boolean isWritable() {
        return !closing && transport.isWritable();
    }

    long pendingBytes() {
        return transport.pendingBytes();
    }

    /** So much waits that answers are dropped that the client can do without. */
    boolean isCongested() {
        return transport.pendingBytes() > limits.outbound().dropRepliesAboveBytes();
    }

    /** So much waits that the connection is not to be kept. */
    boolean isOverfull() {
        // What media may leave waiting, a mark and the largest image, is no fault of the client's.
        long media = largestMediaBytes == 0 ? 0 : (long) limits.outbound().highWaterBytes() + largestMediaBytes;
        return transport.pendingBytes() > limits.outbound().closeAboveBytes() + media;
    }

    /** The client takes nothing of what waits for it. */
    boolean isStalled(long nowMillis) {
        return stallWatch.isStalled(bytesSent, transport.pendingBytes(), nowMillis);
    }

    void reading(boolean on) {
        if (on != reading) {
            reading = on;
            transport.reading(on);
        }
    }

    /** Sends what was written and closes; reads on meanwhile, since only so the client's own end is seen. */
    void close(long nowMillis) {
        closing = true;
        abortAtMillis = nowMillis + limits.deadlines().close().toMillis();
        reading(true);
        transport.close();
    }

    boolean isClosing() {
        return closing;
    }

    /** The transport is closed. */
    void closed() {
        closing = true;
    }

    void abort() {
        transport.abort();
    }

    /** Gives up a client that does not close its side. */
    void abortIfOverdue(long nowMillis) {
        if (nowMillis >= abortAtMillis) {
            transport.abort();
        }
    }
}
