package dev.millrace.rtmp.server;

import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.ConnectionServices;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.transport.NettyTransport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Listens on a port and serves RTMP clients.
 *
 * <p>{@code RtmpServer.builder().build().start()} takes every publisher and player on port 1935. Thread-safe. A server is started once and closed
 * once.
 */
public final class RtmpServer {

    /**
     * The client's address where the peer of the socket is a proxy. To be set on the channel by a handler in front, before the first byte of RTMP.
     */
    public static final AttributeKey<SocketAddress> REMOTE_ADDRESS = NettyTransport.REMOTE_ADDRESS;

    private final ServerOptions options;
    private final StreamRegistry registry;
    private final ConnectionServices services;
    private final ServerConnections connections;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private Optional<CompletableFuture<RtmpServer>> started = Optional.empty();
    private Optional<EventLoopGroup> ownGroup = Optional.empty();
    private volatile Optional<Channel> serverChannel = Optional.empty();
    private boolean closing;

    private RtmpServer(ServerOptions options) {
        this.options = options;
        this.registry = options.registry().orElseGet(StreamRegistry::inMemory);
        List<RtmpListener> listeners = new ArrayList<>(List.of(new ConnectionLog()));
        listeners.addAll(options.listeners());
        this.services = ConnectionServices.create(options.access(), registry, RtmpListener.all(listeners), options.limits());
        this.connections = new ServerConnections(services);
    }

    /**
     * Begins to describe a server.
     *
     * @return a builder with defaults for everything
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts to listen.
     *
     * @return completes with this server when it listens; fails with Netty's exception if it cannot, for example because the port is taken
     * @throws IllegalStateException if it is closed
     */
    public synchronized CompletableFuture<RtmpServer> start() {
        if (closing) {
            throw new IllegalStateException("the server is closed");
        }
        if (started.isEmpty()) {
            CompletableFuture<RtmpServer> listening = new CompletableFuture<>();
            started = Optional.of(listening);
            bind().addListener((ChannelFuture bound) -> {
                if (bound.isSuccess()) {
                    listening.complete(this);
                } else {
                    close();
                    listening.completeExceptionally(bound.cause());
                }
            });
        }
        return started.get().copy();
    }

    /**
     * Lets the JVM compile what live streams need before the first of them comes, by some seconds of publishing and playing over the loopback, on
     * a port and with a registry of its own: the host's seams hear nothing of it. Without it, a server needs most of a minute under load to become
     * fast, and its first players wait longer. Takes a processor for those seconds, and can run while clients come.
     *
     * @return completes when it is over; fails if it could not be done, which harms nothing
     * @throws IllegalStateException if the server was not started, or is closed
     */
    public synchronized CompletableFuture<Void> warmUp() {
        if (closing || started.isEmpty()) {
            throw new IllegalStateException("the server was not started, or is closed");
        }
        EventLoopGroup group = options.group().or(() -> ownGroup).orElseThrow();
        return WarmUpServer.start(group, options.channelClass(), StreamRegistry.inMemory());
    }

    private ChannelFuture bind() {
        EventLoopGroup group = options.group().orElseGet(() -> {
            EventLoopGroup created = new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), NioIoHandler.newFactory());
            ownGroup = Optional.of(created);
            return created;
        });
        ChannelFuture bound = options.bind(group, connections);
        serverChannel = Optional.of(bound.channel());
        return bound;
    }

    /**
     * Stops to listen, tells publishers and players, and closes their connections, within {@link dev.millrace.rtmp.Deadlines#close()}. An event
     * loop group that the host brought stays open.
     *
     * @return completes when all is closed, and never fails; the same result at each call
     */
    public synchronized CompletableFuture<Void> close() {
        if (!closing) {
            closing = true;
            CompletableFuture<Void> deaf = new CompletableFuture<>();
            serverChannel.ifPresentOrElse(channel -> channel.close().addListener(done -> deaf.complete(null)), () -> deaf.complete(null));
            deaf.thenCompose(done -> connections.shutDown()).whenComplete((gone, failure) -> ownGroup.ifPresentOrElse(
                    group -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(done -> closed.complete(null)),
                    () -> closed.complete(null)));
        }
        return closed.copy();
    }

    /**
     * The port it listens on.
     *
     * @return the real port where the builder said 0
     * @throws IllegalStateException if it does not listen
     */
    public int activePort() {
        SocketAddress address = serverChannel.filter(Channel::isActive).map(Channel::localAddress).orElse(null);
        if (address instanceof InetSocketAddress socket) {
            return socket.getPort();
        }
        throw new IllegalStateException("the server does not listen");
    }

    /**
     * The registry of streams.
     *
     * @return the host's, or the one that was made for this server
     */
    public StreamRegistry registry() {
        return registry;
    }

    /**
     * All connections.
     *
     * @return a snapshot in no order
     */
    public Collection<RtmpConnection> connections() {
        return connections.all();
    }

    /**
     * Returns how often the host's listener has thrown an exception.
     *
     * @return the number of failed calls
     */
    public long listenerFailures() {
        return services.listenerFailures();
    }

    /** Describes a server. Confined to one thread. */
    public static final class Builder {

        private String host = "0.0.0.0";
        private int port = 1935;
        private AccessPolicy access = AccessPolicy.ALLOW_ALL;
        private Optional<StreamRegistry> registry = Optional.empty();
        private final List<RtmpListener> listeners = new ArrayList<>();
        private RtmpLimits limits = RtmpLimits.DEFAULT;
        private Optional<EventLoopGroup> group = Optional.empty();
        private Class<? extends ServerChannel> channelClass = NioServerSocketChannel.class;
        private Consumer<ChannelPipeline> handlersInFront = pipeline -> {};

        private Builder() {}

        /**
         * Sets the address to listen on.
         *
         * @param value name or address; {@code 0.0.0.0} by default
         * @return this
         */
        public Builder host(String value) {
            host = Objects.requireNonNull(value, "host");
            return this;
        }

        /**
         * Sets the port to listen on.
         *
         * @param value 0 for any free one; 1935 by default
         * @return this
         * @throws IllegalArgumentException if it is not 0 to 65535
         */
        public Builder port(int value) {
            if (value < 0 || value > 65_535) {
                throw new IllegalArgumentException("port " + value + " is not 0 to 65535");
            }
            port = value;
            return this;
        }

        /**
         * Sets who may do what.
         *
         * @param value by default everybody may do everything
         * @return this
         */
        public Builder access(AccessPolicy value) {
            access = Objects.requireNonNull(value, "access");
            return this;
        }

        /**
         * Sets who owns which name.
         *
         * @param value by default a registry in memory, for this server alone
         * @return this
         */
        public Builder registry(StreamRegistry value) {
            registry = Optional.of(value);
            return this;
        }

        /**
         * Adds a listener for the events of connections. Any number can be added; they are called in the order in which they were added.
         *
         * <p>Starts and ends of streams, however they are published, are reported by
         * {@link StreamRegistry#addListener(dev.millrace.rtmp.stream.StreamListener) the registry}.
         *
         * @param listener the listener
         * @return this
         */
        public Builder addListener(RtmpListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Sets the bounds on what clients can do.
         *
         * @param value by default {@link RtmpLimits#DEFAULT}
         * @return this
         */
        public Builder limits(RtmpLimits value) {
            limits = Objects.requireNonNull(value, "limits");
            return this;
        }

        /**
         * Sets the event loops to run on. The host keeps them and shuts them down.
         *
         * @param value by default a NIO group of the server's own, with as many loops as there are processors
         * @param channel the server channel class that fits the group
         * @return this
         */
        public Builder eventLoopGroup(EventLoopGroup value, Class<? extends ServerChannel> channel) {
            group = Optional.of(value);
            channelClass = Objects.requireNonNull(channel, "channel");
            return this;
        }

        /**
         * Sets what a host wants between the socket and the protocol: TLS, the PROXY protocol, counters.
         *
         * @param value adds handlers to the pipeline of each new connection; called on its event loop
         * @return this
         */
        public Builder handlersInFront(Consumer<ChannelPipeline> value) {
            handlersInFront = Objects.requireNonNull(value, "handlersInFront");
            return this;
        }

        /**
         * Makes the server.
         *
         * @return a server that does not listen yet
         */
        public RtmpServer build() {
            return new RtmpServer(
                    new ServerOptions(host, port, access, registry, List.copyOf(listeners), limits, group, channelClass, handlersInFront));
        }
    }
}
