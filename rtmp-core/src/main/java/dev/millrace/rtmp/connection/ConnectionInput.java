package dev.millrace.rtmp.connection;

import dev.millrace.media.EndReason;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.connection.CloseReason.Cause;
import dev.millrace.rtmp.session.RtmpSession;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What the transport brings to one connection of a server or client: bytes, time, its end. Confined to the executor, except for the counters.
 */
final class ConnectionInput implements TransportListener {

    /** Less than the receive buffer of a socket has at first. */
    private static final int MAX_REST_BYTES = 32 << 10;

    private final InputOwner owner;
    private final RtmpSession session;
    private final ConnectionTransport transport;
    private final RtmpLimits limits;

    private boolean closed;
    private boolean inReadBatch;
    private boolean resting;
    private long bytesBeforeBatch;
    private volatile long bytesReceived;
    private volatile long ignoredMessages;

    ConnectionInput(InputOwner owner, RtmpSession session, ConnectionTransport transport, RtmpLimits limits) {
        this.owner = owner;
        this.session = session;
        this.transport = transport;
        this.limits = limits;
    }

    /** Between bytes and {@link #receivedAll()}, which passes frames on. */
    boolean isInReadBatch() {
        return inReadBatch;
    }

    long bytesReceived() {
        return bytesReceived;
    }

    long ignoredMessages() {
        return ignoredMessages;
    }

    @Override
    public void received(ByteBuf in) {
        if (transport.isClosing()) {
            in.skipBytes(in.readableBytes());
            return;
        }
        inReadBatch = true;
        try {
            session.congested(transport.isCongested());
            session.receive(in, owner.nowMillis());
            owner.settle();
        } catch (RtmpProtocolException e) {
            owner.end(new CloseReason(Cause.PROTOCOL_ERROR, e.getMessage()), EndReason.CONNECTION_LOST);
        } catch (RuntimeException | Error e) {
            owner.failed(e);
        }
        in.skipBytes(in.readableBytes());
        count();
    }

    private void count() {
        bytesReceived = session.bytesReceived();
        ignoredMessages = session.skippedMessages();
    }

    /** Nothing is read for a moment. */
    boolean isResting() {
        return resting;
    }

    @Override
    public void receivedAll() {
        inReadBatch = false;
        owner.receivedAll();
        rest();
    }

    /**
     * Lets input gather in the socket where frames would gather behind it anyway: to wake up for each message costs more than all else that is done
     * for it. A client that sends much is read at once, so that its window stays open.
     */
    private void rest() {
        long batchBytes = bytesReceived - bytesBeforeBatch;
        bytesBeforeBatch = bytesReceived;
        long millis = batchBytes > MAX_REST_BYTES ? 0 : owner.restMillis();
        if (millis > 0 && !resting && !transport.isClosing() && transport.executor() instanceof ScheduledExecutorService timers) {
            resting = true;
            transport.reading(false);
            timers.schedule(this::wake, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void wake() {
        resting = false;
        if (!transport.isClosing()) {
            transport.reading(!session.isWaiting());
        }
    }

    @Override
    public void writable() {
        owner.writable();
    }

    @Override
    public void onTime(long nowMillis) {
        if (closed) {
            return;
        }
        if (transport.isClosing()) {
            transport.abortIfOverdue(nowMillis);
            return;
        }
        try {
            lookAtDeadlines(nowMillis);
        } catch (RuntimeException | Error e) {
            owner.failed(e);
        }
    }

    private void lookAtDeadlines(long nowMillis) {
        Optional<String> missed = session.onTime(nowMillis);
        if (missed.isPresent()) {
            owner.dismiss(new CloseReason(Cause.DEADLINE, "no " + missed.get() + " in time"), EndReason.CONNECTION_LOST);
        } else if (transport.isStalled(nowMillis)) {
            String text = "took nothing for " + limits.deadlines().playerStalled();
            owner.end(new CloseReason(Cause.TOO_SLOW, text), EndReason.TOO_SLOW);
            transport.abort();
        } else {
            owner.onTime(nowMillis);
            if (session.hasOutput() || transport.isOverfull()) {
                owner.settle();
            }
        }
    }

    @Override
    public void closed(Optional<Throwable> failure) {
        if (closed) {
            return;
        }
        closed = true;
        count();
        owner.closed(failure
                .map(thrown -> new CloseReason(Cause.TRANSPORT_FAILED, String.valueOf(thrown.getMessage())))
                .orElse(new CloseReason(Cause.CLIENT_CLOSED, "closed by the client")));
    }
}
