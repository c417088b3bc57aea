package dev.millrace.rtmp.session;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.RtmpProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A client and a server, joined in memory. All that is left to chance comes from the seed; time goes on when told. */
final class Pipe implements AutoCloseable {

    final RtmpServerSession server;
    final RtmpClientSession client;
    final List<SessionEvent> serverEvents = new ArrayList<>();
    final List<ClientEvent> clientEvents = new ArrayList<>();
    long nowMillis;

    private final TrackedBuffers buffers = new TrackedBuffers();
    private final SplittableRandom random;
    private boolean deciding = true;

    Pipe(long seed, ClientOptions options) {
        random = new SplittableRandom(seed);
        server = new RtmpServerSession(options(), nowMillis, this::onServerEvent);
        client = new RtmpClientSession(options(), options, nowMillis, clientEvents::add);
    }

    private SessionOptions options() {
        return SessionOptions.of(RtmpLimits.DEFAULT, buffers.allocator(), random.split());
    }

    private void onServerEvent(SessionEvent event) {
        serverEvents.add(event);
        if (deciding) {
            Answers.accept(server, event);
        }
    }

    /** From now on the test answers the requests of the client. */
    void undecided() {
        deciding = false;
    }

    /** Carries bytes both ways until there are none, one more millisecond with each turn. */
    void advance() throws RtmpProtocolException {
        boolean moved = true;
        while (moved) {
            nowMillis++;
            moved = carry(client, server) | carry(server, client);
        }
    }

    private boolean carry(RtmpSession from, RtmpSession to) throws RtmpProtocolException {
        ByteBuf bytes = from.takeOutput();
        try {
            boolean some = bytes.isReadable();
            while (bytes.isReadable()) {
                int most = random.nextInt(4) == 0 ? 5_000 : 40;
                to.receive(bytes.readSlice(Math.min(bytes.readableBytes(), random.nextInt(1, most))), nowMillis);
            }
            return some;
        } finally {
            bytes.release();
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
        buffers.close();
    }
}
