package dev.millrace.rtmp.session;

import dev.millrace.amf.AmfNumber;
import dev.millrace.amf.AmfObject;
import dev.millrace.amf.AmfProperties;
import dev.millrace.amf.AmfString;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.chunk.ChunkMessage;
import dev.millrace.rtmp.handshake.ClientHandshake;
import dev.millrace.rtmp.message.Command;
import dev.millrace.rtmp.message.MediaMessage;
import dev.millrace.rtmp.message.SetChunkSize;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.message.UserControl;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The client's side of one connection: connects by itself, then publishes or plays when told to, and tells as {@link ClientEvent}s what the server
 * says. Confined to one thread at a time. RTMP 1.0, section 7.2.
 */
public final class RtmpClientSession extends RtmpSession {

    private static final double CONNECT_TRANSACTION = 1;
    private static final int PUBLISH_CHUNK_STREAM = 8;
    private static final int AUDIO_CHUNK_STREAM = 4;
    private static final int VIDEO_CHUNK_STREAM = 6;
    private static final int DATA_CHUNK_STREAM = 5;

    /** What a message stream is wanted for. */
    private record Wish(boolean publish, String name) {}

    private final ClientOptions client;
    private final ClientHandshake handshake;
    private final Consumer<? super ClientEvent> events;
    /** By the transaction of {@code createStream}. */
    private final Map<Double, Wish> wishes = new LinkedHashMap<>();
    /** Message streams on which publishing or playing has not begun, by the transaction that asked for it. */
    private final Map<Double, Integer> starting = new LinkedHashMap<>();
    private final List<Wish> early = new ArrayList<>();
    private boolean connected;
    private double lastTransaction = CONNECT_TRANSACTION;

    /**
     * Makes a session and its first bytes, which {@link #takeOutput()} then has.
     *
     * @param options what it needs
     * @param client how it introduces itself
     * @param nowMillis time on the clock of {@link #receive}
     * @param events told while {@link #receive} runs
     */
    public RtmpClientSession(SessionOptions options, ClientOptions client, long nowMillis, Consumer<? super ClientEvent> events) {
        super(options, nowMillis);
        this.client = client;
        this.events = events;
        this.handshake = new ClientHandshake(options.random(), client.digest());
        authorise(/* publisher= */ true);
        handshake.start(nowMillis, output.buffer());
    }

    @Override
    boolean shakeHands(ByteBuf in, ByteBuf out) throws RtmpProtocolException {
        return handshake.read(in, nowMillis(), out);
    }

    @Override
    void onHandshakeDone() {
        controls.send(new SetChunkSize(limits.chunks().chunkBytesOut()));
        output.chunkBytes(limits.chunks().chunkBytesOut());
        AmfProperties.Builder<AmfObject> properties = AmfObject.builder()
                .put("app", client.app())
                .put("type", "nonprivate")
                .put("flashVer", client.flashVer())
                .put("tcUrl", client.tcUrl());
        client.extra().properties().forEach(properties::put);
        output.send(COMMAND_CHUNK_STREAM, 0, new Command("connect", CONNECT_TRANSACTION, List.of(properties.build())));
        expect("answer to connect", limits.deadlines().connect());
    }

    @Override
    void onMedia(ChunkMessage message, MediaMessage media) {
        events.accept(new ClientEvent.MediaReceived(
                message.messageStreamId(), media.kind(), message.timestampMillis(), media.payload()));
    }

    @Override
    void onUserControl(UserControl event) {
        if (event instanceof UserControl.StreamEof end) {
            events.accept(new ClientEvent.StreamEnded(end.messageStreamId()));
        }
    }

    @Override
    void onCommand(ChunkMessage message, Command command) {
        switch (command.name()) {
            case "_result" -> onResult(command);
            case "_error" -> onError(command);
            case "onStatus" -> onStatus(message.messageStreamId(), status(command));
            default -> count(SkipReason.OUT_OF_PLACE);
        }
    }

    private void onResult(Command command) {
        Wish wish = wishes.remove(command.transactionId());
        if (wish != null) {
            fulfil(wish, command.number(1).orElse(0.0).intValue());
        } else if (!connected && command.transactionId() == CONNECT_TRANSACTION) {
            connected = true;
            startPings();
            expectNothing();
            AmfProperties nothing = AmfObject.builder().build();
            events.accept(new ClientEvent.Connected(command.properties(0).orElse(nothing), command.properties(1).orElse(nothing)));
            early.forEach(this::createStream);
            early.clear();
        }
    }

    private void onError(Command command) {
        wishes.remove(command.transactionId());
        starting.remove(command.transactionId());
        if (!connected && command.transactionId() == CONNECT_TRANSACTION) {
            expectNothing();
        }
        expectNothingIfAllIsAnswered();
        events.accept(new ClientEvent.Refused(status(command)));
    }

    private void onStatus(int messageStreamId, Status status) {
        boolean started = status.code().equals(Status.PUBLISH_START) || status.code().equals(Status.PLAY_START);
        if (started || status.isError()) {
            // Some servers answer on message stream 0.
            starting.values().removeIf(id -> id == messageStreamId || messageStreamId == 0);
            expectNothingIfAllIsAnswered();
        }
        events.accept(new ClientEvent.StatusReceived(messageStreamId, status));
    }

    private void expectNothingIfAllIsAnswered() {
        if (connected && wishes.isEmpty() && starting.isEmpty()) {
            expectNothing();
        }
    }

    private void fulfil(Wish wish, int messageStreamId) {
        starting.put(++lastTransaction, messageStreamId);
        if (wish.publish()) {
            output.send(PUBLISH_CHUNK_STREAM, messageStreamId,
                    Command.of("publish", lastTransaction, new AmfString(wish.name()), new AmfString("live")));
        } else {
            output.send(PUBLISH_CHUNK_STREAM, messageStreamId,
                    Command.of("play", lastTransaction, new AmfString(wish.name()), new AmfNumber(-2000)));
            controls.send(new UserControl.SetBufferLength(messageStreamId, 3000));
        }
    }

    private static Status status(Command command) {
        return command.properties(1)
                .map(object -> new Status(
                        object.string("level").orElse("status"),
                        object.string("code").orElse(""),
                        object.string("description").orElse("")))
                .orElse(new Status("status", "", ""));
    }

    /**
     * Asks to publish, as soon as the server has accepted the connection.
     *
     * @param name the stream's name within the application, possibly with a query
     */
    public void publish(String name) {
        wish(new Wish(true, name));
    }

    /**
     * Asks to play, as soon as the server has accepted the connection.
     *
     * @param name the stream's name within the application, possibly with a query
     */
    public void play(String name) {
        wish(new Wish(false, name));
    }

    private void wish(Wish wish) {
        if (connected) {
            createStream(wish);
        } else {
            early.add(wish);
        }
    }

    private void createStream(Wish wish) {
        if (wish.publish()) {
            output.send(COMMAND_CHUNK_STREAM, 0, Command.of("releaseStream", ++lastTransaction, new AmfString(wish.name())));
            output.send(COMMAND_CHUNK_STREAM, 0, Command.of("FCPublish", ++lastTransaction, new AmfString(wish.name())));
        }
        wishes.put(++lastTransaction, wish);
        output.send(COMMAND_CHUNK_STREAM, 0, Command.of("createStream", lastTransaction));
        expect("start of " + (wish.publish() ? "publishing" : "playing"), limits.deadlines().publishOrPlay());
    }

    /**
     * Sends a message of a stream that is published.
     *
     * @param messageStreamId from the status that publishing has begun
     * @param kind audio, video or data
     * @param timestampMillis 32 bits without sign
     * @param payload the body; not kept
     */
    public void sendMedia(int messageStreamId, MediaKind kind, int timestampMillis, byte[] payload) {
        int chunkStreamId = switch (kind) {
            case AUDIO -> AUDIO_CHUNK_STREAM;
            case VIDEO -> VIDEO_CHUNK_STREAM;
            case DATA -> DATA_CHUNK_STREAM;
        };
        output.send(new ChunkMessage(chunkStreamId, timestampMillis, kind.typeId(), messageStreamId, payload));
    }

    /**
     * Sends any command.
     *
     * @param messageStreamId 0 for the connection
     * @param command what to call
     */
    public void sendCommand(int messageStreamId, Command command) {
        output.send(COMMAND_CHUNK_STREAM, messageStreamId, command);
    }

    /**
     * Stops to publish or to play.
     *
     * @param messageStreamId where
     * @param name as it was given to {@link #publish} or {@link #play}
     */
    public void stop(int messageStreamId, String name) {
        starting.values().remove(messageStreamId);
        expectNothingIfAllIsAnswered();
        output.send(COMMAND_CHUNK_STREAM, 0, Command.of("FCUnpublish", ++lastTransaction, new AmfString(name)));
        output.send(COMMAND_CHUNK_STREAM, 0, Command.of("deleteStream", ++lastTransaction, new AmfNumber(messageStreamId)));
    }
}
