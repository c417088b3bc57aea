package dev.millrace.liveserver;

import dev.millrace.rtmp.server.RtmpServer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The event loops of an RTMP server: the JDK's, or one of Netty's native transports. A host that already has
 * event loops passes them in the same way, and so has one set of threads.
 */
final class EventLoops implements AutoCloseable {

    /** A way to wait for sockets. */
    enum Kind {
        /** The JDK's selectors: runs everywhere. */
        nio,
        /** Linux, in Netty's own native code. */
        epoll,
        /** Linux 5.9 and later, where the kernel allows it. */
        io_uring
    }

    private final EventLoopGroup group;
    private final Class<? extends ServerChannel> channel;

    private EventLoops(IoHandlerFactory factory, Class<? extends ServerChannel> channel) {
        this.group = new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), factory);
        this.channel = channel;
    }

    /**
     * Makes as many loops as there are processors.
     *
     * @throws IllegalStateException if this machine cannot; its message says why
     */
    static EventLoops of(Kind kind) {
        return switch (kind) {
            case nio -> new EventLoops(NioIoHandler.newFactory(), NioServerSocketChannel.class);
            case epoll -> {
                require("epoll", Optional.ofNullable(Epoll.unavailabilityCause()));
                yield new EventLoops(EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
            }
            case io_uring -> {
                require("io_uring", Optional.ofNullable(IoUring.unavailabilityCause()));
                yield new EventLoops(IoUringIoHandler.newFactory(), IoUringServerSocketChannel.class);
            }
        };
    }

    private static void require(String name, Optional<Throwable> unavailable) {
        unavailable.ifPresent(cause -> {
            throw new IllegalStateException("transport " + name + " is not available here: " + cause.getMessage(), cause);
        });
    }

    /** The server does not shut them down: whoever made them does. */
    RtmpServer.Builder under(RtmpServer.Builder builder) {
        return builder.eventLoopGroup(group, channel);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
