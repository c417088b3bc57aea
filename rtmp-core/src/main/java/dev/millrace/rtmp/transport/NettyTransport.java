package dev.millrace.rtmp.transport;

import dev.millrace.rtmp.connection.Transport;
import dev.millrace.rtmp.connection.TransportListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.Executor;

/** A Netty channel as a transport: the last handler of its pipeline. Confined to the channel's event loop. */
public final class NettyTransport extends ChannelInboundHandlerAdapter implements Transport {

    /** The address of a peer behind a proxy, set on the channel by a handler in front before the first byte of RTMP. */
    public static final AttributeKey<SocketAddress> REMOTE_ADDRESS = AttributeKey.valueOf("dev.millrace.rtmp.remoteAddress");

    private final ChannelOwner owner;
    private final Channel channel;
    private final Executor executor;
    private Optional<ChannelHandlerContext> context = Optional.empty();
    private Optional<TransportListener> listener = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private boolean decided;
    private boolean admitted;
    private boolean closing;

    /**
     * Creates the transport of a channel, to be added behind all other handlers.
     *
     * @param owner opens the connection when the channel is active
     * @param channel registered with its event loop, and not active yet
     */
    public NettyTransport(ChannelOwner owner, Channel channel) {
        this.owner = owner;
        this.channel = channel;
        this.executor = channel.eventLoop();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = Optional.of(ctx);
    }

    /** The last event of the channel. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (listener.isPresent()) {
            owner.ended(this);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        listener = owner.open(this);
        if (listener.isEmpty()) {
            channel.close();
            return;
        }
        if (channel.pipeline().first() == this) {
            isAdmitted(); // nobody in front can name another address
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof ByteBuf in && isAdmitted()) {
                listener.ifPresent(opened -> opened.received(in));
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** Asks with the first bytes, when a handler in front has had the chance to set the peer's address. */
    private boolean isAdmitted() {
        if (!decided && listener.isPresent()) {
            decided = true;
            admitted = owner.admit(this);
            if (!admitted) {
                channel.close();
            }
        }
        return admitted;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        listener.ifPresent(opened -> opened.receivedAll());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable()) {
            listener.ifPresent(opened -> opened.writable());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failure = failure.or(() -> Optional.of(cause));
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        listener.ifPresent(opened -> {
            owner.closed(this);
            opened.closed(failure);
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
     * Shuts down the output and lets the peer close: an immediate close would discard what a peer that still sends has not read yet. With
     * handlers in front, such as TLS, closes the channel: they have an end of their own.
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
        SocketAddress behindProxy = channel.attr(REMOTE_ADDRESS).get();
        return behindProxy == null ? channel.remoteAddress() : behindProxy;
    }

    EventLoop eventLoop() {
        return channel.eventLoop();
    }
}
