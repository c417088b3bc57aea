package dev.millrace.rtmp.session;

import dev.millrace.media.FlvFormatException;
import dev.millrace.rtmp.RateLimit;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.SessionLimits;
import dev.millrace.rtmp.chunk.ChunkMessage;
import dev.millrace.rtmp.chunk.ChunkReader;
import dev.millrace.rtmp.message.Acknowledgement;
import dev.millrace.rtmp.message.Aggregate;
import dev.millrace.rtmp.message.Command;
import dev.millrace.rtmp.message.MediaMessage;
import dev.millrace.rtmp.message.RtmpMessage;
import dev.millrace.rtmp.message.SetPeerBandwidth;
import dev.millrace.rtmp.message.UnknownMessage;
import dev.millrace.rtmp.message.UserControl;
import dev.millrace.rtmp.message.WindowAcknowledgementSize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.EnumMap;
import java.util.Map;

/**
 * What both sides of a connection have in common: the way of the bytes, control messages, acknowledgements and counters.
 *
 * <p>Confined to one thread at a time. Events are told while {@link #receive} runs; they may call back into the session.
 */
public abstract sealed class RtmpSession implements AutoCloseable permits RtmpServerSession, RtmpClientSession {

    static final int CONTROL_CHUNK_STREAM = 2;
    static final int COMMAND_CHUNK_STREAM = 3;

    /** An acknowledgement goes out at least so often, since some encoders stop at a window of their own. */
    private static final int MOST_UNACKNOWLEDGED_BYTES = 2_000_000;

    private static final byte[] NOTHING = {};

    final RtmpLimits limits;
    final SessionOutput output;
    private final SessionOptions options;
    private final ChunkReader reader;
    private final RateLimit commandRate;
    private final RateLimit controlRate;
    private final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    private long skippedMessages;

    private boolean handshakeDone;
    private boolean authorised;
    private boolean waiting;
    private boolean closing;
    private boolean congested;
    private byte[] leftover = NOTHING;
    private int unauthorisedCommands;
    private int suspicious;
    private long bytesReceived;
    private long bytesAcknowledged;
    private int peerWindowBytes;
    private int announcedWindowBytes;
    private long nowMillis;

    RtmpSession(SessionOptions options, long nowMillis) {
        this.options = options;
        this.limits = options.limits();
        this.output = new SessionOutput(options.allocator());
        this.reader = new ChunkReader(limits.chunks(), limits.messages(), options.partialBytes());
        this.commandRate = new RateLimit(limits.session().maxCommandsPerSecond());
        this.controlRate = new RateLimit(limits.session().maxControlsPerSecond());
        this.peerWindowBytes = limits.session().windowAcknowledgementBytes();
        this.nowMillis = nowMillis;
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
        bytesReceived += in.readableBytes();
        SessionLimits most = limits.session();
        if (!authorised && bytesReceived > most.maxUnauthorisedBytes()) {
            throw new RtmpProtocolException(bytesReceived + " bytes before authorisation exceed " + most.maxUnauthorisedBytes());
        }
        if (waiting && leftover.length > 0 && leftover.length + in.readableBytes() > most.maxUndecidedBytes()) {
            throw new RtmpProtocolException((leftover.length + in.readableBytes()) + " bytes before an answer exceed " + most.maxUndecidedBytes());
        }
        if (leftover.length == 0) {
            process(in);
        } else {
            process(Unpooled.buffer(leftover.length + in.readableBytes()).writeBytes(takeLeftover()).writeBytes(in));
        }
        acknowledge();
    }

    /**
     * Goes on with bytes that had to wait for an answer. Does nothing if there are none, or if an answer is still missing.
     *
     * @param now time on the same clock as {@link #receive}
     * @throws RtmpProtocolException as {@link #receive}
     */
    public final void resume(long now) throws RtmpProtocolException {
        nowMillis = now;
        if (!closing && !waiting && leftover.length > 0) {
            process(Unpooled.wrappedBuffer(takeLeftover()));
        }
    }

    private byte[] takeLeftover() {
        byte[] taken = leftover;
        leftover = NOTHING;
        return taken;
    }

    private void process(ByteBuf in) throws RtmpProtocolException {
        if (!handshakeDone && !waiting) {
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
        } else if (in.isReadable()) {
            leftover = new byte[in.readableBytes()];
            in.readBytes(leftover);
        }
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
        boolean control = message.typeId() <= 6;
        if ((control || message.payload().length == 0) && !controlRate.allows(nowMillis)) {
            throw new RtmpProtocolException(
                    "more than " + limits.session().maxControlsPerSecond() + " control or empty messages in a second");
        }
        RtmpMessage parsed;
        try {
            parsed = RtmpMessage.parse(message, limits.amf());
        } catch (FlvFormatException e) {
            skip(control ? SkipReason.MALFORMED_CONTROL : SkipReason.MALFORMED_COMMAND);
            return;
        }
        dispatch(message, parsed);
    }

    private void dispatch(ChunkMessage message, RtmpMessage parsed) throws RtmpProtocolException {
        if (parsed instanceof MediaMessage media) {
            onMedia(message, media);
        } else if (parsed instanceof Command command) {
            countCommand();
            onCommand(message, command);
        } else if (parsed instanceof UserControl.PingRequest ping) {
            sendReply(new UserControl.PingResponse(ping.timestampMillis()));
        } else if (parsed instanceof UserControl event) {
            onUserControl(event);
        } else if (parsed instanceof WindowAcknowledgementSize size) {
            peerWindowBytes = size.windowBytes();
        } else if (parsed instanceof SetPeerBandwidth bandwidth) {
            answerPeerBandwidth(bandwidth.windowBytes());
        } else if (parsed instanceof Aggregate aggregate) {
            onAggregate(aggregate);
        } else if (parsed instanceof UnknownMessage unknown) {
            skip(unknown.isSharedObject() ? SkipReason.SHARED_OBJECT : SkipReason.UNKNOWN_TYPE);
        }
        // Set Chunk Size and Abort have been obeyed by the chunk reader; acknowledgements limit nothing.
    }

    private void onAggregate(Aggregate aggregate) throws RtmpProtocolException {
        for (int i = 0; i < aggregate.dropped(); i++) {
            skip(SkipReason.AGGREGATE_PART);
        }
        for (ChunkMessage part : aggregate.messages()) {
            onMessage(part);
        }
    }

    private void countCommand() throws RtmpProtocolException {
        SessionLimits most = limits.session();
        if (!commandRate.allows(nowMillis)) {
            throw new RtmpProtocolException("more than " + most.maxCommandsPerSecond() + " commands in a second");
        }
        unauthorisedCommands += authorised ? 0 : 1;
        if (unauthorisedCommands > most.maxUnauthorisedCommands()) {
            throw new RtmpProtocolException("more than " + most.maxUnauthorisedCommands() + " commands before authorisation");
        }
    }

    private void answerPeerBandwidth(int windowBytes) {
        if (windowBytes > 0 && windowBytes != announcedWindowBytes) {
            announceWindow(windowBytes);
        }
    }

    final void announceWindow(int windowBytes) {
        announcedWindowBytes = windowBytes;
        output.send(CONTROL_CHUNK_STREAM, 0, new WindowAcknowledgementSize(windowBytes));
    }

    private void acknowledge() {
        long window = Integer.toUnsignedLong(peerWindowBytes);
        long due = window == 0 ? MOST_UNACKNOWLEDGED_BYTES : Math.min(window / 2, MOST_UNACKNOWLEDGED_BYTES);
        if (handshakeDone && !closing && bytesReceived - bytesAcknowledged >= Math.max(1, due)) {
            bytesAcknowledged = bytesReceived;
            sendReply(new Acknowledgement((int) bytesReceived));
        }
    }

    /** Sends what the peer can do without, unless too much waits to be sent. */
    final void sendReply(RtmpMessage message) {
        if (congested) {
            count(SkipReason.CONGESTED);
        } else {
            output.send(CONTROL_CHUNK_STREAM, 0, message);
        }
    }

    /** Counts a message that had no effect; too many of those that a sane peer never sends end the connection. */
    final void skip(SkipReason reason) throws RtmpProtocolException {
        count(reason);
        if (reason == SkipReason.UNKNOWN_TYPE || reason == SkipReason.MALFORMED_COMMAND) {
            suspicious++;
            if (suspicious > limits.session().maxSkippedMessages()) {
                throw new RtmpProtocolException(
                        "more than " + limits.session().maxSkippedMessages() + " messages of unknown type or without a legal body");
            }
        }
    }

    final void count(SkipReason reason) {
        skipped.merge(reason, 1L, Long::sum);
        skippedMessages++;
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
        leftover = NOTHING;
    }

    final void authorise(boolean publisher) {
        authorised = true;
        if (publisher) {
            reader.authorise();
        }
    }

    final long nowMillis() {
        return nowMillis;
    }

    final void setNow(long now) {
        nowMillis = now;
    }

    /** For tests of counters that take days to fill. */
    final void pretendReceived(long bytes) {
        bytesReceived += bytes;
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
        congested = now;
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
     * @return true after a refusal, or after the session has said good-bye
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
        return bytesReceived;
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
        return Map.copyOf(skipped);
    }

    /**
     * How many messages had no effect, for whatever reason.
     *
     * @return messages
     */
    public final long skippedMessages() {
        return skippedMessages;
    }

    /**
     * How many bytes are held of input that is not understood yet.
     *
     * @return bytes
     */
    public final int heldBytes() {
        return leftover.length + reader.partialBytes();
    }

    /** Gives up everything that is held. Can be called again. */
    @Override
    public void close() {
        beginClosing();
        reader.close();
        output.release();
    }
}
