package dev.millrace.rtmp.session;

import dev.millrace.media.MalformedException;
import dev.millrace.rtmp.MessageType;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.chunk.ChunkMessage;
import dev.millrace.rtmp.chunk.ChunkReader;
import dev.millrace.rtmp.message.Aggregate;
import dev.millrace.rtmp.message.Command;
import dev.millrace.rtmp.message.MediaMessage;
import dev.millrace.rtmp.message.RtmpMessage;
import dev.millrace.rtmp.message.UnknownMessage;
import dev.millrace.rtmp.message.UserControl;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One side of a connection: everything but the handshake and the commands, which differ between server and client. Reads messages, obeys control
 * messages, acknowledges bytes, keeps deadlines, pings the peer and counts.
 *
 * <p>Confined to one thread at a time. Events are told while {@link #receive} runs; they may call back into the session.
 */
public abstract sealed class RtmpSession implements AutoCloseable permits RtmpServerSession, RtmpClientSession {

    static final int COMMAND_CHUNK_STREAM = 3;

    final RtmpLimits limits;
    final SessionOutput output;
    final ControlMessages controls;
    private final SessionOptions options;
    private final ChunkReader reader;
    private final PeerConduct conduct;
    private final ReceiveWindow window;
    private final SessionTimers timers;
    private final HeldInput held = new HeldInput();

    private boolean handshakeDone;
    private boolean waiting;
    private boolean closing;
    private long nowMillis;

    RtmpSession(SessionOptions options, long nowMillis) {
        this.options = options;
        this.limits = options.limits();
        this.output = new SessionOutput(options.allocator());
        this.reader = new ChunkReader(limits.chunks(), limits.messages(), options.partialBytes());
        this.conduct = new PeerConduct(limits.session());
        this.window = new ReceiveWindow(limits.session().windowAcknowledgementBytes());
        this.controls = new ControlMessages(output, conduct, window);
        this.timers = new SessionTimers(limits.deadlines().ping());
        this.nowMillis = nowMillis;
        expect("handshake", limits.deadlines().handshake());
    }

    /** Takes part in the handshake; true when it is done. */
    abstract boolean shakeHands(ByteBuf in, ByteBuf out) throws RtmpProtocolException;

    abstract void onHandshakeDone();

    abstract void onCommand(ChunkMessage message, Command command) throws RtmpProtocolException;

    abstract void onMedia(ChunkMessage message, MediaMessage media);

    abstract void onUserControl(UserControl event);

    /**
     * Takes bytes from the peer.
     *
     * @param in borrowed; all of it is consumed
     * @param now time on any steady clock, in milliseconds
     * @throws RtmpProtocolException if the peer broke the protocol or a limit; send what {@link #takeOutput()} has, and close
     */
    public final void receive(ByteBuf in, long now) throws RtmpProtocolException {
        nowMillis = now;
        if (closing) {
            in.skipBytes(in.readableBytes());
            return;
        }
        window.add(in.readableBytes());
        process(in);
        if (handshakeDone && !closing) {
            controls.acknowledge();
        }
    }

    /**
     * Goes on with bytes that had to wait for an answer. Does nothing if there are none, or if an answer is still missing.
     *
     * @param now time on the same clock as {@link #receive}
     * @throws RtmpProtocolException as {@link #receive}
     */
    public final void resume(long now) throws RtmpProtocolException {
        nowMillis = now;
        if (!closing && !waiting && held.size() > 0) {
            process(Unpooled.EMPTY_BUFFER);
        }
    }

    private void process(ByteBuf in) throws RtmpProtocolException {
        try {
            conduct.checkBytes(window.bytesReceived());
            if (waiting) {
                hold(in);
            } else {
                processWithHeld(held.takeWith(in));
            }
        } catch (RtmpProtocolException e) {
            beginClosing();
            throw e;
        }
    }

    private void processWithHeld(ByteBuf in) throws RtmpProtocolException {
        if (!handshakeDone) {
            handshakeDone = shakeHands(in, output.buffer());
            if (handshakeDone) {
                onHandshakeDone();
            }
        }
        if (handshakeDone) {
            processMessages(in);
        }
        if (closing) {
            in.skipBytes(in.readableBytes());
        } else {
            hold(in);
        }
    }

    private void hold(ByteBuf in) throws RtmpProtocolException {
        int bytes = held.size() + in.readableBytes();
        if (waiting && bytes > limits.session().maxUndecidedBytes()) {
            throw new RtmpProtocolException(bytes + " bytes before an answer exceed " + limits.session().maxUndecidedBytes());
        }
        held.add(in);
    }

    private void processMessages(ByteBuf in) throws RtmpProtocolException {
        while (!waiting && !closing) {
            ChunkMessage message = reader.read(in).orElse(null);
            if (message == null) {
                return;
            }
            onMessage(message);
        }
    }

    private void onMessage(ChunkMessage message) throws RtmpProtocolException {
        options.messageLog().accept(message);
        boolean control = MessageType.of(message.typeId()).isControl();
        if (control || message.payload().length == 0) {
            conduct.checkControl(nowMillis);
        }
        RtmpMessage parsed;
        try {
            parsed = RtmpMessage.parse(message, limits.amf());
        } catch (MalformedException e) {
            conduct.skip(control ? SkipReason.MALFORMED_CONTROL : SkipReason.MALFORMED_COMMAND);
            return;
        }
        dispatch(message, parsed);
    }

    private void dispatch(ChunkMessage message, RtmpMessage parsed) throws RtmpProtocolException {
        if (parsed instanceof MediaMessage media) {
            onMedia(message, media);
        } else if (parsed instanceof Command command) {
            conduct.checkCommand(nowMillis);
            onCommand(message, command);
        } else if (parsed instanceof UserControl event && !(event instanceof UserControl.PingRequest)) {
            onUserControl(event);
        } else if (parsed instanceof Aggregate aggregate) {
            onAggregate(aggregate);
        } else if (parsed instanceof UnknownMessage unknown) {
            conduct.skip(unknown.isSharedObject() ? SkipReason.SHARED_OBJECT : SkipReason.UNKNOWN_TYPE);
        } else {
            controls.obey(parsed);
        }
    }

    private void onAggregate(Aggregate aggregate) throws RtmpProtocolException {
        for (int i = 0; i < aggregate.dropped(); i++) {
            count(SkipReason.AGGREGATE_PART);
        }
        for (ChunkMessage part : aggregate.messages()) {
            if (closing) {
                return;
            }
            onMessage(part);
        }
    }

    final void count(SkipReason reason) {
        conduct.count(reason);
    }

    /** No message is consumed until {@link #goOn()}. */
    final void waitForAnswer() {
        waiting = true;
    }

    final void goOn() {
        waiting = false;
    }

    /** From now on nothing the peer sends counts. */
    final void beginClosing() {
        closing = true;
        waiting = false;
        held.clear();
    }

    final void authorise(boolean publisher) {
        conduct.authorise();
        if (publisher) {
            reader.authorise();
        }
    }

    final long nowMillis() {
        return nowMillis;
    }

    /** Sets the one deadline of the peer, in place of any other. */
    final void expect(String what, Duration within) {
        timers.expect(what, within, nowMillis);
    }

    final void expectNothing() {
        timers.expectNothing();
    }

    /** Pings the peer from now on, the first time after one interval. */
    final void startPings() {
        timers.schedulePing(nowMillis);
    }

    /**
     * When {@link #onTime} has something to do next.
     *
     * @return a time on the clock of {@link #receive}, or empty if never
     */
    public final OptionalLong nextDeadline() {
        return closing ? OptionalLong.empty() : timers.next();
    }

    /**
     * Checks deadlines and pings the peer where that is due.
     *
     * @param now time on the clock of {@link #receive}
     * @return what the peer failed to do in time, if so: the connection is to be closed
     */
    public final Optional<String> onTime(long now) {
        nowMillis = now;
        if (closing) {
            return Optional.empty();
        }
        Optional<String> overdue = timers.overdue(now);
        if (overdue.isEmpty() && timers.isPingDue(now)) {
            timers.schedulePing(now);
            controls.sendReply(new UserControl.PingRequest((int) now));
        }
        return overdue;
    }

    /** For tests of counters that take days to fill. */
    final void pretendReceived(long bytes) {
        window.add(bytes);
    }

    /**
     * Whether there is something to send.
     *
     * @return false if {@link #takeOutput} has nothing to give
     */
    public final boolean hasOutput() {
        return !output.isEmpty();
    }

    /**
     * Takes what is to be sent.
     *
     * @return a buffer that the caller owns, empty if there is nothing
     */
    public final ByteBuf takeOutput() {
        return output.take();
    }

    /**
     * Says whether too much waits to be sent on the transport: answers that a peer can do without are dropped then, and counted.
     *
     * @param now true while it is so
     */
    public final void congested(boolean now) {
        controls.congested(now);
    }

    /**
     * Whether the session waits for an answer of the host, so that no more bytes should be read.
     *
     * @return true between a request event and its answer
     */
    public final boolean isWaiting() {
        return waiting;
    }

    /**
     * Whether the connection is to be closed once {@link #takeOutput()} has been sent.
     *
     * @return true after a refusal, after a protocol error, or after the session has said good-bye
     */
    public final boolean isClosing() {
        return closing;
    }

    /**
     * All bytes that have arrived.
     *
     * @return bytes, from the first of the handshake on
     */
    public final long bytesReceived() {
        return window.bytesReceived();
    }

    /**
     * The chunk size with which messages to the peer are cut now.
     *
     * @return bytes
     */
    public final int chunkBytesOut() {
        return output.chunkBytes();
    }

    /**
     * How many messages had no effect.
     *
     * @return a snapshot; reasons that never occurred are missing
     */
    public final Map<SkipReason, Long> skipped() {
        return conduct.skipped();
    }

    /**
     * How many messages had no effect, for whatever reason.
     *
     * @return messages
     */
    public final long skippedMessages() {
        return conduct.skippedMessages();
    }

    /**
     * How many bytes are held of input that is not understood yet.
     *
     * @return bytes
     */
    public final int heldBytes() {
        return held.size() + reader.partialBytes();
    }

    /** Gives up everything that is held. Can be called again. */
    @Override
    public void close() {
        beginClosing();
        reader.close();
        output.release();
    }
}
