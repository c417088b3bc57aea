package dev.millrace.rtmp.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.amf.AmfLimits;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.MalformedException;
import dev.millrace.rtmp.chunk.ChunkMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RtmpMessagePropertyTest {

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void anyBodyIsReadOrRefused(@ForAll("types") int typeId, @ForAll("bodies") byte[] body, @ForAll int timestampMillis) {
        byte[] before = body.clone();
        ChunkMessage message = new ChunkMessage(3, timestampMillis, typeId, 1, body);
        try {
            RtmpMessage read = RtmpMessage.parse(message, AmfLimits.DEFAULT);
            if (read instanceof Aggregate aggregate) {
                assertNoMoreThanItHad(aggregate, body);
            } else {
                assertReadsAgain(read);
            }
        } catch (MalformedException refused) {
            // the only exception allowed
        }
        assertArrayEquals(before, body);
    }

    /** What was read is written, read and written the same. */
    private static void assertReadsAgain(RtmpMessage message) throws MalformedException {
        byte[] first = write(message);
        RtmpMessage again = RtmpMessage.parse(new ChunkMessage(3, 0, message.typeId(), 1, first), AmfLimits.DEFAULT);
        assertArrayEquals(first, write(again));
        assertEquals(message.typeId(), again.typeId());
    }

    private static void assertNoMoreThanItHad(Aggregate aggregate, byte[] body) {
        int bytes = aggregate.messages().stream().mapToInt(message -> message.payload().length + 11).sum();
        assertTrue(bytes + 11 * aggregate.dropped() <= body.length + 11);
    }

    private static byte[] write(RtmpMessage message) {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.allocator().heapBuffer();
            try {
                message.writeTo(out);
                return ByteBufUtil.getBytes(out);
            } finally {
                out.release();
            }
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void anAggregateCutShortGivesItsFirstMessages(@ForAll @IntRange(max = 60) int bytes, @ForAll("types") int typeId) throws Exception {
        String sub = "%02x 000004 000010 00 000000 cafebabe 0000000f".formatted(typeId);
        byte[] body = Arrays.copyOf(TrackedBuffers.bytes(sub.repeat(4)), bytes);
        Aggregate aggregate = (Aggregate) RtmpMessage.parse(new ChunkMessage(6, 0, 22, 1, body), AmfLimits.DEFAULT);
        boolean media = typeId == 8 || typeId == 9 || typeId == 15 || typeId == 18;
        int whole = (bytes + 4) / 19;
        int broken = bytes > 19 * whole ? 1 : 0;
        assertEquals(media ? whole : 0, aggregate.messages().size());
        assertEquals(broken + (media ? 0 : whole), aggregate.dropped());
    }

    @Provide
    Arbitrary<Integer> types() {
        return Arbitraries.oneOf(Arbitraries.of(1, 2, 3, 4, 5, 6, 8, 9, 15, 17, 18, 20, 22), Arbitraries.integers().between(0, 255));
    }

    /** Random bytes, and pieces of what is legal. */
    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<String> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(HexFormat.of()::formatHex);
        Arbitrary<String> legal = Arbitraries.of(
                "0200077075626c697368", "004014000000000000", "05", "020000", "0300036170700200016100000900", "08000000000000 09", "0a00000001 05",
                "007ff8000000000000", "110401", "0700 00", "08 000002 001388 00 000000 af01 0000000d", "0003 00000001 00000bb8", "00");
        return Arbitraries.oneOf(any, legal, legal, legal).list().ofMaxSize(6).map(parts -> TrackedBuffers.bytes(String.join("", parts)));
    }
}
