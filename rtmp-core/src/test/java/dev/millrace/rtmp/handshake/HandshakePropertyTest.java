package dev.millrace.rtmp.handshake;

import static dev.millrace.rtmp.handshake.HandshakeBytes.S1_KEY;
import static dev.millrace.rtmp.handshake.HandshakeBytes.c0s0;
import static dev.millrace.rtmp.handshake.HandshakeBytes.concat;
import static dev.millrace.rtmp.handshake.HandshakeBytes.ffmpegC1;
import static dev.millrace.rtmp.handshake.HandshakeBytes.packet;
import static dev.millrace.rtmp.handshake.HandshakeBytes.second;
import static dev.millrace.rtmp.handshake.HandshakeBytes.third;
import static dev.millrace.rtmp.handshake.HandshakeBytes.version;
import static dev.millrace.rtmp.handshake.HandshakeBytes.withDigest;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.rtmp.RtmpProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class HandshakePropertyTest {

    private static final int SEED = 7;
    private static final byte[] CHUNK = TrackedBuffers.bytes("03 000000 000002 14 00000000 cafe");
    private static final byte[] ANY_THIRD = packet(5, 1, 2);

    @Property(tries = 300)
    void howTheBytesOfAClientAreCutDoesNotMatter(@ForAll("c1s") byte[] c1, @ForAll("pieces") int[] pieces) throws Exception {
        assertCutsDoNotMatter(HandshakePropertyTest::server, concat(c0s0(), c1, ANY_THIRD, CHUNK), 3073, pieces);
    }

    @Property(tries = 300)
    void howTheBytesOfAServerAreCutDoesNotMatter(@ForAll("s1s") byte[] s1, @ForAll("pieces") int[] pieces) throws Exception {
        assertCutsDoNotMatter(HandshakePropertyTest::digestClient, concat(c0s0(), s1, ANY_THIRD, CHUNK), 1536, pieces);
    }

    @Example
    void oneByteAtATimeDoesNotMatter() throws Exception {
        assertCutsDoNotMatter(HandshakePropertyTest::server, concat(c0s0(), ffmpegC1(772), ANY_THIRD, CHUNK), 3073, 1);
        assertCutsDoNotMatter(HandshakePropertyTest::server, concat(c0s0(), packet(7, 0, 0), ANY_THIRD, CHUNK), 3073, 1);
        byte[] s1 = withDigest(packet(11, 0, 0x0d0e0a0d), 8, S1_KEY);
        assertCutsDoNotMatter(HandshakePropertyTest::digestClient, concat(c0s0(), s1, ANY_THIRD, CHUNK), 1536, 1);
    }

    @Property(tries = 300)
    void aClientAndAServerComeToAnEnd(@ForAll boolean digest, @ForAll int seed, @ForAll("pieces") int[] pieces) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        ClientHandshake client = new ClientHandshake(random, digest);
        ServerHandshake server = new ServerHandshake(random);
        byte[] first = started(client);
        Exchange answer = Exchange.inPieces(server::read, first, pieces);
        Exchange second = Exchange.inPieces(client::read, concat(answer.written(), CHUNK), pieces);
        Exchange last = Exchange.inPieces(server::read, concat(second.written(), CHUNK), pieces);

        assertFalse(answer.done());
        assertTrue(second.done() && last.done());
        assertEquals(digest, server.isDigest());
        assertArrayEquals(CHUNK, second.surplus());
        assertArrayEquals(CHUNK, last.surplus());
        assertEquals(digest, !Arrays.equals(second(answer.written()), second.written()));
    }

    @Property(tries = 300)
    void anyBytesFromAClientAreReadOrRefused(@ForAll("garbage") byte[] wire, @ForAll("pieces") int[] pieces) {
        assertReadOrRefused(server(), wire, pieces, 3073);
    }

    @Property(tries = 300)
    void anyBytesFromAServerAreReadOrRefused(@ForAll("garbage") byte[] wire, @ForAll("pieces") int[] pieces) {
        assertReadOrRefused(digestClient(), wire, pieces, 1536);
    }

    @Property(tries = 300)
    void oneWrongByteOfASignedC1GivesAPlainAnswer(
            @ForAll @IntRange(max = 1535) int index, @ForAll @IntRange(min = 1, max = 255) int flip, @ForAll("bases") int base) throws Exception {
        byte[] c1 = ffmpegC1(base);
        c1[index] ^= (byte) flip;
        byte[] answer = Exchange.whole(server(), concat(c0s0(), c1)).written();
        assertEquals(0, version(second(answer)));
        assertArrayEquals(c1, third(answer));
    }

    @Provide
    Arbitrary<Integer> bases() {
        return Arbitraries.of(8, 772);
    }

    @Provide
    Arbitrary<byte[]> c1s() {
        return Arbitraries.of(packet(7, 1, 0), packet(7, 0xffffffff, 0x80000000), ffmpegC1(8), ffmpegC1(772));
    }

    @Provide
    Arbitrary<byte[]> s1s() {
        byte[] unsigned = packet(11, 0, 0x0d0e0a0d);
        return Arbitraries.of(packet(11, 1, 0), unsigned, withDigest(unsigned, 8, S1_KEY), withDigest(unsigned, 772, S1_KEY));
    }

    /** The last piece is never empty, so that there is an end. */
    @Provide
    Arbitrary<int[]> pieces() {
        Arbitrary<Integer> sizes = Arbitraries.oneOf(Arbitraries.of(0, 1, 2, 1535, 1536, 1537, 3073), Arbitraries.integers().between(0, 4000));
        return sizes.list().ofMaxSize(8).map(list -> {
            List<Integer> all = new ArrayList<>(list);
            all.add(97);
            return all.stream().mapToInt(Integer::intValue).toArray();
        });
    }

    /** Half of it gets past the version. */
    @Provide
    Arbitrary<byte[]> garbage() {
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(4000);
        return Arbitraries.oneOf(bytes, bytes.map(rest -> concat(c0s0(), rest)));
    }

    @FunctionalInterface
    private interface Fresh {
        Exchange.Reader reader() throws Exception;
    }

    private static void assertCutsDoNotMatter(Fresh fresh, byte[] wire, int answerBytes, int... pieces) throws Exception {
        Exchange whole = Exchange.whole(fresh.reader(), wire);
        Exchange cut = Exchange.inPieces(fresh.reader(), wire, pieces);
        assertTrue(whole.done() && cut.done());
        assertEquals(answerBytes, whole.written().length);
        assertArrayEquals(whole.written(), cut.written());
        assertArrayEquals(CHUNK, whole.surplus());
        assertArrayEquals(CHUNK, cut.surplus());
    }

    private static void assertReadOrRefused(Exchange.Reader reader, byte[] wire, int[] pieces, int answerBytes) {
        try {
            Exchange exchange = Exchange.inPieces(reader, wire, pieces);
            assertTrue(wire.length == 0 || wire[0] == 3);
            assertEquals(wire.length >= 3073, exchange.done());
            assertEquals(wire.length >= 1537 ? answerBytes : 0, exchange.written().length);
            assertEquals(Math.max(0, wire.length - 3073), exchange.surplus().length);
        } catch (RtmpProtocolException refused) {
            assertTrue(wire[0] != 3);
        }
    }

    private static Exchange.Reader server() {
        return new ServerHandshake(new SplittableRandom(SEED))::read;
    }

    private static Exchange.Reader digestClient() {
        ClientHandshake client = new ClientHandshake(new SplittableRandom(SEED), /* digest= */ true);
        started(client);
        return client::read;
    }

    private static byte[] started(ClientHandshake client) {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.allocator().heapBuffer();
            try {
                client.start(0, out);
                return HandshakeBytes.readable(out);
            } finally {
                out.release();
            }
        }
    }
}
