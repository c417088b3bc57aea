package dev.millrace.rtmp.connection;

import dev.millrace.media.EndReason;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.connection.CloseReason.Cause;
import dev.millrace.rtmp.session.RtmpServerSession;
import dev.millrace.rtmp.session.SessionEvent;
import dev.millrace.rtmp.session.SessionOptions;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client from its first byte to its last, over any {@link Transport}.
 *
 * <p>Lives on the transport's executor. {@link #id()}, {@link #remoteAddress()}, {@link #openedAt()}, {@link #attachment()},
 * {@link #statistics()} and {@link #close(String)} are safe from any thread; {@link #transportListener()} is the transport's.
 */
public final class RtmpConnection {

    private static final Logger LOG = LoggerFactory.getLogger(RtmpConnection.class);
    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final ConnectionTransport transport;
    private final ConnectionServices services;
    private final RtmpServerSession session;
    private final Instant openedAt;
    private final ConnectionInput input;
    private final Core core = new Core();
    private final ConnectStep connectStep;
    private final Roles roles;

    // Confined to the executor.
    private Optional<CloseReason> closeReason = Optional.empty();

    // Written by the executor, read by anybody.
    private volatile Optional<Object> attachment = Optional.empty();
    private volatile long ignoredMedia;

    private RtmpConnection(Transport transport, ConnectionServices services) {
        this.services = Objects.requireNonNull(services, "services");
        RtmpLimits limits = services.limits();
        this.transport = new ConnectionTransport(Objects.requireNonNull(transport, "transport"), limits);
        this.openedAt = services.clock().instant();
        SessionOptions options =
                new SessionOptions(limits, services.partialBytes(), services.allocator(), services.random(), message -> {});
        this.session = new RtmpServerSession(options, services.clock().millis(), this::onEvent);
        this.connectStep = new ConnectStep(core);
        this.roles = new Roles(core, this.transport);
        this.input = new ConnectionInput(core, session, this.transport, limits);
    }

    /**
     * Begins to serve a client.
     *
     * @param transport open, and nothing read from it yet
     * @param services what it shares with other connections
     * @return a connection; the transport calls its {@link #transportListener()} from now on
     */
    public static RtmpConnection open(Transport transport, ConnectionServices services) {
        RtmpConnection connection = new RtmpConnection(transport, services);
        services.listener().onConnectionOpened(connection);
        return connection;
    }

    /**
     * Returns the listener that the transport must notify.
     *
     * @return the same object at each call; to be called on the executor only
     */
    public TransportListener transportListener() {
        return input;
    }

    private void onEvent(SessionEvent event) {
        if (event instanceof SessionEvent.ConnectRequested connect) {
            connectStep.begin(connect);
        } else {
            roles.onEvent(event);
        }
    }

    /**
     * A number that no other connection of this process has.
     *
     * @return 1 or more
     */
    public long id() {
        return id;
    }

    /**
     * Where the client is.
     *
     * @return the address that the transport names; behind a proxy that of the client, once the transport knows it
     */
    public SocketAddress remoteAddress() {
        return transport.remoteAddress();
    }

    /**
     * When the connection was opened.
     *
     * @return by the clock of the services
     */
    public Instant openedAt() {
        return openedAt;
    }

    /**
     * What the host attached with its newest decision.
     *
     * @return anything, or empty
     */
    public Optional<Object> attachment() {
        return attachment;
    }

    /**
     * Counters.
     *
     * @return a snapshot
     */
    public ConnectionStatistics statistics() {
        return new ConnectionStatistics(input.bytesReceived(), transport.bytesSent(), input.ignoredMessages() + ignoredMedia);
    }

    /**
     * Ends whatever the client does, tells it, and closes. Does nothing if the connection is over.
     *
     * @param text why, for the log and the listener
     */
    public void close(String text) {
        CloseReason reason = new CloseReason(Cause.HOST, text);
        core.run(() -> core.dismiss(reason, EndReason.CLOSED_BY_HOST));
    }

    /** Closes because the server does. Safe from any thread. */
    public void shutDown() {
        core.run(() -> core.dismiss(new CloseReason(Cause.SHUTDOWN, "the server is closing"), EndReason.SHUTDOWN));
    }

    @Override
    public String toString() {
        return "connection " + id + " from " + remoteAddress();
    }

    /** What the input and the roles of the connection want of it. Confined to the executor, except {@link #run}. */
    private final class Core implements ConnectionContext, InputOwner {

        @Override
        public RtmpConnection connection() {
            return RtmpConnection.this;
        }

        @Override
        public ConnectionServices services() {
            return services;
        }

        @Override
        public RtmpServerSession session() {
            return session;
        }

        @Override
        public Executor executor() {
            return transport.executor();
        }

        @Override
        public String app() {
            return connectStep.app();
        }

        @Override
        public long nowMillis() {
            return services.clock().millis();
        }

        @Override
        public void attach(Object object) {
            attachment = Optional.of(object);
        }

        @Override
        public void refused(String request, String code, String description) {
            closing(new CloseReason(Cause.REFUSED, request + " refused: " + code));
            listener().onRequestRefused(RtmpConnection.this, request, code, description);
        }

        @Override
        @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
        public void countIgnored() {
            ignoredMedia++;
        }

        @Override
        public void receivedAll() {
            roles.forEach(Role::receivedAll);
        }

        @Override
        public long restMillis() {
            return roles.restMillis();
        }

        @Override
        public void writable() {
            roles.forEach(Role::writable);
        }

        @Override
        public void onTime(long nowMillis) {
            connectStep.onTime(nowMillis);
            roles.forEach(role -> role.onTime(nowMillis));
        }

        @Override
        public void run(Runnable task) {
            try {
                executor().execute(() -> {
                    try {
                        task.run();
                    } catch (RuntimeException | Error e) {
                        failed(e);
                    }
                });
            } catch (RejectedExecutionException e) {
                LOG.debug("Connection {}: executor is gone", id);
            }
        }

        @Override
        public void sendOutput() {
            ByteBuf out = session.takeOutput();
            if (out.isReadable()) {
                transport.write(out);
                transport.flush();
            } else {
                out.release();
            }
        }

        @Override
        public void settle() {
            if (transport.isClosing()) {
                return;
            }
            try {
                session.resume(nowMillis());
            } catch (RtmpProtocolException e) {
                end(new CloseReason(Cause.PROTOCOL_ERROR, e.getMessage()), EndReason.CONNECTION_LOST);
                return;
            }
            if (!input.isInReadBatch()) {
                receivedAll();
            }
            sendOutput();
            if (session.isClosing()) {
                end(EndReason.CONNECTION_LOST);
            } else if (transport.isOverfull()) {
                end(new CloseReason(Cause.TOO_SLOW, transport.pendingBytes() + " bytes wait to be sent"), EndReason.TOO_SLOW);
            } else {
                transport.reading(!session.isWaiting() && !input.isResting());
            }
        }

        @Override
        public void closing(CloseReason reason) {
            closeReason = closeReason.or(() -> Optional.of(reason));
        }

        @Override
        public void failed(Throwable defect) {
            LOG.error("Connection {} failed; this is a defect", id, defect);
            end(new CloseReason(Cause.PROTOCOL_ERROR, "internal error: " + defect.getClass().getSimpleName()), EndReason.CONNECTION_LOST);
        }

        @Override
        public void end(CloseReason reason, EndReason toRoles) {
            closing(reason);
            end(toRoles);
        }

        /** Ends all roles, sends the rest and closes the transport. */
        private void end(EndReason toRoles) {
            if (transport.isClosing()) {
                return;
            }
            connectStep.abandon();
            roles.stopAll(toRoles);
            sendOutput();
            transport.close(nowMillis());
        }

        @Override
        public void dismiss(CloseReason reason, EndReason toRoles) {
            if (transport.isClosing()) {
                return;
            }
            closing(reason);
            roles.forEach(role -> role.dismiss(toRoles));
            end(toRoles);
        }

        @Override
        public void closed(CloseReason unlessKnown) {
            transport.closed();
            connectStep.abandon();
            try {
                roles.stopAll(EndReason.CONNECTION_LOST);
            } finally {
                session.close();
                listener().onConnectionClosed(RtmpConnection.this, closeReason.orElse(unlessKnown));
            }
        }
    }
}
