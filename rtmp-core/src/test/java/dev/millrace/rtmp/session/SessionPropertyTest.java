package dev.millrace.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.rtmp.RtmpProtocolException;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever follows a good beginning, a session reads it or refuses it, and keeps nothing. */
class SessionPropertyTest {

    private static final byte[] GOLDEN = PublishWire.bytes();
    private static final int CHUNKS = GOLDEN.length - HandClient.HANDSHAKE_BYTES;

    @Property(tries = 500)
    void howAStreamIsCutDoesNotMatter(@ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int most) throws Exception {
        try (HandClient whole = new HandClient();
                HandClient cut = new HandClient()) {
            whole.receive(GOLDEN);
            receiveInPieces(cut, GOLDEN, seed, most);
            assertEquals(PublishWire.text(whole.events), PublishWire.text(cut.events));
            assertEquals(whole.outputHex(), cut.outputHex());
            assertEquals(0, cut.session.heldBytes());
        }
    }

    @Property(tries = 500)
    void garbageAfterAGoodBeginningIsReadOrRefused(
            @ForAll @Size(max = 2_000) byte[] garbage, @ForAll long seed, @ForAll @IntRange(min = 2, max = 400) int most) {
        byte[] wire = Arrays.copyOf(GOLDEN, GOLDEN.length + garbage.length);
        System.arraycopy(garbage, 0, wire, GOLDEN.length, garbage.length);
        assertReadOrRefused(wire, seed, most);
    }

    @Property(tries = 1_000)
    void oneWrongByteIsReadOrRefused(
            @ForAll @IntRange(max = 10_000) int at, @ForAll @IntRange(min = 1, max = 255) int flip, @ForAll long seed) {
        byte[] wire = GOLDEN.clone();
        wire[HandClient.HANDSHAKE_BYTES + at % CHUNKS] ^= (byte) flip;
        assertReadOrRefused(wire, seed, 100);
    }

    @Property(tries = 500)
    void aStreamThatBreaksOffLeavesNothing(@ForAll @IntRange(max = 10_000) int length, @ForAll long seed) throws Exception {
        try (HandClient whole = new HandClient();
                HandClient cut = new HandClient()) {
            whole.receive(GOLDEN);
            receiveInPieces(cut, Arrays.copyOf(GOLDEN, length % GOLDEN.length), seed, 100);
            assertEquals(PublishWire.text(whole.events).subList(0, cut.events.size()), PublishWire.text(cut.events));
            assertTrue(cut.events.size() < whole.events.size());
        }
    }

    /** Closing the client fails if a buffer or a byte of the budget was not given back. */
    private static void assertReadOrRefused(byte[] wire, long seed, int most) {
        try (HandClient client = new HandClient()) {
            try {
                receiveInPieces(client, wire, seed, most);
            } catch (RtmpProtocolException refused) {
                assertTrue(client.session.isClosing());
            }
        }
    }

    private static void receiveInPieces(HandClient client, byte[] wire, long seed, int most) throws RtmpProtocolException {
        SplittableRandom random = new SplittableRandom(seed);
        int at = 0;
        while (at < wire.length) {
            // The handshake is the same in all of them: one piece.
            int length = at == 0 ? HandClient.HANDSHAKE_BYTES - 1 : random.nextInt(1, most + 1);
            int end = Math.min(wire.length, at + length);
            client.receive(Arrays.copyOfRange(wire, at, end));
            at = end;
        }
    }
}
