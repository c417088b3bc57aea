package dev.millrace.rtmp.connection;

import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import java.util.concurrent.Executor;

/**
 * A byte stream in both directions, which a host can bring itself. All methods but {@link #executor()} and {@link #remoteAddress()} are called on
 * the executor only, and the transport calls its {@link TransportListener} there.
 */
public interface Transport {

    /**
     * Runs tasks one after the other, in order. If it is a {@link java.util.concurrent.ScheduledExecutorService}, then a stream that is published
     * over this transport has its timers there too.
     *
     * @return the same object at each call; many transports may share one
     */
    Executor executor();

    /**
     * Sends bytes, at the latest at the next {@link #flush()}.
     *
     * @param bytes belongs to the transport, which releases it, also if it is closed
     */
    void write(ByteBuf bytes);

    /** Sends all that was written. */
    void flush();

    /**
     * Sends bytes, and all that was written before. What a transport can do at once more cheaply than in two steps.
     *
     * @param bytes belongs to the transport, which releases it, also if it is closed
     */
    default void writeAndFlush(ByteBuf bytes) {
        write(bytes);
        flush();
    }

    /**
     * Whether more should be written. Turns false when more than a high-water mark waits, and true again below a low-water mark; then
     * {@link TransportListener#writable()} is called.
     *
     * @return false while too much waits
     */
    boolean isWritable();

    /**
     * What was written and has not left yet.
     *
     * @return bytes; it may shrink in steps as coarse as the buffers that were written
     */
    long pendingBytes();

    /**
     * Turns reading on or off. It is on at the start. While it is off at most what has been read already is delivered.
     *
     * @param on whether to read
     */
    void reading(boolean on);

    /**
     * Sends what was written, then closes. Input is read and delivered until the peer closes too, or {@link #abort()} is called.
     */
    void close();

    /** Closes at once. Can be called after {@link #close()}. */
    void abort();

    /**
     * Where the client is.
     *
     * @return an address; behind a proxy that of the client, if the transport knows it
     */
    SocketAddress remoteAddress();
}
