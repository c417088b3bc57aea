package dev.millrace.rtmp.server;

import dev.millrace.rtmp.OutboundLimits;
import dev.millrace.rtmp.connection.ConnectionServices;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.Transport;
import dev.millrace.rtmp.connection.TransportListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A blocking socket as a transport: one thread reads, one writes, and the connection lives on the executor between them. */
final class SocketTransport implements Transport {

    private static final ByteBuf END = Unpooled.buffer(1);

    private final Socket socket;
    private final SocketAddress remoteAddress;
    private final ScheduledExecutorService executor;
    private final OutboundLimits limits;
    private final List<ByteBuf> unflushed = new ArrayList<>();
    private final BlockingQueue<ByteBuf> flushed = new LinkedBlockingQueue<>();
    private final AtomicLong pendingBytes = new AtomicLong();
    /** Held by the reader during a read, and by the executor while reading is off. */
    private final Semaphore mayRead = new Semaphore(1);

    private TransportListener listener;
    private Future<?> ticker;
    private boolean writable = true;
    private boolean closed;

    private SocketTransport(Socket socket, ScheduledExecutorService executor, OutboundLimits limits) {
        this.socket = socket;
        this.remoteAddress = socket.getRemoteSocketAddress();
        this.executor = executor;
        this.limits = limits;
    }

    static void serve(Socket socket, ScheduledExecutorService executor, ConnectionServices services) {
        SocketTransport transport = new SocketTransport(socket, executor, services.limits().outbound());
        executor.execute(() -> {
            transport.listener = RtmpConnection.open(transport, services).transportListener();
            transport.ticker = executor.scheduleWithFixedDelay(
                    () -> transport.listener.onTime(services.clock().millis()), 100, 100, TimeUnit.MILLISECONDS);
            thread(transport::readAll);
            thread(transport::writeAll);
        });
    }

    static void thread(Runnable task) {
        Thread thread = new Thread(task, "socket-transport");
        thread.setDaemon(true);
        thread.start();
    }

    private void readAll() {
        Optional<Throwable> failure = Optional.empty();
        byte[] bytes = new byte[16 << 10];
        try {
            while (true) {
                int length = socket.getInputStream().read(bytes);
                if (length < 0) {
                    break;
                }
                mayRead.acquire();
                mayRead.release();
                executor.submit(() -> {
                    listener.received(Unpooled.wrappedBuffer(bytes, 0, length));
                    listener.receivedAll();
                }).get();
            }
        } catch (Exception e) {
            failure = Optional.of(e);
        }
        Optional<Throwable> why = failure;
        run(() -> finish(why));
    }

    private void run(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            // The test is over.
        }
    }

    private void writeAll() {
        try {
            for (ByteBuf bytes = flushed.take(); bytes != END; bytes = flushed.take()) {
                int length = bytes.readableBytes();
                try {
                    bytes.readBytes(socket.getOutputStream(), length);
                } finally {
                    bytes.release();
                }
                if (pendingBytes.addAndGet(-length) <= limits.lowWaterBytes()) {
                    run(this::drained);
                }
            }
            socket.shutdownOutput();
        } catch (IOException | InterruptedException e) {
            abort();
        }
    }

    private void drained() {
        if (!writable && !closed) {
            writable = true;
            listener.writable();
        }
    }

    private void finish(Optional<Throwable> failure) {
        if (closed) {
            return;
        }
        closed = true;
        ticker.cancel(false);
        abort();
        List<ByteBuf> left = new ArrayList<>(unflushed);
        flushed.drainTo(left);
        flushed.add(END);
        left.stream().filter(bytes -> bytes != END).forEach(ByteBuf::release);
        listener.closed(failure);
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
        unflushed.add(bytes);
        writable &= pendingBytes.addAndGet(bytes.readableBytes()) <= limits.highWaterBytes();
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
        return pendingBytes.get();
    }

    @Override
    public void reading(boolean on) {
        if (on) {
            mayRead.release();
        } else {
            mayRead.acquireUninterruptibly();
        }
    }

    @Override
    public void close() {
        flush();
        flushed.add(END);
    }

    @Override
    public void abort() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public SocketAddress remoteAddress() {
        return remoteAddress;
    }
}
