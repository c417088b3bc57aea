package dev.millrace.rtmp.handshake;

import static dev.millrace.rtmp.handshake.HandshakeBytes.C1_KEY;
import static dev.millrace.rtmp.handshake.HandshakeBytes.FFMPEG_VERSION;
import static dev.millrace.rtmp.handshake.HandshakeBytes.S1_KEY;
import static dev.millrace.rtmp.handshake.HandshakeBytes.S2_KEY;
import static dev.millrace.rtmp.handshake.HandshakeBytes.c0s0;
import static dev.millrace.rtmp.handshake.HandshakeBytes.concat;
import static dev.millrace.rtmp.handshake.HandshakeBytes.digestIn;
import static dev.millrace.rtmp.handshake.HandshakeBytes.ffmpegC1;
import static dev.millrace.rtmp.handshake.HandshakeBytes.hasDigest;
import static dev.millrace.rtmp.handshake.HandshakeBytes.isSigned;
import static dev.millrace.rtmp.handshake.HandshakeBytes.packet;
import static dev.millrace.rtmp.handshake.HandshakeBytes.position;
import static dev.millrace.rtmp.handshake.HandshakeBytes.second;
import static dev.millrace.rtmp.handshake.HandshakeBytes.third;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerHandshakeTest {

    private static final int SEED = 7;
    private static final byte[] C2 = packet(5, 1, 2);

    private final TrackedBuffers buffers = new TrackedBuffers();
    private final ServerHandshake server = new ServerHandshake(new SplittableRandom(SEED));

    @AfterEach
    void nothingIsHeld() {
        buffers.close();
    }

    @Test
    void answersAPlainC1WithItsCopy() throws Exception {
        byte[] c1 = packet(7, 0x01020304, 0);
        Exchange exchange = Exchange.whole(server::read, concat(c0s0(), c1, C2));

        byte[] filler = new byte[1528];
        new SplittableRandom(SEED).nextBytes(filler);
        byte[] timeAndZero = {0, 0, 3, (byte) 0xe8, 0, 0, 0, 0};
        assertArrayEquals(concat(c0s0(), timeAndZero, filler, c1), exchange.written());
        assertTrue(exchange.done());
        assertFalse(server.isDigest());
    }

    @Test
    void putsTheLowBitsOfTheClockInS1() throws Exception {
        ByteBuf in = buffers.of(concat(c0s0(), packet(7, 0, 0)));
        ByteBuf out = buffers.allocator().heapBuffer();
        try {
            assertFalse(server.read(in, 0x1_8000_0001L, out));
            assertEquals(0x80000001, out.getInt(1));
            assertEquals(3073, out.readableBytes());
        } finally {
            in.release();
            out.release();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 772})
    void signsTheAnswerToAPlayerOfFfmpeg(int base) throws Exception {
        byte[] c1 = ffmpegC1(base);
        assertSignedAnswer(c1, base, Exchange.whole(server::read, concat(c0s0(), c1, C2)));
    }

    @Test
    void answersOnceC1IsCompleteAndNotAgain() throws Exception {
        byte[] wire = concat(c0s0(), packet(7, 0, 0), C2);
        assertEquals(0, Exchange.whole(server::read, Arrays.copyOf(wire, 1536)).written().length);
        assertEquals(3073, Exchange.whole(server::read, Arrays.copyOfRange(wire, 1536, 1537)).written().length);
        Exchange last = Exchange.whole(server::read, Arrays.copyOfRange(wire, 1537, wire.length));
        assertEquals(0, last.written().length);
        assertTrue(last.done());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 6, 8, 9, 0x16, 'G', 0x83, 0xf3, 0xff})
    void refusesEveryOtherVersionAtItsFirstByte(int version) {
        ByteBuf in = buffers.of((byte) version);
        ByteBuf more = buffers.of((byte) 3);
        ByteBuf out = buffers.allocator().heapBuffer();
        try {
            RtmpProtocolException e = assertThrows(RtmpProtocolException.class, () -> server.read(in, 0, out));
            assertEquals("C0 version " + version + " is not 3", e.getMessage());
            assertThrows(IllegalStateException.class, () -> server.read(more, 0, out));
            assertEquals(1, more.readableBytes());
            assertEquals(0, out.readableBytes());
        } finally {
            in.release();
            more.release();
            out.release();
        }
    }

    @Test
    void leavesWhatFollowsC2() throws Exception {
        byte[] connect = TrackedBuffers.bytes("03 000000 000002 14 00000000 cafe");
        Exchange exchange = Exchange.whole(server::read, concat(c0s0(), packet(7, 0, 0), C2, connect));
        assertTrue(exchange.done());
        assertArrayEquals(connect, exchange.surplus());
    }

    @Test
    void takesChunksThatFollowC1AsC2() throws Exception {
        byte[] chunks = packet(3, 0x03000000, 0x00000214);
        byte[] rest = TrackedBuffers.bytes("c3 cafe");
        Exchange exchange = Exchange.whole(server::read, concat(c0s0(), packet(7, 0, 0), chunks, rest));
        assertTrue(exchange.done());
        assertArrayEquals(rest, exchange.surplus());
        assertEquals(3073, exchange.written().length);
    }

    @Test
    void refusesToReadOnceItIsDone() throws Exception {
        Exchange.whole(server::read, concat(c0s0(), packet(7, 0, 0), C2));
        assertThrows(IllegalStateException.class, () -> Exchange.whole(server::read, c0s0()));
    }

    @ParameterizedTest(name = "base {0}, offsets {1}")
    @CsvSource(textBlock = """
            8,   00000000,   12
            8,   ffffffff,  304
            8,   ffffd900,  739
            8,   ffffda00,   12
            772, 00000000,  776
            772, ffffffff, 1068
            772, ffffd900, 1503
            772, ffffda00,  776
            """)
    void findsTheDigestWhereverTheOffsetsPutIt(int base, String offsets, int position) throws Exception {
        byte[] unsigned = packet(7, 0, FFMPEG_VERSION);
        System.arraycopy(TrackedBuffers.bytes(offsets), 0, unsigned, base, 4);
        byte[] c1 = withDigest(unsigned, base, C1_KEY);
        assertEquals(position, position(c1, base));
        assertSignedAnswer(c1, base, Exchange.whole(server::read, concat(c0s0(), c1, C2)));
    }

    @ParameterizedTest(name = "base {0}, byte {1} of the digest, bit {2}")
    @CsvSource({
        "8, 0, 0", "8, 0, 7", "8, 1, 3", "8, 15, 4", "8, 30, 1", "8, 31, 0", "8, 31, 7",
        "772, 0, 0", "772, 0, 7", "772, 1, 3", "772, 15, 4", "772, 30, 1", "772, 31, 0", "772, 31, 7"
    })
    void answersInThePlainFormIfOneBitOfTheDigestIsWrong(int base, int index, int bit) throws Exception {
        byte[] c1 = ffmpegC1(base);
        c1[position(c1, base) + index] ^= (byte) (1 << bit);
        assertPlainAnswer(c1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 277, 310, 771, 772, 1535})
    void answersInThePlainFormIfOneBitOutsideTheDigestIsWrong(int index) throws Exception {
        byte[] c1 = ffmpegC1(8);
        c1[index] ^= 1;
        assertPlainAnswer(c1);
    }

    @ParameterizedTest(name = "computed for base {0}, placed for base {1}")
    @CsvSource({"8, 772", "772, 8"})
    void answersInThePlainFormIfTheDigestIsAtTheOtherPlace(int computed, int placed) throws Exception {
        byte[] c1 = packet(7, 0, FFMPEG_VERSION);
        byte[] digest = digestIn(withDigest(c1, computed, C1_KEY), computed);
        System.arraycopy(digest, 0, c1, position(c1, placed), digest.length);
        assertPlainAnswer(c1);
    }

    @Test
    void answersInThePlainFormIfC1HasTheDigestOfAServer() throws Exception {
        assertPlainAnswer(withDigest(packet(7, 0, FFMPEG_VERSION), 8, S1_KEY));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 772})
    void doesNotLookForADigestIfTheVersionIsZero(int base) throws Exception {
        assertPlainAnswer(withDigest(packet(7, 0, 0), base, C1_KEY));
    }

    @Test
    void takesTimeAndVersionAsBytes() throws Exception {
        assertPlainAnswer(packet(7, 0xffffffff, 0x80000000));
    }

    @Test
    void takesTimeAndVersionOfASignedC1AsBytes() throws Exception {
        byte[] c1 = withDigest(packet(7, 0xffffffff, 0x80000000), 8, C1_KEY);
        assertSignedAnswer(c1, 8, Exchange.whole(server::read, concat(c0s0(), c1, C2)));
    }

    private void assertPlainAnswer(byte[] c1) throws Exception {
        Exchange exchange = Exchange.whole(server::read, concat(c0s0(), c1, C2));
        assertTrue(exchange.done());
        assertFalse(server.isDigest());
        assertEquals(3073, exchange.written().length);
        assertEquals(0, version(second(exchange.written())));
        assertArrayEquals(c1, third(exchange.written()));
    }

    /** What a player of FFmpeg demands, and that S1 has the order of C1. */
    private void assertSignedAnswer(byte[] c1, int base, Exchange exchange) {
        assertTrue(exchange.done());
        assertTrue(server.isDigest());
        assertEquals(3073, exchange.written().length);
        assertEquals(3, exchange.written()[0]);
        byte[] s1 = second(exchange.written());
        assertTrue(s1[4] >= 3, "FFmpeg checks S1 only from version 3 on");
        assertEquals(Exchange.NOW_MILLIS, s1[2] << 8 | s1[3] & 0xff);
        assertTrue(hasDigest(s1, base, S1_KEY));
        assertTrue(isSigned(third(exchange.written()), digestIn(c1, base), S2_KEY));
    }
}
