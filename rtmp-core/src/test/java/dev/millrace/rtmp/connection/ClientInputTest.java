package dev.millrace.rtmp.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.EndReason;
import dev.millrace.rtmp.Deadlines;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.connection.CloseReason.Cause;
import dev.millrace.rtmp.session.ClientOptions;
import dev.millrace.rtmp.session.RtmpClientSession;
import dev.millrace.rtmp.session.SessionOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The input of a connection drives a client session as it drives that of a server. */
class ClientInputTest {

    private static final Deadlines USUAL = Deadlines.DEFAULT;
    private static final RtmpLimits LIMITS = RtmpLimits.DEFAULT.with(new Deadlines(
            USUAL.handshake(), USUAL.connect(), USUAL.publishOrPlay(), USUAL.decision(), USUAL.publisherIdle(),
            /* playerStalled= */ Duration.ofSeconds(2), USUAL.ping(), USUAL.close()));

    private final TrackedBuffers buffers = new TrackedBuffers();
    private final PipeTransport pipe = new PipeTransport(Runnable::run);
    private final ConnectionTransport transport = new ConnectionTransport(pipe, LIMITS);
    private final RtmpClientSession session = new RtmpClientSession(
            SessionOptions.of(LIMITS, buffers.allocator(), new SplittableRandom(1)),
            ClientOptions.of("live", "rtmp://host/live"), 0, event -> {});
    private final List<String> ends = new ArrayList<>();
    private final ConnectionInput input = new ConnectionInput(new Owner(), session, transport, LIMITS);

    ClientInputTest() {
        pipe.tell(input);
        send();
    }

    @AfterEach
    void releasesEverything() {
        pipe.peerCloses(Optional.empty());
        session.close();
        buffers.close();
    }

    private void send() {
        ByteBuf out = session.takeOutput();
        if (out.isReadable()) {
            transport.write(out);
            transport.flush();
        } else {
            out.release();
        }
    }

    /** Sends what the session has to say, and remembers how the connection ended. */
    private final class Owner implements InputOwner {

        @Override
        public long nowMillis() {
            return 0;
        }

        @Override
        public void settle() {
            send();
        }

        @Override
        public void receivedAll() {}

        @Override
        public long restMillis() {
            return 0;
        }

        @Override
        public void writable() {}

        @Override
        public void onTime(long nowMillis) {}

        @Override
        public void end(CloseReason reason, EndReason toRoles) {
            ends.add(reason.cause() + " " + reason.text());
        }

        @Override
        public void dismiss(CloseReason reason, EndReason toRoles) {
            end(reason, toRoles);
        }

        @Override
        public void failed(Throwable defect) {
            throw new AssertionError(defect);
        }

        @Override
        public void closed(CloseReason unlessKnown) {
            ends.add(unlessKnown.cause().name());
        }
    }

    @Test
    void abortsAConnectionWhoseServerTakesNothing() {
        input.onTime(0);
        input.onTime(1_999);
        assertEquals(List.of(), ends);
        input.onTime(2_000);
        assertEquals(List.of("TOO_SLOW took nothing for PT2S", Cause.CLIENT_CLOSED.name()), ends);
        assertTrue(pipe.closed);
    }

    @Test
    void endsAConnectionWhoseServerMissesADeadline() {
        pipe.take().orElseThrow().release();
        input.onTime(9_999);
        assertEquals(List.of(), ends);
        input.onTime(10_000);
        assertEquals(List.of("DEADLINE no handshake in time"), ends);
    }

    @Test
    void endsAConnectionWhoseServerBreaksTheProtocol() {
        input.received(Unpooled.wrappedBuffer(new byte[] {2}));
        assertEquals(1, ends.size());
        assertTrue(ends.get(0).startsWith("PROTOCOL_ERROR"), ends.get(0));
    }
}
