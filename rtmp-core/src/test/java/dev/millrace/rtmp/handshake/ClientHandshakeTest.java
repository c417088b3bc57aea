package dev.millrace.rtmp.handshake;

import static dev.millrace.rtmp.handshake.HandshakeBytes.C1_KEY;
import static dev.millrace.rtmp.handshake.HandshakeBytes.C2_KEY;
import static dev.millrace.rtmp.handshake.HandshakeBytes.S1_KEY;
import static dev.millrace.rtmp.handshake.HandshakeBytes.c0s0;
import static dev.millrace.rtmp.handshake.HandshakeBytes.concat;
import static dev.millrace.rtmp.handshake.HandshakeBytes.digestIn;
import static dev.millrace.rtmp.handshake.HandshakeBytes.hasDigest;
import static dev.millrace.rtmp.handshake.HandshakeBytes.isSigned;
import static dev.millrace.rtmp.handshake.HandshakeBytes.packet;
import static dev.millrace.rtmp.handshake.HandshakeBytes.position;
import static dev.millrace.rtmp.handshake.HandshakeBytes.second;
import static dev.millrace.rtmp.handshake.HandshakeBytes.version;
import static dev.millrace.rtmp.handshake.HandshakeBytes.withDigest;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.rtmp.RtmpProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHandshakeTest {

    private static final int SEED = 7;
    private static final int NGINX_VERSION = 0x0d0e0a0d;
    private static final byte[] S2 = packet(5, 1, 2);

    private final TrackedBuffers buffers = new TrackedBuffers();
    private final ClientHandshake plain = new ClientHandshake(new SplittableRandom(SEED), /* digest= */ false);
    private final ClientHandshake digest = new ClientHandshake(new SplittableRandom(SEED), /* digest= */ true);

    @AfterEach
    void nothingIsHeld() {
        buffers.close();
    }

    @Test
    void startsWithAPlainC1() {
        byte[] filler = new byte[1528];
        new SplittableRandom(SEED).nextBytes(filler);
        byte[] timeAndZero = {0, 0, 3, (byte) 0xe8, 0, 0, 0, 0};
        assertArrayEquals(concat(c0s0(), timeAndZero, filler), start(plain, 1_000));
    }

    @Test
    void startsWithASignedC1() {
        byte[] written = start(digest, 1_000);
        assertEquals(1537, written.length);
        assertEquals(3, written[0]);
        byte[] c1 = second(written);
        assertArrayEquals(TrackedBuffers.bytes("000003e8 80000702"), Arrays.copyOf(c1, 8));
        assertTrue(hasDigest(c1, 8, C1_KEY));
    }

    @Test
    void putsTheLowBitsOfTheClockInC1() {
        assertArrayEquals(TrackedBuffers.bytes("03 80000001 00000000"), Arrays.copyOf(start(plain, 0x1_8000_0001L), 9));
    }

    @Test
    void copiesS1BeforeS2IsThere() throws Exception {
        start(plain, 0);
        byte[] s1 = packet(11, 9, 0);
        assertEquals(0, Exchange.whole(plain::read, concat(c0s0(), Arrays.copyOf(s1, 1535))).written().length);

        Exchange exchange = Exchange.whole(plain::read, new byte[] {s1[1535]});
        assertFalse(exchange.done());
        assertArrayEquals(s1, exchange.written());
    }

    @Test
    void takesAnyS2AndLeavesWhatFollows() throws Exception {
        start(plain, 0);
        byte[] s1 = packet(11, 9, 0);
        byte[] chunk = TrackedBuffers.bytes("02 000000 000004 05 00000000 002625a0");
        Exchange exchange = Exchange.whole(plain::read, concat(c0s0(), s1, S2, chunk));
        assertTrue(exchange.done());
        assertArrayEquals(s1, exchange.written());
        assertArrayEquals(chunk, exchange.surplus());
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 772})
    void signsC2IfS1IsSigned(int base) throws Exception {
        start(digest, 0);
        byte[] s1 = withDigest(packet(11, 0, NGINX_VERSION), base, S1_KEY);
        Exchange exchange = Exchange.whole(digest::read, concat(c0s0(), s1, S2));
        assertTrue(exchange.done());
        assertEquals(1536, exchange.written().length);
        assertTrue(isSigned(exchange.written(), digestIn(s1, base), C2_KEY));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 772})
    void copiesS1IfOneBitOfItsDigestIsWrong(int base) throws Exception {
        start(digest, 0);
        byte[] s1 = withDigest(packet(11, 0, NGINX_VERSION), base, S1_KEY);
        s1[position(s1, base) + 31] ^= 1;
        assertArrayEquals(s1, Exchange.whole(digest::read, concat(c0s0(), s1)).written());
    }

    @Test
    void copiesAPlainS1ThoughC1WasSigned() throws Exception {
        start(digest, 0);
        byte[] s1 = packet(11, 9, 0);
        assertArrayEquals(s1, Exchange.whole(digest::read, concat(c0s0(), s1)).written());
    }

    @Test
    void copiesASignedS1IfC1WasPlain() throws Exception {
        start(plain, 0);
        byte[] s1 = withDigest(packet(11, 0, NGINX_VERSION), 8, S1_KEY);
        assertEquals(NGINX_VERSION, version(s1));
        assertArrayEquals(s1, Exchange.whole(plain::read, concat(c0s0(), s1)).written());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4, 6, 'H', 0xff})
    void refusesEveryOtherVersionAtItsFirstByte(int version) {
        start(plain, 0);
        byte[] s0 = {(byte) version};
        RtmpProtocolException e = assertThrows(RtmpProtocolException.class, () -> Exchange.whole(plain::read, s0));
        assertEquals("S0 version " + version + " is not 3", e.getMessage());
        assertThrows(IllegalStateException.class, () -> Exchange.whole(plain::read, c0s0()));
    }

    @Test
    void startsBeforeItReadsAndOnlyOnce() {
        assertThrows(IllegalStateException.class, () -> Exchange.whole(plain::read, c0s0()));
        start(plain, 0);
        ByteBuf out = buffers.allocator().heapBuffer();
        try {
            assertThrows(IllegalStateException.class, () -> plain.start(0, out));
            assertEquals(0, out.readableBytes());
        } finally {
            out.release();
        }
    }

    @Test
    void refusesToReadOnceItIsDone() throws Exception {
        start(plain, 0);
        assertTrue(Exchange.whole(plain::read, concat(c0s0(), packet(11, 9, 0), S2)).done());
        assertThrows(IllegalStateException.class, () -> Exchange.whole(plain::read, c0s0()));
    }

    private byte[] start(ClientHandshake client, long nowMillis) {
        ByteBuf out = buffers.allocator().heapBuffer();
        try {
            client.start(nowMillis, out);
            return HandshakeBytes.readable(out);
        } finally {
            out.release();
        }
    }
}
