package dev.millrace.rtmp.session;

import dev.millrace.amf.AmfBoolean;
import dev.millrace.amf.AmfNull;
import dev.millrace.amf.AmfNumber;
import dev.millrace.amf.AmfObject;
import dev.millrace.amf.AmfProperties;
import dev.millrace.amf.AmfString;
import dev.millrace.amf.AmfUndefined;
import dev.millrace.amf.AmfValue;
import dev.millrace.media.MediaKind;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
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
        CONNECTED
    }

    /** The chunk stream of status messages, beside those of the client's own commands. */
    private static final int STATUS_CHUNK_STREAM = 5;

    private final Consumer<? super SessionEvent> events;
    private final ServerHandshake handshake;
    private final Map<Integer, MessageStream> messageStreams = new TreeMap<>();

    private Phase phase = Phase.HANDSHAKE;
    private double connectTransactionId;
    private AmfProperties connectProperties = AmfObject.builder().build();
    private OptionalLong deadlineMillis;
    private String deadlineText;
    private long nextPingMillis;

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
        expect("handshake", limits.deadlines().handshake());
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
        MessageStream stream = messageStreams.get(message.messageStreamId());
        if (stream == null || stream.state != State.PUBLISHING) {
            count(SkipReason.NOT_PUBLISHING);
            return;
        }
        events.accept(new SessionEvent.MediaReceived(stream.id, media.kind(), message.timestampMillis(), media.payload()));
    }

    @Override
    void onUserControl(UserControl event) {
        if (event instanceof UserControl.SetBufferLength buffer) {
            events.accept(new SessionEvent.BufferLengthSet(buffer.messageStreamId(), buffer.bufferMillis()));
        }
    }

    @Override
    void onCommand(ChunkMessage message, Command command) throws RtmpProtocolException {
        if (command.name().equals("connect")) {
            onConnect(command);
        } else if (phase != Phase.CONNECTED) {
            count(SkipReason.OUT_OF_PLACE);
        } else {
            onCommandWhenConnected(message.messageStreamId(), command);
        }
    }

    private void onConnect(Command command) {
        if (phase != Phase.AWAITING_CONNECT) {
            count(SkipReason.OUT_OF_PLACE);
            sendError(0, command, Status.error(Status.CONNECT_REJECTED, "Connected already."));
            return;
        }
        phase = Phase.CONNECT_REQUESTED;
        connectTransactionId = command.transactionId();
        connectProperties = command.properties(0).orElse(connectProperties);
        expectNothing();
        waitForAnswer();
        events.accept(new SessionEvent.ConnectRequested(connectProperties.string("app").orElse(""), connectProperties));
    }

    private void onCommandWhenConnected(int messageStreamId, Command command) {
        switch (command.name()) {
            case "createStream" -> onCreateStream(command);
            case "deleteStream" -> command.number(1).ifPresent(this::deleteStream);
            case "closeStream" -> stop(messageStreams.get(messageStreamId));
            case "publish" -> onPublish(messageStreamId, command);
            case "play" -> onPlay(messageStreamId, command);
            case "releaseStream" -> sendResult(command, AmfUndefined.INSTANCE);
            case "FCPublish" -> onFcPublish(command);
            case "FCUnpublish" -> onFcUnpublish(command);
            case "FCSubscribe" -> sendResult(command, AmfUndefined.INSTANCE);
            case "pause", "pauseRaw" -> onPause(messageStreamId, command);
            case "seek" -> onSeek(messageStreamId);
            case "receiveAudio" -> onReceive(messageStreamId, MediaKind.AUDIO, command);
            case "receiveVideo" -> onReceive(messageStreamId, MediaKind.VIDEO, command);
            case "play2" -> sendStatus(messageStreamId, Status.error(Status.PLAY_FAILED, "play2 is not supported"));
            case "getStreamLength" -> sendResult(command, new AmfNumber(0));
            case "_result", "_error", "onStatus" -> count(SkipReason.OUT_OF_PLACE);
            default -> sendResult(command, AmfNull.INSTANCE); // _checkbw and whatever else an encoder wants to see answered
        }
    }

    private void onCreateStream(Command command) {
        if (messageStreams.size() == limits.session().maxMessageStreams()) {
            count(SkipReason.OUT_OF_PLACE);
            sendError(0, command, Status.error(Status.CALL_FAILED, "more than " + messageStreams.size() + " message streams"));
            return;
        }
        int id = 1;
        while (messageStreams.containsKey(id)) {
            id++;
        }
        messageStreams.put(id, new MessageStream(id));
        sendResult(command, new AmfNumber(id));
    }

    private void deleteStream(double id) {
        if (id != (int) id) {
            count(SkipReason.OUT_OF_PLACE);
            return;
        }
        stop(messageStreams.remove((int) id));
    }

    private void onPublish(int messageStreamId, Command command) {
        MessageStream stream = messageStreams.get(messageStreamId);
        if (stream == null || stream.state != State.IDLE) {
            count(SkipReason.OUT_OF_PLACE);
            sendStatus(messageStreamId, Status.error(Status.PUBLISH_BAD_NAME, "publish on a message stream that is not free"));
            return;
        }
        stream.state = State.PUBLISH_REQUESTED;
        stream.name = command.string(1).orElse("");
        expectNothing();
        waitForAnswer();
        events.accept(new SessionEvent.PublishRequested(stream.id, stream.name, command.string(2).orElse("live")));
    }

    private void onPlay(int messageStreamId, Command command) {
        MessageStream stream = messageStreams.get(messageStreamId);
        if (stream == null || stream.state != State.IDLE) {
            count(SkipReason.OUT_OF_PLACE);
            sendStatus(messageStreamId, Status.error(Status.PLAY_FAILED, "play on a message stream that is not free"));
            return;
        }
        stream.state = State.PLAY_REQUESTED;
        stream.name = command.string(1).orElse("");
        stream.reset = isReset(command);
        expectNothing();
        waitForAnswer();
        events.accept(new SessionEvent.PlayRequested(stream.id, stream.name, command.number(2).orElse(-2.0)));
    }

    /** The fourth argument of {@code play}: a boolean or a number, true if it is missing. */
    private static boolean isReset(Command play) {
        if (play.arguments().size() < 5) {
            return true;
        }
        AmfValue reset = play.arguments().get(4);
        return !(reset instanceof AmfBoolean flag && !flag.value() || reset instanceof AmfNumber number && number.value() == 0);
    }

    private void onFcPublish(Command command) {
        sendResult(command, AmfUndefined.INSTANCE);
        AmfObject information = AmfObject.builder()
                .put("code", Status.PUBLISH_START)
                .put("description", command.string(1).orElse(""))
                .build();
        output.send(COMMAND_CHUNK_STREAM, 0, Command.of("onFCPublish", 0, information));
    }

    private void onFcUnpublish(Command command) {
        sendResult(command, AmfUndefined.INSTANCE);
        String name = command.string(1).orElse("");
        for (MessageStream stream : messageStreams.values()) {
            if (stream.state == State.PUBLISHING && stream.name.equals(name)) {
                AmfObject information = AmfObject.builder().put("code", Status.UNPUBLISH_SUCCESS).put("description", name).build();
                output.send(COMMAND_CHUNK_STREAM, 0, Command.of("onFCUnpublish", 0, information));
                stop(stream);
                return;
            }
        }
    }

    private void onPause(int messageStreamId, Command command) {
        MessageStream stream = messageStreams.get(messageStreamId);
        if (stream == null || stream.state != State.PLAYING) {
            count(SkipReason.OUT_OF_PLACE);
            return;
        }
        boolean paused = flag(command);
        sendStatus(stream.id, Status.status(paused ? Status.PAUSE_NOTIFY : Status.UNPAUSE_NOTIFY, stream.name));
        sendUserControl(paused ? new UserControl.StreamEof(stream.id) : new UserControl.StreamBegin(stream.id));
        events.accept(new SessionEvent.PauseChanged(stream.id, paused));
    }

    private void onSeek(int messageStreamId) {
        MessageStream stream = messageStreams.get(messageStreamId);
        if (stream == null || stream.state != State.PLAYING) {
            count(SkipReason.OUT_OF_PLACE);
            return;
        }
        sendStatus(stream.id, Status.error(Status.SEEK_FAILED, "the stream is live"));
    }

    private void onReceive(int messageStreamId, MediaKind kind, Command command) {
        MessageStream stream = messageStreams.get(messageStreamId);
        if (stream == null || stream.state != State.PLAYING) {
            count(SkipReason.OUT_OF_PLACE);
            return;
        }
        boolean wanted = flag(command);
        if (wanted) {
            sendStatus(stream.id, Status.status(Status.SEEK_NOTIFY, stream.name));
            sendStatus(stream.id, Status.status(Status.PLAY_START, stream.name));
        }
        events.accept(new SessionEvent.ReceiveChanged(stream.id, kind, wanted));
    }

    /** The first argument after the command object, true if it is missing. */
    private static boolean flag(Command command) {
        return command.arguments().size() < 2 || !(command.arguments().get(1) instanceof AmfBoolean value) || value.value();
    }

    /** Ends what runs on a message stream, which may be null. */
    private void stop(MessageStream stream) {
        if (stream == null) {
            count(SkipReason.OUT_OF_PLACE);
            return;
        }
        State before = stream.state;
        stream.state = State.IDLE;
        if (before == State.PUBLISHING) {
            sendStatus(stream.id, Status.status(Status.UNPUBLISH_SUCCESS, "Stopped publishing."));
            expectPublishOrPlay();
            events.accept(new SessionEvent.PublishStopped(stream.id));
        } else if (before == State.PLAYING) {
            expectPublishOrPlay();
            events.accept(new SessionEvent.PlayStopped(stream.id));
        }
    }

    /**
     * Accepts the connection.
     *
     * @throws IllegalStateException if the client does not wait for that
     */
    public void acceptConnect() {
        require(phase == Phase.CONNECT_REQUESTED, "connect");
        phase = Phase.CONNECTED;
        announceWindow(limits.session().windowAcknowledgementBytes());
        output.send(CONTROL_CHUNK_STREAM, 0, new SetPeerBandwidth(limits.session().windowAcknowledgementBytes(), SetPeerBandwidth.DYNAMIC));
        output.send(CONTROL_CHUNK_STREAM, 0, new SetChunkSize(limits.chunks().chunkBytesOut()));
        output.chunkBytes(limits.chunks().chunkBytesOut());
        sendUserControl(new UserControl.StreamBegin(0));
        output.send(COMMAND_CHUNK_STREAM, 0, ConnectAnswer.to(connectProperties, connectTransactionId));
        nextPingMillis = nowMillis() + limits.deadlines().ping().toMillis();
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
        output.send(COMMAND_CHUNK_STREAM, 0, new Command("_error", connectTransactionId, List.of(AmfNull.INSTANCE, status.toObject())));
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
        sendUserControl(new UserControl.StreamBegin(stream.id));
        sendStatus(stream.id, Status.status(Status.PUBLISH_START, "Publishing."));
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
        sendStatus(requested(messageStreamId, State.PUBLISH_REQUESTED).id, status);
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
        sendUserControl(new UserControl.StreamBegin(stream.id));
        if (stream.reset) {
            sendStatus(stream.id, Status.status(Status.PLAY_RESET, "Playing and resetting."));
        }
        sendStatus(stream.id, Status.status(Status.PLAY_START, "Playing."));
        sendSampleAccess(stream.id);
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
        sendStatus(requested(messageStreamId, State.PLAY_REQUESTED).id, status);
        beginClosing();
    }

    /**
     * Tells a player that its stream is over.
     *
     * @param messageStreamId where it plays; nothing happens if it does not
     */
    public void endPlay(int messageStreamId) {
        MessageStream stream = messageStreams.get(messageStreamId);
        if (stream == null || stream.state != State.PLAYING) {
            return;
        }
        stream.state = State.IDLE;
        sendUserControl(new UserControl.StreamEof(stream.id));
        sendStatus(stream.id, Status.status(Status.PLAY_UNPUBLISH_NOTIFY, "The stream is over."));
        expectPublishOrPlay();
    }

    /**
     * Stops a publisher. The connection is to be closed then.
     *
     * @param messageStreamId where it publishes; nothing happens if it does not
     * @param status what the client is told
     */
    public void endPublish(int messageStreamId, Status status) {
        MessageStream stream = messageStreams.get(messageStreamId);
        if (stream == null || stream.state != State.PUBLISHING) {
            return;
        }
        stream.state = State.IDLE;
        sendStatus(stream.id, status);
        beginClosing();
    }

    private static void require(boolean condition, String request) {
        if (!condition) {
            throw new IllegalStateException("no " + request + " waits for an answer");
        }
    }

    private MessageStream requested(int messageStreamId, State state) {
        MessageStream stream = messageStreams.get(messageStreamId);
        if (stream == null || stream.state != state) {
            throw new IllegalStateException("no request waits for an answer on message stream " + messageStreamId);
        }
        return stream;
    }

    private void sendResult(Command call, AmfValue value) {
        if (call.transactionId() != 0) {
            output.send(COMMAND_CHUNK_STREAM, 0, Command.of("_result", call.transactionId(), value));
        }
    }

    private void sendError(int messageStreamId, Command call, Status status) {
        if (call.transactionId() != 0) {
            output.send(COMMAND_CHUNK_STREAM, messageStreamId, Command.of("_error", call.transactionId(), status.toObject()));
        }
    }

    private void sendStatus(int messageStreamId, Status status) {
        output.send(STATUS_CHUNK_STREAM, messageStreamId, status.toOnStatus());
    }

    private void sendUserControl(UserControl event) {
        output.send(CONTROL_CHUNK_STREAM, 0, event);
    }

    private void sendSampleAccess(int messageStreamId) {
        output.sendData(STATUS_CHUNK_STREAM, messageStreamId,
                List.of(new AmfString("|RtmpSampleAccess"), new AmfBoolean(true), new AmfBoolean(true)));
    }

    private void expect(String what, Duration within) {
        deadlineText = what;
        deadlineMillis = OptionalLong.of(nowMillis() + within.toMillis());
    }

    /** A connection on which nothing is published or played must begin something. */
    private void expectPublishOrPlay() {
        if (messageStreams.values().stream().allMatch(stream -> stream.state == State.IDLE)) {
            expect("publish or play", limits.deadlines().publishOrPlay());
        }
    }

    private void expectNothing() {
        deadlineMillis = OptionalLong.empty();
    }

    /**
     * When {@link #onTime} has something to do next.
     *
     * @return a time on the clock of {@link #receive}, or empty if never
     */
    public OptionalLong nextDeadline() {
        if (phase != Phase.CONNECTED || isClosing()) {
            return deadlineMillis;
        }
        return OptionalLong.of(Math.min(nextPingMillis, deadlineMillis.orElse(Long.MAX_VALUE)));
    }

    /**
     * Does what is due.
     *
     * @param now time on the clock of {@link #receive}
     * @return what the client failed to do in time, if so: the connection is to be closed
     */
    public Optional<String> onTime(long now) {
        setNow(now);
        if (isClosing()) {
            return Optional.empty();
        }
        if (deadlineMillis.isPresent() && now >= deadlineMillis.getAsLong()) {
            return Optional.of(deadlineText);
        }
        if (phase == Phase.CONNECTED && now >= nextPingMillis) {
            nextPingMillis = now + limits.deadlines().ping().toMillis();
            sendReply(new UserControl.PingRequest((int) now));
        }
        return Optional.empty();
    }
}
