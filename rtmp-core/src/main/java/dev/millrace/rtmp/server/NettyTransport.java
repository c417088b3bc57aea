package dev.millrace.rtmp.server;

import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.Executor;

/** A Netty channel as a transport: the last handler of its pipeline. Confined to the channel's event loop. */
final class NettyTransport extends ChannelInboundHandlerAdapter implements Transport {

    private final ServerConnections connections;
    private final Channel channel;
    private final Executor executor;
    private Optional<ChannelHandlerContext> context = Optional.empty();
    private Optional<RtmpConnection> connection = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private boolean decided;
    private boolean admitted;
    private boolean closing;

    NettyTransport(ServerConnections connections, Channel channel) {
        this.connections = connections;
        this.channel = channel;
        this.executor = channel.eventLoop();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = Optional.of(ctx);
    }

    /** The last that is heard of the channel. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        connection.ifPresent(connections::ended);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (!connections.takePlace()) {
            connections.refuse(remoteAddress(), "too many connections");
            channel.close();
            return;
        }
        connection = Optional.of(connections.open(this));
        if (channel.pipeline().first() == this) {
            isAdmitted(); // nobody in front can name another address
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof ByteBuf in && isAdmitted()) {
                connection.ifPresent(open -> open.transportListener().received(in));
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** Looked at with the first bytes, when a handler in front has had the chance to set the client's address. */
    private boolean isAdmitted() {
        if (!decided && connection.isPresent()) {
            decided = true;
            admitted = connections.admit(this, connection.get());
            if (!admitted) {
                connection.get().close(ServerConnections.TOO_MANY_FROM_ADDRESS);
                channel.close();
            }
        }
        return admitted;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        connection.ifPresent(open -> open.transportListener().receivedAll());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable()) {
            connection.ifPresent(open -> open.transportListener().writable());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failure = failure.or(() -> Optional.of(cause));
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.ifPresent(open -> {
            connections.closed(this, open);
            open.transportListener().closed(failure);
        });
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public void write(ByteBuf bytes) {
        context.ifPresentOrElse(ctx -> ctx.write(bytes, channel.voidPromise()), bytes::release);
    }

    @Override
    public void flush() {
        context.ifPresent(ChannelHandlerContext::flush);
    }

    @Override
    public void writeAndFlush(ByteBuf bytes) {
        context.ifPresentOrElse(ctx -> ctx.writeAndFlush(bytes, channel.voidPromise()), bytes::release);
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public long pendingBytes() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        // Netty takes a buffer off the total when all of it has left: what has left of the one at the head counts too.
        return pending == null ? 0 : Math.max(0, pending.totalPendingWriteBytes() - pending.currentProgress());
    }

    @Override
    public void reading(boolean on) {
        channel.config().setAutoRead(on);
    }

    /**
     * Says that nothing more comes, and lets the client close: a close right away would throw away what the client has not read yet if it still
     * sends. With handlers in front, such as TLS, they say good-bye in their own way.
     */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        context.ifPresent(ctx -> ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
            boolean alone = channel.pipeline().first() == this;
            if (alone && channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput().addListener((ChannelFuture shutdown) -> {
                    if (!shutdown.isSuccess()) {
                        channel.close();
                    }
                });
            } else {
                channel.close();
            }
        }));
    }

    @Override
    public void abort() {
        channel.close();
    }

    @Override
    public SocketAddress remoteAddress() {
        SocketAddress behindProxy = channel.attr(RtmpServer.REMOTE_ADDRESS).get();
        return behindProxy == null ? channel.remoteAddress() : behindProxy;
    }

    Channel channel() {
        return channel;
    }
}
