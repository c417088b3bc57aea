package dev.millrace.rtmp.handshake;

import dev.millrace.rtmp.RtmpProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The handshake of one connection (RTMP 1.0, 5.2), seen by the server.
 *
 * <p>Answers in the form the client began with: signed if C1 carries a valid digest, as players of FFmpeg and Flash send it; else plain, with a zero
 * version in S1, which tells such a player to expect no signature. C2 is counted and thrown away, since what clients put there seldom matches
 * any form.
 *
 * <p>Holds at most 1537 bytes of the client, and none before the first or after C1. Confined to one thread at a time.
 */
public final class ServerHandshake {

    /** Adobe's servers count 4.5.0.1 like this. From 3 on in the first byte, FFmpeg and Flash expect a digest. */
    private static final int DIGEST_VERSION = 0x04050001;

    private enum State {
        AWAITS_C0,
        AWAITS_C1,
        AWAITS_C2,
        DONE,
        FAILED
    }

    private final RandomGenerator random;
    private final C1S1Reader c1Reader = new C1S1Reader();

    private State state = State.AWAITS_C0;
    private boolean digest;
    private int c2Received;

    /**
     * Makes a handshake that waits for C0.
     *
     * @param random fills S1 and S2; nothing secret depends on it
     */
    public ServerHandshake(RandomGenerator random) {
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * Reads what the client sent and writes the answer.
     *
     * <p>Takes whatever part of C0, C1 and C2 is there; call it again with the bytes that follow. C0 is checked as soon as it is there. S0, S1 and S2
     * are written together, once, when C1 is complete.
     *
     * @param in the next bytes of the client; borrowed; those after C2 stay unread
     * @param nowMillis the server's clock; its low 32 bits become the time of S1
     * @param out where the answer goes; borrowed; grows by 3073 bytes when C1 is complete, else not at all
     * @return whether the handshake is done: C2 has been read
     * @throws RtmpProtocolException if C0 is not 3; nothing was written, and the handshake is over
     * @throws IllegalStateException if the handshake is done or has failed; the arguments are unchanged
     */
    public boolean read(ByteBuf in, long nowMillis, ByteBuf out) throws RtmpProtocolException {
        if (state == State.DONE || state == State.FAILED) {
            throw new IllegalStateException("the handshake is over: " + state);
        }
        if (state == State.AWAITS_C0 && in.isReadable()) {
            readC0(in);
        }
        if (state == State.AWAITS_C1) {
            readC1(in, nowMillis, out);
        }
        if (state == State.AWAITS_C2) {
            skipC2(in);
        }
        return state == State.DONE;
    }

    /**
     * Whether the answer was signed.
     *
     * @return whether C1 carried a valid digest; {@code false} while C1 is not complete
     */
    public boolean isDigest() {
        return digest;
    }

    private void readC0(ByteBuf in) throws RtmpProtocolException {
        state = State.FAILED;
        C0S0.read("C0", in);
        state = State.AWAITS_C1;
    }

    private void readC1(ByteBuf in, long nowMillis, ByteBuf out) {
        Optional<C1S1> c1 = c1Reader.read(in);
        if (c1.isPresent()) {
            answer(c1.get(), (int) nowMillis, out);
            state = State.AWAITS_C2;
        }
    }

    private void answer(C1S1 c1, int timeMillis, ByteBuf out) {
        Optional<DigestOrder> order = c1.version() == 0 ? Optional.empty() : c1.findDigest(HandshakeKey.CLIENT);
        digest = order.isPresent();
        C0S0.writeTo(out);
        if (order.isEmpty()) {
            C1S1.simple(timeMillis, random).writeTo(out);
            C2S2.writeCopy(c1, out);
            return;
        }
        C1S1.digest(timeMillis, DIGEST_VERSION, order.get(), HandshakeKey.SERVER, random).writeTo(out);
        C2S2.writeSigned(c1.digest(order.get()), HandshakeKey.SERVER, random, out);
    }

    private void skipC2(ByteBuf in) {
        int length = Math.min(in.readableBytes(), C2S2.LENGTH_BYTES - c2Received);
        in.skipBytes(length);
        c2Received += length;
        if (c2Received == C2S2.LENGTH_BYTES) {
            state = State.DONE;
        }
    }
}
