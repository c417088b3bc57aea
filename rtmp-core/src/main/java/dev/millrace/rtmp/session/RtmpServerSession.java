package dev.millrace.rtmp.session;

import dev.millrace.amf.AmfObject;
import dev.millrace.amf.AmfProperties;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.chunk.ChunkMessage;
import dev.millrace.rtmp.handshake.ServerHandshake;
import dev.millrace.rtmp.message.Command;
import dev.millrace.rtmp.message.MediaMessage;
import dev.millrace.rtmp.message.SetChunkSize;
import dev.millrace.rtmp.message.SetPeerBandwidth;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.message.UserControl;
import dev.millrace.rtmp.session.MessageStream.State;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * The server's side of one connection: answers handshake and commands, and tells as {@link SessionEvent}s what the client wants.
 *
 * <p>A {@link SessionEvent.Request} stops the session until it is answered; everything else is answered by the session itself. Confined to one
 * thread at a time. RTMP 1.0, section 7.2.
 */
public final class RtmpServerSession extends RtmpSession {

    private enum Phase {
        HANDSHAKE,
        AWAITING_CONNECT,
        CONNECT_REQUESTED,
        CONNECTED,
        REFUSED
    }

    private final Consumer<? super SessionEvent> events;
    private final ServerHandshake handshake;
    private final MessageStreams streams;
    private final ServerReplies replies;
    private final ServerCommands commands;

    private Phase phase = Phase.HANDSHAKE;
    private double connectTransactionId;
    private AmfProperties connectProperties = AmfObject.builder().build();

    /**
     * Makes a session for a connection that has just been opened.
     *
     * @param options what it needs
     * @param nowMillis time on the clock of {@link #receive}
     * @param events told while {@link #receive} or {@link #resume} runs
     */
    public RtmpServerSession(SessionOptions options, long nowMillis, Consumer<? super SessionEvent> events) {
        super(options, nowMillis);
        this.events = events;
        this.handshake = new ServerHandshake(options.random());
        this.streams = new MessageStreams(limits.session().maxMessageStreams());
        this.replies = new ServerReplies(output);
        this.commands = new ServerCommands(this, streams, replies);
    }

    @Override
    boolean shakeHands(ByteBuf in, ByteBuf out) throws RtmpProtocolException {
        return handshake.read(in, nowMillis(), out);
    }

    @Override
    void onHandshakeDone() {
        phase = Phase.AWAITING_CONNECT;
        expect("connect", limits.deadlines().connect());
    }

    @Override
    void onMedia(ChunkMessage message, MediaMessage media) {
        if (streams.get(message.messageStreamId(), State.PUBLISHING).isEmpty()) {
            count(SkipReason.NOT_PUBLISHING);
            return;
        }
        tell(new SessionEvent.MediaReceived(message.messageStreamId(), media.kind(), message.timestampMillis(), media.payload()));
    }

    @Override
    void onUserControl(UserControl event) {
        if (event instanceof UserControl.SetBufferLength buffer) {
            tell(new SessionEvent.BufferLengthSet(buffer.messageStreamId(), buffer.bufferMillis()));
        }
    }

    @Override
    void onCommand(ChunkMessage message, Command command) throws RtmpProtocolException {
        if (command.name().equals("connect")) {
            onConnect(command);
        } else if (phase != Phase.CONNECTED) {
            count(SkipReason.OUT_OF_PLACE);
        } else {
            commands.read(message.messageStreamId(), command);
        }
    }

    private void onConnect(Command command) {
        if (phase != Phase.AWAITING_CONNECT) {
            count(SkipReason.OUT_OF_PLACE);
            replies.error(command, Status.error(Status.CONNECT_REJECTED, "Connected already."));
            return;
        }
        phase = Phase.CONNECT_REQUESTED;
        connectTransactionId = command.transactionId();
        connectProperties = command.properties(0).orElse(connectProperties);
        ask(new SessionEvent.ConnectRequested(connectProperties.string("app").orElse(""), connectProperties));
    }

    /** Consumes nothing more until the host has answered, which may take its time. */
    void ask(SessionEvent.Request request) {
        expectNothing();
        waitForAnswer();
        tell(request);
    }

    void tell(SessionEvent event) {
        events.accept(event);
    }

    /**
     * Accepts the connection.
     *
     * @throws IllegalStateException if the client does not wait for that
     */
    public void acceptConnect() {
        require(phase == Phase.CONNECT_REQUESTED, "connect");
        phase = Phase.CONNECTED;
        controls.announceWindow(limits.session().windowAcknowledgementBytes());
        controls.send(new SetPeerBandwidth(limits.session().windowAcknowledgementBytes(), SetPeerBandwidth.DYNAMIC));
        controls.send(new SetChunkSize(limits.chunks().chunkBytesOut()));
        output.chunkBytes(limits.chunks().chunkBytesOut());
        controls.send(new UserControl.StreamBegin(0));
        replies.call(ConnectAnswer.to(connectProperties, connectTransactionId));
        startPings();
        expectPublishOrPlay();
        goOn();
    }

    /**
     * Refuses the connection, which is to be closed then.
     *
     * @param status what the client is told
     * @throws IllegalStateException if the client does not wait for that
     */
    public void rejectConnect(Status status) {
        require(phase == Phase.CONNECT_REQUESTED, "connect");
        phase = Phase.REFUSED;
        replies.call(Command.of("_error", connectTransactionId, status.toObject()));
        beginClosing();
    }

    /**
     * Lets a client publish.
     *
     * @param messageStreamId from the request
     * @throws IllegalStateException if the client does not wait for that
     */
    public void acceptPublish(int messageStreamId) {
        MessageStream stream = requested(messageStreamId, State.PUBLISH_REQUESTED);
        stream.state = State.PUBLISHING;
        authorise(/* publisher= */ true);
        controls.send(new UserControl.StreamBegin(stream.id));
        replies.status(stream.id, Status.status(Status.PUBLISH_START, "Publishing."));
        goOn();
    }

    /**
     * Refuses a publisher. The connection is to be closed then, since some clients wait for nothing else.
     *
     * @param messageStreamId from the request
     * @param status what the client is told
     * @throws IllegalStateException if the client does not wait for that
     */
    public void rejectPublish(int messageStreamId, Status status) {
        requested(messageStreamId, State.PUBLISH_REQUESTED).state = State.IDLE;
        replies.status(messageStreamId, status);
        beginClosing();
    }

    /**
     * Lets a client play. Media may follow what {@link #takeOutput()} then has.
     *
     * @param messageStreamId from the request
     * @throws IllegalStateException if the client does not wait for that
     */
    public void acceptPlay(int messageStreamId) {
        MessageStream stream = requested(messageStreamId, State.PLAY_REQUESTED);
        stream.state = State.PLAYING;
        authorise(/* publisher= */ false);
        controls.send(new UserControl.StreamBegin(stream.id));
        if (stream.reset) {
            replies.status(stream.id, Status.status(Status.PLAY_RESET, "Playing and resetting."));
        }
        replies.status(stream.id, Status.status(Status.PLAY_START, "Playing."));
        replies.sampleAccess(stream.id);
        goOn();
    }

    /**
     * Refuses a player. The connection is to be closed then.
     *
     * @param messageStreamId from the request
     * @param status what the client is told
     * @throws IllegalStateException if the client does not wait for that
     */
    public void rejectPlay(int messageStreamId, Status status) {
        requested(messageStreamId, State.PLAY_REQUESTED).state = State.IDLE;
        replies.status(messageStreamId, status);
        beginClosing();
    }

    /**
     * Tells a player that its stream is over.
     *
     * @param messageStreamId where it plays; nothing happens if it does not
     */
    public void endPlay(int messageStreamId) {
        MessageStream stream = streams.get(messageStreamId, State.PLAYING).orElse(null);
        if (stream == null) {
            return;
        }
        stream.state = State.IDLE;
        controls.send(new UserControl.StreamEof(stream.id));
        replies.status(stream.id, Status.status(Status.PLAY_UNPUBLISH_NOTIFY, "The stream is over."));
        expectPublishOrPlay();
    }

    /**
     * Stops a publisher. The connection is to be closed then.
     *
     * @param messageStreamId where it publishes; nothing happens if it does not
     * @param status what the client is told
     */
    public void endPublish(int messageStreamId, Status status) {
        MessageStream stream = streams.get(messageStreamId, State.PUBLISHING).orElse(null);
        if (stream == null) {
            return;
        }
        stream.state = State.IDLE;
        replies.status(stream.id, status);
        beginClosing();
    }

    private static void require(boolean condition, String request) {
        if (!condition) {
            throw new IllegalStateException("no " + request + " waits for an answer");
        }
    }

    private MessageStream requested(int messageStreamId, State state) {
        return streams.get(messageStreamId, state)
                .orElseThrow(() -> new IllegalStateException("no request waits for an answer on message stream " + messageStreamId));
    }

    /** A connection on which nothing is published or played must begin something. */
    void expectPublishOrPlay() {
        if (streams.allIdle()) {
            expect("publish or play", limits.deadlines().publishOrPlay());
        }
    }
}
