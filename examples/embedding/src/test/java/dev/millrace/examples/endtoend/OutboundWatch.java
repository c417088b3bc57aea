package dev.millrace.examples.endtoend;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/** Tells once when a connection has been written more than a number of bytes. */
final class OutboundWatch extends ChannelOutboundHandlerAdapter {

    private final long limitBytes;
    private final Runnable passed;

    private long bytes;

    OutboundWatch(long limitBytes, Runnable passed) {
        this.limitBytes = limitBytes;
        this.passed = passed;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        long before = bytes;
        bytes += message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
        context.write(message, promise);
        if (before <= limitBytes && bytes > limitBytes) {
            passed.run();
        }
    }
}
