package dev.millrace.rtmp.connection;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.SessionLimits;
import dev.millrace.rtmp.message.Command;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.session.ClientEvent;
import dev.millrace.rtmp.session.ClientOptions;
import dev.millrace.rtmp.session.RtmpClientSession;
import dev.millrace.rtmp.session.SessionOptions;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A client on the other end of a {@link PipeTransport}, and what it has been told. */
final class TestClient {

    /** The message stream that a server gives out first. */
    static final int FIRST = 1;

    /** Takes more answers in a second than a server takes questions. */
    private static final RtmpLimits TRUSTING =
            RtmpLimits.DEFAULT.with(new SessionLimits(100_000, 100_000, 100_000, 8, 16, 1 << 20, 100_000, 64 << 10, 2_500_000));

    final PipeTransport pipe;
    final RtmpConnection connection;
    final RtmpClientSession session;
    final List<ClientEvent> events = new ArrayList<>();

    /** A client that reads nothing while this is false. */
    boolean reads = true;
    /** A client that does not close when the server does, while this is false. */
    boolean closes = true;

    private final ManualTime time;

    TestClient(String app, PipeTransport pipe, RtmpConnection connection, TrackedBuffers buffers, ManualTime time) {
        this.pipe = pipe;
        this.connection = connection;
        this.time = time;
        SessionOptions options = SessionOptions.of(TRUSTING, buffers.allocator(), new Random(1));
        this.session = new RtmpClientSession(options, ClientOptions.of(app, "rtmp://example/" + app), time.millis(), events::add);
        pipe.tell(connection.transportListener());
    }

    /** Carries bytes both ways once. */
    boolean exchange() {
        boolean any = false;
        if (!pipe.closed && (pipe.reading || pipe.closing)) {
            ByteBuf out = session.takeOutput();
            any = out.isReadable();
            if (any) {
                deliver(out);
            }
            out.release();
        }
        while (reads) {
            Optional<ByteBuf> in = pipe.take();
            if (in.isEmpty()) {
                break;
            }
            receive(in.get());
            any = true;
        }
        if (pipe.closing && !pipe.closed && closes && reads) {
            pipe.peerCloses(Optional.empty());
            any = true;
        }
        return any;
    }

    /** In pieces of at most 64 KiB, as from a socket, and no further than the server wants. */
    private void deliver(ByteBuf out) {
        while (out.isReadable() && !pipe.closed) {
            connection.transportListener().received(out.readSlice(Math.min(out.readableBytes(), 64 << 10)));
        }
        connection.transportListener().receivedAll();
    }

    private void receive(ByteBuf in) {
        try {
            session.receive(in, time.millis());
        } catch (RtmpProtocolException e) {
            throw new AssertionError("the server broke the protocol", e);
        } finally {
            in.release();
        }
    }

    /** The network goes away, or the client ends without a word. */
    void hangUp() {
        pipe.peerCloses(Optional.empty());
    }

    void command(int messageStreamId, Command command) {
        session.sendCommand(messageStreamId, command);
    }

    void send(MediaKind kind, int timestampMillis, String hex) {
        session.sendMedia(FIRST, kind, timestampMillis, TrackedBuffers.bytes(hex));
    }

    List<Status> statuses() {
        return events.stream()
                .filter(ClientEvent.StatusReceived.class::isInstance)
                .map(event -> ((ClientEvent.StatusReceived) event).status())
                .toList();
    }

    List<String> codes() {
        return statuses().stream().map(Status::code).toList();
    }

    /** The one status of a code, as {@code level code on message stream}. */
    String told(String code) {
        return events.stream()
                .filter(ClientEvent.StatusReceived.class::isInstance)
                .map(ClientEvent.StatusReceived.class::cast)
                .filter(event -> event.status().code().equals(code))
                .map(event -> event.status().level() + " on " + event.messageStreamId())
                .reduce((one, other) -> "more than once")
                .orElse("never, but " + codes());
    }

    boolean isTold(String code) {
        return codes().contains(code);
    }

    /** Audio and video as {@code V40 2701…}, without the data messages that open a play. */
    List<String> media() {
        return events.stream()
                .filter(ClientEvent.MediaReceived.class::isInstance)
                .map(ClientEvent.MediaReceived.class::cast)
                .filter(event -> event.kind() != MediaKind.DATA)
                .map(event -> event.kind().name().charAt(0) + "" + event.timestampMillis() + " " + HexFormat.of().formatHex(event.payload()))
                .toList();
    }

    boolean isClosed() {
        return pipe.closed;
    }

    void close() {
        hangUp();
        session.close();
    }
}
