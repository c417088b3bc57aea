package dev.millrace.rtmp.warmup;

import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.SteadyClock;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.session.ClientEvent;
import dev.millrace.rtmp.session.ClientOptions;
import dev.millrace.rtmp.session.RtmpClientSession;
import dev.millrace.rtmp.session.SessionOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** One publisher or player of a {@link WarmUp}, over a blocking socket. Confined to one thread. */
final class WarmUpClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int READ_BYTES = 64 << 10;

    private final InstantSource clock = new SteadyClock();
    private final Socket socket = new Socket();
    private final byte[] read = new byte[READ_BYTES];
    private final RtmpClientSession session;
    private boolean begun;
    private int messageStreamId;
    private long videos;

    private WarmUpClient(InetSocketAddress server, String app) throws IOException {
        SessionOptions options = SessionOptions.of(RtmpLimits.DEFAULT, UnpooledByteBufAllocator.DEFAULT, new Random());
        session = new RtmpClientSession(options, ClientOptions.of(app, "rtmp://localhost/" + app), clock.millis(), this::onEvent);
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(server, PATIENCE_MILLIS);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** A client that may publish now. */
    static WarmUpClient publisher(InetSocketAddress server, String app, String name) throws IOException {
        WarmUpClient client = new WarmUpClient(server, app);
        client.session.publish(name);
        return client.ready();
    }

    /** A client that gets what is published from now on. */
    static WarmUpClient player(InetSocketAddress server, String app, String name) throws IOException {
        WarmUpClient client = new WarmUpClient(server, app);
        client.session.play(name);
        return client.ready();
    }

    private WarmUpClient ready() throws IOException {
        try {
            send();
            await(() -> begun);
            return this;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void onEvent(ClientEvent event) {
        if (event instanceof ClientEvent.StatusReceived status) {
            String code = status.status().code();
            begun |= code.equals(Status.PUBLISH_START) || code.equals(Status.PLAY_START);
            messageStreamId = status.messageStreamId();
        } else if (event instanceof ClientEvent.MediaReceived media && media.kind() == MediaKind.VIDEO) {
            videos++;
        }
    }

    void publish(MediaKind kind, int timestampMillis, byte[] body) throws IOException {
        session.sendMedia(messageStreamId, kind, timestampMillis, body);
        send();
    }

    /** Throws away what has come, without looking at it: that would be work for the collector. The session is not to be used after that. */
    void drain() throws IOException {
        InputStream in = socket.getInputStream();
        while (in.available() > 0 && in.read(read) >= 0) {
            // Nobody wants it.
        }
    }

    /** Reads until so many video messages have come in all. */
    void awaitVideos(long count) throws IOException {
        await(() -> videos >= count);
    }

    private void await(BooleanSupplier condition) throws IOException {
        while (!condition.getAsBoolean()) {
            int length = socket.getInputStream().read(read);
            if (length < 0) {
                throw new EOFException("the server closed a connection of its own");
            }
            try {
                session.receive(Unpooled.wrappedBuffer(read, 0, length), clock.millis());
            } catch (RtmpProtocolException e) {
                throw new IOException("the server broke the protocol", e);
            }
            send();
        }
    }

    private void send() throws IOException {
        if (!session.hasOutput()) {
            return;
        }
        ByteBuf out = session.takeOutput();
        try {
            out.readBytes(socket.getOutputStream(), out.readableBytes());
        } finally {
            out.release();
        }
    }

    @Override
    public void close() throws IOException {
        session.close();
        socket.close();
    }
}
