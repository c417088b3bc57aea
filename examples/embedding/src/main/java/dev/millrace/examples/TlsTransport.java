package dev.millrace.examples;

import dev.millrace.rtmp.OutboundLimits;
import dev.millrace.rtmp.connection.Transport;
import dev.millrace.rtmp.connection.TransportListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;

/**
 * A blocking socket as a transport, see {@link OwnTransport}: one thread reads, one writes what was flushed,
 * and all other work runs on the executor. Confined to that executor, except for the two threads.
 */
final class TlsTransport implements Transport {

    /** The size of a TLS record. In such pieces the backlog shrinks steadily, so that a slow player does not look dead. */
    private static final int PIECE_BYTES = 16 << 10;

    /** The socket below TLS, because closing TLS waits for a blocked writer. */
    private final Socket socket;
    private final SSLSocket secured;
    private final SocketAddress remoteAddress;
    private final ExecutorService executor;
    private final OutboundLimits limits;

    private final List<ByteBuf> unflushed = new ArrayList<>();
    /** From the executor to the writer; empty is the end. The connection bounds its bytes by the high-water mark. */
    private final BlockingQueue<Optional<ByteBuf>> flushed = new LinkedBlockingQueue<>();
    private final AtomicLong pendingBytes = new AtomicLong();
    private boolean writable = true;
    private boolean ending;

    /** Guarded by this. */
    private boolean reading = true;

    TlsTransport(Socket socket, SSLSocket secured, ExecutorService executor, OutboundLimits limits) {
        this.socket = socket;
        this.secured = secured;
        this.remoteAddress = socket.getRemoteSocketAddress();
        this.executor = executor;
        this.limits = limits;
    }

    static void thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Starts reading and writing. Earlier writes are held until then. */
    void start(TransportListener listener, Runnable whenClosed) {
        thread("rtmps-read", () -> {
            Optional<Throwable> failure = readAll(listener);
            run(() -> {
                close();
                abort();
                listener.closed(failure);
                whenClosed.run();
            });
        });
        thread("rtmps-write", () -> writeAll(() -> drained(listener)));
    }

    // The reader.

    /** Reads until the end and reports failures. The first read does the TLS handshake, within the deadline of RTMP. */
    private Optional<Throwable> readAll(TransportListener listener) {
        byte[] bytes = new byte[PIECE_BYTES];
        try {
            InputStream in = secured.getInputStream();
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                awaitReading();
                deliver(Unpooled.wrappedBuffer(bytes, 0, length), listener);
            }
            return Optional.empty();
        } catch (IOException | ExecutionException | RejectedExecutionException e) {
            return Optional.of(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a reader", e);
        }
    }

    /** Waits until the connection has consumed the bytes; then the buffer is free, and it is known whether to read on. */
    private void deliver(ByteBuf in, TransportListener listener) throws ExecutionException, InterruptedException {
        executor.submit(() -> {
            listener.received(in);
            listener.receivedAll();
        }).get();
    }

    private synchronized void awaitReading() throws InterruptedException {
        while (!reading) {
            wait();
        }
    }

    // The writer.

    private void writeAll(Runnable drained) {
        byte[] piece = new byte[PIECE_BYTES];
        boolean broken = false;
        try {
            for (Optional<ByteBuf> next = flushed.take(); next.isPresent(); next = flushed.take()) {
                ByteBuf bytes = next.get();
                broken = broken || !writeAll(bytes, piece, drained);
                bytes.release();
            }
            secured.shutdownOutput();
        } catch (IOException e) {
            abort();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a writer", e);
        }
    }

    private boolean writeAll(ByteBuf bytes, byte[] piece, Runnable drained) {
        try {
            while (bytes.isReadable()) {
                int length = Math.min(piece.length, bytes.readableBytes());
                bytes.readBytes(piece, 0, length);
                secured.getOutputStream().write(piece, 0, length);
                long pending = pendingBytes.addAndGet(-length);
                if (pending < limits.lowWaterBytes() && pending + length >= limits.lowWaterBytes()) {
                    run(drained);
                }
            }
            return true;
        } catch (IOException e) {
            abort(); // which ends the reader, and that is what tells the connection
            return false;
        }
    }

    private void run(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            abort(); // the server is closed, and has waited long enough
        }
    }

    private void drained(TransportListener listener) {
        if (!writable && !ending) {
            writable = true;
            listener.writable();
        }
    }

    // Called by the connection, on the executor.

    @Override
    public ExecutorService executor() {
        return executor;
    }

    @Override
    public void write(ByteBuf bytes) {
        if (ending) {
            bytes.release();
            return;
        }
        unflushed.add(bytes);
        writable &= pendingBytes.addAndGet(bytes.readableBytes()) <= limits.highWaterBytes();
    }

    @Override
    public void flush() {
        unflushed.forEach(bytes -> flushed.add(Optional.of(bytes)));
        unflushed.clear();
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public long pendingBytes() {
        return pendingBytes.get();
    }

    @Override
    public synchronized void reading(boolean on) {
        reading = on;
        notifyAll();
    }

    @Override
    public void close() {
        if (!ending) {
            flush();
            ending = true;
            flushed.add(Optional.empty());
        }
    }

    /** Also called by the writer. Wakes up a waiting reader. */
    @Override
    public void abort() {
        try {
            socket.close();
        } catch (IOException e) {
            System.err.println("a socket could not be closed: " + e);
        }
        reading(true);
    }

    @Override
    public SocketAddress remoteAddress() {
        return remoteAddress;
    }
}
