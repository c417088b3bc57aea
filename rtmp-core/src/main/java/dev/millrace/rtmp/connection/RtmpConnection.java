package dev.millrace.rtmp.connection;

import dev.millrace.amf.AmfProperties;
import dev.millrace.media.EndReason;
import dev.millrace.rtmp.Deadlines;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.connection.CloseReason.Cause;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.session.RtmpServerSession;
import dev.millrace.rtmp.session.SessionEvent;
import dev.millrace.rtmp.session.SessionOptions;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
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
    private final Transport transport;
    private final ConnectionServices services;
    private final SafeListener listener;
    private final RtmpServerSession session;
    private final SocketAddress remoteAddress;
    private final Instant openedAt;
    private final TransportListener transportListener = new Input();
    private final Map<Integer, Role> roles = new TreeMap<>();
    private final StallWatch stallWatch;

    // Confined to the executor.
    private Optional<Question<ConnectDecision>> connectQuestion = Optional.empty();
    private String app = "";
    private Optional<CloseReason> closeReason = Optional.empty();
    private boolean transportClosing;
    private boolean closed;
    private boolean reading = true;
    private long abortAtMillis;

    // Written by the executor, read by anybody.
    private volatile Optional<Object> attachment = Optional.empty();
    private volatile long bytesReceived;
    private volatile long bytesSent;
    private volatile long ignoredMedia;
    private volatile long ignoredMessages;

    private RtmpConnection(Transport transport, ConnectionServices services) {
        this.transport = Objects.requireNonNull(transport, "transport");
        this.services = Objects.requireNonNull(services, "services");
        this.listener = services.listener() instanceof SafeListener safe ? safe : new SafeListener(services.listener());
        this.remoteAddress = transport.remoteAddress();
        this.openedAt = services.clock().instant();
        SessionOptions options =
                new SessionOptions(limits(), services.partialBytes(), services.allocator(), services.random(), message -> {});
        this.session = new RtmpServerSession(options, nowMillis(), this::onEvent);
        this.stallWatch = new StallWatch(limits().deadlines().playerStalled());
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
        connection.listener.onConnectionOpened(connection);
        return connection;
    }

    /**
     * Where the transport brings what it has.
     *
     * @return the same object at each call; to be called on the executor only
     */
    public TransportListener transportListener() {
        return transportListener;
    }

    private void onEvent(SessionEvent event) {
        if (event instanceof SessionEvent.MediaReceived media) {
            role(media.messageStreamId(), PublishRole.class).ifPresent(role -> role.media(media));
        } else if (event instanceof SessionEvent.ConnectRequested connect) {
            askConnect(connect.app(), connect.properties());
        } else if (event instanceof SessionEvent.PublishRequested publish) {
            PublishRole role = new PublishRole(this, publish.messageStreamId());
            roles.put(publish.messageStreamId(), role);
            role.begin(publish);
        } else if (event instanceof SessionEvent.PlayRequested play) {
            PlayRole role = new PlayRole(this, play.messageStreamId());
            roles.put(play.messageStreamId(), role);
            role.begin(play);
        } else if (event instanceof SessionEvent.PublishStopped stopped) {
            Optional.ofNullable(roles.remove(stopped.messageStreamId())).ifPresent(role -> role.stop(EndReason.UNPUBLISHED));
        } else if (event instanceof SessionEvent.PlayStopped stopped) {
            Optional.ofNullable(roles.remove(stopped.messageStreamId())).ifPresent(role -> role.stop(EndReason.CANCELLED));
        } else if (event instanceof SessionEvent.PauseChanged change) {
            role(change.messageStreamId(), PlayRole.class).ifPresent(role -> role.pause(change.paused()));
        } else if (event instanceof SessionEvent.ReceiveChanged change) {
            role(change.messageStreamId(), PlayRole.class).ifPresent(role -> role.receive(change.kind(), change.wanted()));
        }
        // The length of a player's buffer changes nothing here: what is late stays in the ring, not in a queue.
    }

    private <T extends Role> Optional<T> role(int messageStreamId, Class<T> type) {
        return Optional.ofNullable(roles.get(messageStreamId)).filter(type::isInstance).map(type::cast);
    }

    private void askConnect(String wantedApp, AmfProperties properties) {
        app = wantedApp;
        ConnectRequest request = new ConnectRequest(this, wantedApp, properties);
        long deadlineMillis = nowMillis() + limits().deadlines().decision().toMillis();
        Question.ask(() -> services.access().connect(request), executor(), deadlineMillis, new Question.Asker<ConnectDecision>() {
            @Override
            public void answered(ConnectDecision decision) {
                if (decision instanceof ConnectDecision.Accept accept) {
                    accept.attachment().ifPresent(RtmpConnection.this::attach);
                    session.acceptConnect();
                } else {
                    Reject reject = (Reject) decision;
                    rejectConnect(reject.code().orElse(Status.CONNECT_REJECTED), reject.description());
                }
                settle();
            }

            @Override
            public void failed(Throwable failure) {
                LOG.warn("The access policy failed on connect of connection {}", id, failure);
                rejectConnect(Status.CONNECT_REJECTED, "Not now.");
                settle();
            }
        }, question -> connectQuestion = Optional.of(question));
    }

    private void rejectConnect(String code, String description) {
        session.rejectConnect(Status.error(code, description));
        refused("connect", code, description);
    }

    // For roles, on the executor.

    RtmpServerSession session() {
        return session;
    }

    ConnectionServices services() {
        return services;
    }

    RtmpLimits limits() {
        return services.limits();
    }

    SafeListener listener() {
        return listener;
    }

    Executor executor() {
        return transport.executor();
    }

    String app() {
        return app;
    }

    long nowMillis() {
        return services.clock().millis();
    }

    void attach(Object object) {
        attachment = Optional.of(object);
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void countIgnored() {
        ignoredMedia++;
    }

    /** Remembers why the connection ends, unless that is known already. */
    void closing(CloseReason reason) {
        closeReason = closeReason.or(() -> Optional.of(reason));
    }

    void refused(String request, String code, String description) {
        closing(new CloseReason(Cause.REFUSED, request + " refused: " + code));
        listener.onRequestRefused(this, request, code, description);
    }

    boolean isWritable() {
        return !transportClosing && transport.isWritable();
    }

    void write(ByteBuf bytes) {
        if (transportClosing) {
            bytes.release();
            return;
        }
        addSent(bytes.readableBytes());
        transport.write(bytes);
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    private void addSent(int bytes) {
        bytesSent += bytes;
    }

    void flush() {
        transport.flush();
    }

    /** Runs a task on the executor, or not at all if that runs nothing any more. */
    void run(Runnable task) {
        try {
            executor().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Connection {}: executor is gone", id);
        }
    }

    /** Sends what the session has to say. */
    void sendOutput() {
        ByteBuf out = session.takeOutput();
        if (out.isReadable()) {
            write(out);
            transport.flush();
        } else {
            out.release();
        }
    }

    /** After whatever happened: goes on with input that waited, sends what is to be sent, and closes if that is due. */
    void settle() {
        if (transportClosing) {
            return;
        }
        try {
            session.resume(nowMillis());
        } catch (RtmpProtocolException e) {
            closing(new CloseReason(Cause.PROTOCOL_ERROR, e.getMessage()));
            shutDown(EndReason.CONNECTION_LOST);
            return;
        }
        sendOutput();
        if (session.isClosing()) {
            shutDown(EndReason.CONNECTION_LOST);
        } else if (transport.pendingBytes() > limits().outbound().closeAboveBytes()) {
            closing(new CloseReason(Cause.TOO_SLOW, transport.pendingBytes() + " bytes wait to be sent"));
            shutDown(EndReason.TOO_SLOW);
        } else {
            setReading(!session.isWaiting());
        }
    }

    private void setReading(boolean on) {
        if (on != reading) {
            reading = on;
            transport.reading(on);
        }
    }

    /** Ends all roles, says the last words and closes the transport. */
    private void shutDown(EndReason reason) {
        if (transportClosing || closed) {
            return;
        }
        stopRoles(reason);
        sendOutput();
        transportClosing = true;
        abortAtMillis = nowMillis() + limits().deadlines().close().toMillis();
        setReading(true);
        transport.close();
    }

    private void stopRoles(EndReason reason) {
        connectQuestion.ifPresent(Question::abandon);
        List.copyOf(roles.values()).forEach(role -> role.stop(reason));
        roles.clear();
    }

    private void closeNow(CloseReason reason, EndReason toRoles) {
        if (closed || transportClosing) {
            return;
        }
        closing(reason);
        List.copyOf(roles.values()).forEach(role -> role.dismiss(toRoles));
        shutDown(toRoles);
    }

    // For everybody, on any thread.

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
     * @return the address that the transport named when the connection was opened
     */
    public SocketAddress remoteAddress() {
        return remoteAddress;
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
        return new ConnectionStatistics(bytesReceived, bytesSent, ignoredMessages + ignoredMedia);
    }

    /**
     * Ends whatever the client does, tells it, and closes. Does nothing if the connection is over.
     *
     * @param text why, for the log and the listener
     */
    public void close(String text) {
        run(() -> closeNow(new CloseReason(Cause.HOST, text), EndReason.CLOSED_BY_HOST));
    }

    /** Closes because the server does. Safe from any thread. */
    public void shutDown() {
        run(() -> closeNow(new CloseReason(Cause.SHUTDOWN, "the server is closing"), EndReason.SHUTDOWN));
    }

    @Override
    public String toString() {
        return "connection " + id + " from " + remoteAddress;
    }

    /** What the transport brings. */
    private final class Input implements TransportListener {

        @Override
        public void received(ByteBuf in) {
            if (transportClosing || closed) {
                in.skipBytes(in.readableBytes());
                return;
            }
            try {
                session.congested(transport.pendingBytes() > limits().outbound().dropRepliesAboveBytes());
                session.receive(in, nowMillis());
            } catch (RtmpProtocolException e) {
                fail(new CloseReason(Cause.PROTOCOL_ERROR, e.getMessage()), in);
            } catch (RuntimeException e) {
                LOG.error("Connection {} failed; this is a defect", id, e);
                fail(new CloseReason(Cause.PROTOCOL_ERROR, "internal error: " + e.getClass().getSimpleName()), in);
            }
            bytesReceived = session.bytesReceived();
            ignoredMessages = session.skippedMessages();
            settle();
        }

        private void fail(CloseReason reason, ByteBuf in) {
            in.skipBytes(in.readableBytes());
            closing(reason);
            shutDown(EndReason.CONNECTION_LOST);
        }

        @Override
        public void receivedAll() {
            List.copyOf(roles.values()).forEach(Role::receivedAll);
        }

        @Override
        public void writable() {
            List.copyOf(roles.values()).forEach(Role::writable);
        }

        @Override
        public void onTime(long nowMillis) {
            if (closed) {
                return;
            }
            if (transportClosing) {
                if (nowMillis >= abortAtMillis) {
                    transport.abort();
                }
                return;
            }
            Deadlines deadlines = limits().deadlines();
            Optional<String> missed = session.onTime(nowMillis);
            if (missed.isPresent()) {
                closeNow(new CloseReason(Cause.DEADLINE, "no " + missed.get() + " in time"), EndReason.CONNECTION_LOST);
            } else if (stallWatch.isStalled(bytesSent, transport.pendingBytes(), nowMillis)) {
                closing(new CloseReason(Cause.TOO_SLOW, "took nothing for " + deadlines.playerStalled()));
                shutDown(EndReason.TOO_SLOW);
                transport.abort();
            } else {
                if (connectQuestion.filter(question -> question.isOverdue(nowMillis)).isPresent()) {
                    connectQuestion.get().abandon();
                    rejectConnect(Status.CONNECT_REJECTED, "No answer in time.");
                }
                List.copyOf(roles.values()).forEach(role -> role.onTime(nowMillis));
                settle();
            }
        }

        @Override
        public void closed(Optional<Throwable> failure) {
            if (closed) {
                return;
            }
            closed = true;
            transportClosing = true;
            stopRoles(EndReason.CONNECTION_LOST);
            session.close();
            CloseReason reason = closeReason.orElseGet(() -> failure
                    .map(thrown -> new CloseReason(Cause.TRANSPORT_FAILED, String.valueOf(thrown.getMessage())))
                    .orElse(new CloseReason(Cause.CLIENT_CLOSED, "closed by the client")));
            listener.onConnectionClosed(RtmpConnection.this, reason);
        }
    }
}
