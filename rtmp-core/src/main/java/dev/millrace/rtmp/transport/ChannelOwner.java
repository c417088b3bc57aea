package dev.millrace.rtmp.transport;

import dev.millrace.rtmp.connection.TransportListener;
import java.util.Optional;

/** What decides about the channels of a server or client, and opens their connections. Called on the event loop of the channel. */
public interface ChannelOwner {

    /**
     * Opens a connection over a channel that has become active.
     *
     * @param transport the channel
     * @return what the transport notifies; empty to have the channel closed
     */
    Optional<TransportListener> open(NettyTransport transport);

    /**
     * Decides whether the peer may come in, once its address is final: before its first bytes are read.
     *
     * @param transport the channel; its connection was opened
     * @return false to have the channel closed
     */
    boolean admit(NettyTransport transport);

    /**
     * The channel of an opened connection is closed. The connection is notified after that.
     *
     * @param transport the channel
     */
    void closed(NettyTransport transport);

    /**
     * The last call for an opened connection, after its connection was notified.
     *
     * @param transport the channel
     */
    void ended(NettyTransport transport);
}
