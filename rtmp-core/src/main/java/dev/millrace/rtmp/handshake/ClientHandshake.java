package dev.millrace.rtmp.handshake;

import dev.millrace.rtmp.RtmpProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The handshake of one connection (RTMP 1.0, 5.2), seen by the client.
 *
 * <p>{@link #start} comes first, then {@link #read} until it is done. A server that answers a digest C1 in the plain form gets a plain C2. S2 is counted
 * and thrown away, neither compared with C1 nor checked for a signature: servers differ too much there, and it proves nothing, since the keys are public.
 *
 * <p>Holds at most 1536 bytes of the server, and none before the first or after S1. Confined to one thread at a time.
 */
public final class ClientHandshake {

    /** Flash Player 128.0.7.2, which never was; servers look whether it is zero. */
    private static final int DIGEST_VERSION = 0x80000702;

    private enum State {
        NOT_STARTED,
        AWAITS_S0,
        AWAITS_S1,
        AWAITS_S2,
        DONE,
        FAILED
    }

    private final RandomGenerator random;
    private final boolean digest;
    private final C1S1Reader s1Reader = new C1S1Reader();

    private State state = State.NOT_STARTED;
    private int s2Received;

    /**
     * Makes a handshake that has not started.
     *
     * @param random fills C1 and C2; nothing secret depends on it
     * @param digest whether C1 carries a version and a digest; else its version is zero, and the server answers in the plain form
     */
    public ClientHandshake(RandomGenerator random, boolean digest) {
        this.random = Objects.requireNonNull(random, "random");
        this.digest = digest;
    }

    /**
     * Writes C0 and C1.
     *
     * @param nowMillis the client's clock; its low 32 bits become the time of C1
     * @param out where they go; borrowed; grows by 1537 bytes
     * @throws IllegalStateException if the handshake was started before; {@code out} is unchanged
     */
    public void start(long nowMillis, ByteBuf out) {
        if (state != State.NOT_STARTED) {
            throw new IllegalStateException("the handshake was started before: " + state);
        }
        C0S0.writeTo(out);
        c1((int) nowMillis).writeTo(out);
        state = State.AWAITS_S0;
    }

    /**
     * Reads what the server sent and writes the answer.
     *
     * <p>Takes whatever part of S0, S1 and S2 is there; call it again with the bytes that follow. S0 is checked as soon as it is there. C2 is written
     * once, when S1 is complete: signed if C1 was and S1 carries a valid digest, else a copy of S1.
     *
     * @param in the next bytes of the server; borrowed; those after S2 stay unread
     * @param nowMillis the client's clock; no field of C2 takes it, in either form
     * @param out where the answer goes; borrowed; grows by 1536 bytes when S1 is complete, else not at all
     * @return whether the handshake is done: S2 has been read
     * @throws RtmpProtocolException if S0 is not 3; nothing was written, and the handshake is over
     * @throws IllegalStateException if the handshake was not started, is done or has failed; the arguments are unchanged
     */
    public boolean read(ByteBuf in, long nowMillis, ByteBuf out) throws RtmpProtocolException {
        if (state == State.NOT_STARTED || state == State.DONE || state == State.FAILED) {
            throw new IllegalStateException("the handshake is not running: " + state);
        }
        if (state == State.AWAITS_S0 && in.isReadable()) {
            readS0(in);
        }
        if (state == State.AWAITS_S1) {
            readS1(in, out);
        }
        if (state == State.AWAITS_S2) {
            skipS2(in);
        }
        return state == State.DONE;
    }

    private C1S1 c1(int timeMillis) {
        if (!digest) {
            return C1S1.simple(timeMillis, random);
        }
        return C1S1.digest(timeMillis, DIGEST_VERSION, DigestOrder.BASE_8, HandshakeKey.CLIENT, random);
    }

    private void readS0(ByteBuf in) throws RtmpProtocolException {
        state = State.FAILED;
        C0S0.read("S0", in);
        state = State.AWAITS_S1;
    }

    private void readS1(ByteBuf in, ByteBuf out) {
        Optional<C1S1> s1 = s1Reader.read(in);
        if (s1.isPresent()) {
            answer(s1.get(), out);
            state = State.AWAITS_S2;
        }
    }

    private void answer(C1S1 s1, ByteBuf out) {
        Optional<DigestOrder> order = digest ? s1.findDigest(HandshakeKey.SERVER) : Optional.empty();
        if (order.isEmpty()) {
            C2S2.writeCopy(s1, out);
            return;
        }
        C2S2.writeSigned(s1.digest(order.get()), HandshakeKey.CLIENT, random, out);
    }

    private void skipS2(ByteBuf in) {
        int length = Math.min(in.readableBytes(), C2S2.LENGTH_BYTES - s2Received);
        in.skipBytes(length);
        s2Received += length;
        if (s2Received == C2S2.LENGTH_BYTES) {
            state = State.DONE;
        }
    }
}
