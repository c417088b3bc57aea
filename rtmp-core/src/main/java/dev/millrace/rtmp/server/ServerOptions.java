package dev.millrace.rtmp.server;

import dev.millrace.rtmp.OutboundLimits;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.transport.NettyTransport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a builder has gathered: where to listen, and with what. Immutable. */
record ServerOptions(
        String host,
        int port,
        AccessPolicy access,
        Optional<StreamRegistry> registry,
        List<RtmpListener> listeners,
        RtmpLimits limits,
        Optional<EventLoopGroup> group,
        Class<? extends ServerChannel> channelClass,
        Consumer<ChannelPipeline> handlersInFront) {

    /** Begins to listen; clients that come are handed to {@code connections}. */
    ChannelFuture bind(EventLoopGroup loops, ServerConnections connections) {
        OutboundLimits outbound = limits.outbound();
        return new ServerBootstrap()
                .group(loops)
                .channel(channelClass)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(outbound.lowWaterBytes(), outbound.highWaterBytes()))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        handlersInFront.accept(channel.pipeline());
                        channel.pipeline().addLast("millrace", new NettyTransport(connections, channel));
                    }
                })
                .bind(new InetSocketAddress(host, port));
    }
}
