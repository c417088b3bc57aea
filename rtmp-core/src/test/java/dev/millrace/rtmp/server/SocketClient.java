package dev.millrace.rtmp.server;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.session.ClientEvent;
import dev.millrace.rtmp.session.ClientOptions;
import dev.millrace.rtmp.session.RtmpClientSession;
import dev.millrace.rtmp.session.SessionOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** A client over a plain socket, used by the test's thread. It reads only while it waits for something. */
final class SocketClient implements AutoCloseable {

    /** How long any wait lasts before the test fails. */
    static final int PATIENCE_MILLIS = 20_000;

    final List<ClientEvent> events = new ArrayList<>();
    final Socket socket = new Socket();
    private final RtmpClientSession session;
    private boolean ended;

    SocketClient(int port) throws IOException {
        this(port, 0);
    }

    /** A client whose socket takes little of what it does not read; 0 for the system's size. */
    SocketClient(int port, int receiveBytes) throws IOException {
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        SessionOptions options = SessionOptions.of(RtmpLimits.DEFAULT, UnpooledByteBufAllocator.DEFAULT, new Random(4));
        session = new RtmpClientSession(options, ClientOptions.of("live", "rtmp://localhost/live"), 0, events::add);
    }

    static SocketClient publisher(int port, String name) throws IOException {
        SocketClient client = new SocketClient(port);
        client.session.publish(name);
        client.await(Status.PUBLISH_START);
        return client;
    }

    static SocketClient player(int port, String name) throws IOException {
        SocketClient client = new SocketClient(port);
        client.session.play(name);
        client.await(Status.PLAY_START);
        return client;
    }

    RtmpClientSession session() {
        return session;
    }

    /** Reads until the server says it. */
    void await(String code) throws IOException {
        await(() -> codes().contains(code));
    }

    /** Reads until something holds, or fails when nothing comes any more. */
    void await(BooleanSupplier condition) throws IOException {
        while (!condition.getAsBoolean()) {
            flush();
            if (!read()) {
                throw new AssertionError("closed before it came: " + events);
            }
        }
    }

    /** Reads until the server closes. */
    void awaitEnd() throws IOException {
        flush();
        while (read()) {
            flush();
        }
    }

    private boolean read() throws IOException {
        byte[] bytes = new byte[64 << 10];
        int length;
        try {
            length = ended ? -1 : socket.getInputStream().read(bytes);
        } catch (SocketException e) {
            length = -1; // reset
        }
        if (length < 0) {
            ended = true;
            return false;
        }
        ByteBuf in = Unpooled.wrappedBuffer(bytes, 0, length);
        try {
            session.receive(in, 0);
        } catch (RtmpProtocolException e) {
            throw new AssertionError("the server broke the protocol", e);
        }
        return true;
    }

    void flush() {
        ByteBuf out = session.takeOutput();
        try {
            out.readBytes(socket.getOutputStream(), out.readableBytes());
        } catch (SocketException e) {
            ended = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            out.release();
        }
    }

    void video(int timestampMillis, String hex) {
        session.sendMedia(1, MediaKind.VIDEO, timestampMillis, TrackedBuffers.bytes(hex));
        flush();
    }

    void video(int timestampMillis, int bytes, boolean keyframe) {
        byte[] body = new byte[bytes];
        body[0] = (byte) (keyframe ? 0x17 : 0x27);
        body[1] = 1;
        session.sendMedia(1, MediaKind.VIDEO, timestampMillis, body);
        flush();
    }

    List<String> codes() {
        return events.stream().map(event -> {
            if (event instanceof ClientEvent.StatusReceived status) {
                return status.status().code();
            }
            return event instanceof ClientEvent.Refused refused ? refused.status().code() : "";
        }).toList();
    }

    List<ClientEvent.MediaReceived> videos() {
        return events.stream()
                .filter(ClientEvent.MediaReceived.class::isInstance)
                .map(ClientEvent.MediaReceived.class::cast)
                .filter(event -> event.kind() == MediaKind.VIDEO)
                .toList();
    }

    List<String> media() {
        return videos().stream().map(event -> event.timestampMillis() + " " + HexFormat.of().formatHex(event.payload())).toList();
    }

    /** Ends with RST instead of FIN. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        session.close();
    }
}
