package dev.millrace.rtmp.session;

import dev.millrace.amf.Amf0Reader;
import dev.millrace.amf.AmfBoolean;
import dev.millrace.amf.AmfLimits;
import dev.millrace.amf.AmfNumber;
import dev.millrace.amf.AmfObject;
import dev.millrace.amf.AmfString;
import dev.millrace.amf.AmfValue;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.MalformedException;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.ChunkLimits;
import dev.millrace.rtmp.MessageLimits;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.chunk.ChunkMessage;
import dev.millrace.rtmp.chunk.ChunkReader;
import dev.millrace.rtmp.chunk.ChunkWriter;
import dev.millrace.rtmp.message.Command;
import dev.millrace.rtmp.message.RtmpMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A server session, and in front of it a client whose every message is made by hand. Its clock stands unless a test moves it. */
final class HandClient implements AutoCloseable {

    static final int HANDSHAKE_BYTES = 1 + 1536 + 1536;

    final RtmpServerSession session;
    final List<SessionEvent> events = new ArrayList<>();
    long nowMillis = 1_000_000;

    private final TrackedBuffers buffers = new TrackedBuffers();
    private final ByteBudget budget = new ByteBudget(64 << 20);
    private final ChunkReader replies = new ChunkReader(ChunkLimits.DEFAULT, MessageLimits.DEFAULT, new ByteBudget(64 << 20));
    private final ChunkWriter writer = new ChunkWriter(128);
    private boolean accepts = true;
    private Runnable onNextEvent = () -> {};

    /** A client of a host that accepts everything. */
    HandClient() {
        this(RtmpLimits.DEFAULT);
    }

    HandClient(RtmpLimits limits) {
        replies.authorise();
        SessionOptions options = new SessionOptions(limits, budget, buffers.allocator(), new SplittableRandom(1), message -> {});
        session = new RtmpServerSession(options, nowMillis, this::onEvent);
    }

    private void onEvent(SessionEvent event) {
        events.add(event);
        onNextEvent.run();
        if (accepts) {
            Answers.accept(session, event);
        }
    }

    /** From now on the test answers requests itself. */
    HandClient undecided() {
        accepts = false;
        return this;
    }

    /** Runs when an event has been told. */
    void onNextEvent(Runnable action) {
        onNextEvent = action;
    }

    /** A client whose handshake is done. */
    static HandClient afterHandshake() throws RtmpProtocolException {
        return afterHandshake(RtmpLimits.DEFAULT);
    }

    static HandClient afterHandshake(RtmpLimits limits) throws RtmpProtocolException {
        HandClient client = new HandClient(limits);
        client.receive(handshake());
        client.skipOutput();
        return client;
    }

    /** A client that is connected; what was said so far is forgotten. */
    static HandClient connected() throws RtmpProtocolException {
        return connected(RtmpLimits.DEFAULT);
    }

    static HandClient connected(RtmpLimits limits) throws RtmpProtocolException {
        HandClient client = afterHandshake(limits);
        client.connect(AmfObject.builder().put("app", "live").build());
        client.forget();
        return client;
    }

    /** A client that publishes {@code key} on message stream 1. */
    static HandClient publishing() throws RtmpProtocolException {
        HandClient client = connected();
        client.call(0, "createStream", 4);
        client.call(1, "publish", 5, "key", "live");
        client.forget();
        return client;
    }

    /** A client that plays {@code key} on message stream 1. */
    static HandClient playing() throws RtmpProtocolException {
        HandClient client = connected();
        client.call(0, "createStream", 2);
        client.call(1, "play", 4, "key", -2000);
        client.forget();
        return client;
    }

    /** C0, C1 with a zero version, and a C2 that nobody looks at. */
    static byte[] handshake() {
        byte[] bytes = new byte[HANDSHAKE_BYTES];
        bytes[0] = 3;
        Arrays.fill(bytes, 9, bytes.length, (byte) 0x55);
        return bytes;
    }

    void forget() throws RtmpProtocolException {
        replies();
        events.clear();
    }

    void connect(AmfObject properties) throws RtmpProtocolException {
        send(3, 0, new Command("connect", 1, List.of(properties)));
    }

    /** Calls with a null as command object. */
    void call(int messageStreamId, String name, double transactionId, Object... arguments) throws RtmpProtocolException {
        AmfValue[] values = Arrays.stream(arguments).map(HandClient::value).toArray(AmfValue[]::new);
        send(3, messageStreamId, Command.of(name, transactionId, values));
    }

    private static AmfValue value(Object plain) {
        if (plain instanceof String text) {
            return new AmfString(text);
        }
        if (plain instanceof Number number) {
            return new AmfNumber(number.doubleValue());
        }
        return plain instanceof Boolean flag ? new AmfBoolean(flag) : (AmfValue) plain;
    }

    private void send(int chunkStreamId, int messageStreamId, Command command) throws RtmpProtocolException {
        ByteBuf body = Unpooled.buffer();
        command.writeTo(body);
        send(chunkStreamId, messageStreamId, 20, ByteBufUtil.getBytes(body));
    }

    void send(int chunkStreamId, int messageStreamId, int typeId, byte... payload) throws RtmpProtocolException {
        receive(wire(chunkStreamId, messageStreamId, typeId, payload));
    }

    byte[] wire(int chunkStreamId, int messageStreamId, int typeId, byte... payload) {
        ByteBuf out = Unpooled.buffer();
        writer.write(new ChunkMessage(chunkStreamId, 0, typeId, messageStreamId, payload), out);
        return ByteBufUtil.getBytes(out);
    }

    /** A message on chunk stream 2 and message stream 0. */
    void control(int typeId, String body) throws RtmpProtocolException {
        send(2, 0, typeId, TrackedBuffers.bytes(body));
    }

    void receive(byte[] bytes) throws RtmpProtocolException {
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        session.receive(in, nowMillis);
        if (in.isReadable()) {
            throw new AssertionError(in.readableBytes() + " bytes were not consumed");
        }
    }

    Optional<String> onTime() {
        return session.onTime(nowMillis);
    }

    long skipped(SkipReason reason) {
        return session.skipped().getOrDefault(reason, 0L);
    }

    String outputHex() {
        ByteBuf out = session.takeOutput();
        try {
            return ByteBufUtil.hexDump(out);
        } finally {
            out.release();
        }
    }

    int skipOutput() {
        ByteBuf out = session.takeOutput();
        try {
            return out.readableBytes();
        } finally {
            out.release();
        }
    }

    /** What the server said since the last time: chunk stream, message stream, and the message, commands and data as JSON. */
    List<String> replies() throws RtmpProtocolException {
        List<String> lines = new ArrayList<>();
        ByteBuf out = session.takeOutput();
        try {
            Optional<ChunkMessage> message = replies.read(out);
            while (message.isPresent()) {
                lines.add(message.get().chunkStreamId() + "/" + message.get().messageStreamId() + " " + text(message.get()));
                message = replies.read(out);
            }
            return lines;
        } finally {
            out.release();
        }
    }

    private static String text(ChunkMessage message) {
        try {
            RtmpMessage parsed = RtmpMessage.parse(message, AmfLimits.DEFAULT);
            if (parsed instanceof Command command) {
                return EventText.command(command).toString();
            }
            return message.typeId() == 18
                    ? "data " + EventText.values(Amf0Reader.readAll(Unpooled.wrappedBuffer(message.payload()), AmfLimits.DEFAULT))
                    : parsed.toString();
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /** Nothing may leak. */
    @Override
    public void close() {
        session.close();
        replies.close();
        buffers.close();
        if (budget.usedBytes() != 0) {
            throw new AssertionError(budget.usedBytes() + " bytes were not given back to the budget");
        }
    }
}
