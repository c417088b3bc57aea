package dev.millrace.examples;

import dev.millrace.flv.FlvFrames;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.session.ClientEvent;
import dev.millrace.rtmp.session.ClientEvent.MediaReceived;
import dev.millrace.rtmp.session.ClientOptions;
import dev.millrace.rtmp.session.RtmpClientSession;
import dev.millrace.rtmp.session.SessionOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** A client over a socket of any kind. It reads only while it waits for something; another thread may send meanwhile. */
public final class TestClient implements AutoCloseable {

    /** How long any wait lasts before the test fails. */
    static final int PATIENCE_MILLIS = 30_000;

    /** Guarded by this, as the session is. */
    private final List<ClientEvent> events = new ArrayList<>();
    private final Socket socket;
    private final RtmpClientSession session;

    public TestClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        SessionOptions options = SessionOptions.of(RtmpLimits.DEFAULT, UnpooledByteBufAllocator.DEFAULT, new Random(4));
        session = new RtmpClientSession(options, ClientOptions.of("live", "rtmp://localhost/live"), 0, events::add);
    }

    public static TestClient connect(int port) throws IOException {
        return new TestClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    static TestClient publisher(int port, String name) throws IOException {
        return connect(port).publish(name);
    }

    static TestClient player(int port, String name) throws IOException {
        return connect(port).play(name);
    }

    /** The first pictures of a file, up to its second keyframe: where a subscriber starts in them does not depend on when it comes. */
    static List<MediaFrame> firstPictures() throws IOException {
        List<MediaFrame> first = new ArrayList<>();
        for (MediaFrame frame : media()) {
            if (frame.isKeyframe() && first.stream().anyMatch(MediaFrame::isKeyframe)) {
                return first;
            }
            first.add(frame);
        }
        throw new AssertionError("one keyframe only");
    }

    /** Six seconds of AVC, with B-frames, and AAC, and a keyframe each two. */
    static List<MediaFrame> media() throws IOException {
        return PublishFromCode.read(Path.of("src/test/resources/media/avc-high-bframes-aac.flv"));
    }

    /** A frame of AVC that is no picture. */
    static MediaFrame video(long timestampMillis, int bytes, boolean keyframe) throws MalformedException {
        byte[] body = new byte[bytes];
        body[0] = (byte) (keyframe ? 0x17 : 0x27);
        body[1] = 1;
        return FlvFrames.video(timestampMillis, body);
    }

    /** Those of frames that hold pictures or sound, as a player gets them: without time, which may be moved, but with their content. */
    static List<String> coded(List<MediaFrame> frames) {
        return frames.stream().filter(frame -> frame.role() == FrameRole.CODED).map(frame -> text(frame.kind(), frame.toByteArray())).toList();
    }

    private static String text(MediaKind kind, byte[] body) {
        return kind + " " + Arrays.hashCode(body);
    }

    TestClient publish(String name) throws IOException {
        session.publish(name);
        awaitStatus(Status.PUBLISH_START);
        return this;
    }

    TestClient play(String name) throws IOException {
        session.play(name);
        awaitStatus(Status.PLAY_START);
        return this;
    }

    public RtmpClientSession session() {
        return session;
    }

    synchronized void send(MediaFrame frame) throws IOException {
        session.sendMedia(1, frame.kind(), (int) frame.timestampMillis(), frame.toByteArray());
        flush();
    }

    void send(List<MediaFrame> frames) throws IOException {
        for (MediaFrame frame : frames) {
            send(frame);
        }
    }

    /** Reads until the server says it. */
    public Status awaitStatus(String code) throws IOException {
        await(() -> status(code).isPresent());
        return status(code).orElseThrow();
    }

    private synchronized Optional<Status> status(String code) {
        return events.stream()
                .filter(ClientEvent.StatusReceived.class::isInstance)
                .map(event -> ((ClientEvent.StatusReceived) event).status())
                .filter(status -> status.code().equals(code))
                .findFirst();
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
            length = socket.getInputStream().read(bytes);
        } catch (SocketException e) {
            return false; // reset
        }
        if (length < 0) {
            return false;
        }
        receive(Unpooled.wrappedBuffer(bytes, 0, length));
        return true;
    }

    private synchronized void receive(ByteBuf in) {
        try {
            session.receive(in, 0);
        } catch (RtmpProtocolException e) {
            throw new AssertionError("the server broke the protocol", e);
        }
    }

    synchronized void flush() throws IOException {
        ByteBuf out = session.takeOutput();
        try {
            out.readBytes(socket.getOutputStream(), out.readableBytes());
        } finally {
            out.release();
        }
    }

    /** Messages of one kind as they came. */
    synchronized List<MediaReceived> media(MediaKind kind) {
        return events.stream()
                .filter(MediaReceived.class::isInstance)
                .map(MediaReceived.class::cast)
                .filter(event -> event.kind() == kind)
                .toList();
    }

    /** What {@link #coded(List)} says of the audio and video that came, headers among them. */
    synchronized List<String> received() {
        return events.stream()
                .filter(MediaReceived.class::isInstance)
                .map(MediaReceived.class::cast)
                .filter(event -> event.kind() != MediaKind.DATA)
                .map(event -> text(event.kind(), event.payload()))
                .toList();
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
