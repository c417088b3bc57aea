package dev.millrace.rtmp.chunk;

import static dev.millrace.rtmp.chunk.Chunks.readInPieces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.ChunkLimits;
import dev.millrace.rtmp.MessageLimits;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.chunk.Chunks.Sample;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class ChunkReaderPropertyTest {

    private static final List<Integer> IDS = List.of(2, 3, 63, 64, 319, 320, 6, 65_599);
    private static final MessageLimits MESSAGES = MessageLimits.DEFAULT;
    private static final int PARTIAL_BYTES = 2_000;
    private static final ChunkLimits TIGHT = new ChunkLimits(5, 3, PARTIAL_BYTES, 128, 128);

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void readsWhatWasSentHoweverItIsChunkedAndCut(
            @ForAll("messages") List<Sample> sent, @ForAll long seed, @ForAll("pieces") int[] pieces, @ForAll boolean authorised) throws Exception {
        HandChunker chunker = new HandChunker(sent, seed);
        ByteBudget budget = new ByteBudget(1 << 20);
        try (TrackedBuffers buffers = new TrackedBuffers();
                ChunkReader reader = new ChunkReader(ChunkLimits.DEFAULT, MESSAGES, budget)) {
            if (authorised) {
                reader.authorise();
            }
            ByteBuf in = buffers.of(chunker.wire());
            try {
                assertEquals(chunker.complete(), readInPieces(reader, in, pieces));
                assertFalse(in.isReadable());
            } finally {
                in.release();
            }
            assertEquals(chunker.chunks(), reader.chunksRead());
            assertEquals(0, reader.partialBytes());
            assertEquals(0, budget.usedBytes());
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void readsWhatTheWriterWrote(
            @ForAll("messages") List<Sample> sent, @ForAll("chunkSizes") int chunkBytes, @ForAll("pieces") int[] pieces) throws Exception {
        List<Sample> all = new ArrayList<>(sent);
        all.removeIf(message -> message.typeId() < 3);
        Sample chunkSize = new Sample(2, 0, 1, 0, "%08x".formatted(chunkBytes));
        ChunkWriter writer = new ChunkWriter(chunkBytes);
        try (TrackedBuffers buffers = new TrackedBuffers();
                ChunkReader reader = new ChunkReader(ChunkLimits.DEFAULT, MESSAGES, new ByteBudget(1 << 20))) {
            ByteBuf wire = buffers.allocator().heapBuffer();
            try {
                new ChunkWriter(128).write(chunkSize.message(), wire);
                for (Sample message : all) {
                    int before = wire.writerIndex();
                    writer.write(message.message(), wire);
                    int wireBytes = writer.wireBytes(message.chunkStreamId(), message.timestampMillis(), message.payloadHex().length() / 2);
                    assertEquals(wireBytes, wire.writerIndex() - before);
                }
                all.add(0, chunkSize);
                assertEquals(all, readInPieces(reader, wire, pieces));
                assertFalse(wire.isReadable());
            } finally {
                wire.release();
            }
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void anyBytesAreReadOrRefused(@ForAll("garbage") byte[] wire, @ForAll("pieces") int[] pieces, @ForAll boolean authorised) {
        assertReadOrRefused(wire, pieces, authorised);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void oneWrongByteIsReadOrRefused(
            @ForAll("messages") List<Sample> sent,
            @ForAll long seed,
            @ForAll @IntRange(max = 1 << 20) int where,
            @ForAll @IntRange(min = 1, max = 255) int flip,
            @ForAll("pieces") int[] pieces,
            @ForAll boolean authorised) {
        byte[] wire = new HandChunker(sent, seed).wire();
        wire[where % wire.length] ^= (byte) flip;
        assertReadOrRefused(wire, pieces, authorised);
    }

    /** No other exception; never more than the limit; nothing left behind. */
    private static void assertReadOrRefused(byte[] wire, int[] pieces, boolean authorised) {
        ByteBudget budget = new ByteBudget(PARTIAL_BYTES - 100);
        try (TrackedBuffers buffers = new TrackedBuffers();
                ChunkReader reader = new ChunkReader(TIGHT, MESSAGES, budget)) {
            if (authorised) {
                reader.authorise();
            }
            ByteBuf in = buffers.of(wire);
            try {
                readWatched(reader, in, pieces, budget);
            } catch (RtmpProtocolException refused) {
                assertEquals(0, reader.partialBytes());
                assertEquals(0, budget.usedBytes());
                assertThrows(IllegalStateException.class, () -> reader.read(in));
            } finally {
                in.release();
            }
        }
        assertEquals(0, budget.usedBytes());
    }

    private static void readWatched(ChunkReader reader, ByteBuf in, int[] pieces, ByteBudget budget) throws RtmpProtocolException {
        int end = in.writerIndex();
        in.writerIndex(0);
        for (int i = 0; in.writerIndex() < end; i++) {
            in.writerIndex(Math.min(end, in.writerIndex() + pieces[i % pieces.length]));
            while (reader.read(in).isPresent()) {
                assertHeld(reader, budget);
            }
            assertHeld(reader, budget);
            assertTrue(in.readableBytes() < 18, "more than a header is left");
        }
    }

    private static void assertHeld(ChunkReader reader, ByteBudget budget) {
        assertEquals(reader.partialBytes(), budget.usedBytes());
        assertTrue(reader.partialBytes() <= PARTIAL_BYTES - 100);
    }

    @Provide
    Arbitrary<List<Sample>> messages() {
        Arbitrary<Integer> times = Arbitraries.oneOf(
                Arbitraries.of(0, 40, 0xFFFFFE, 0xFFFFFF, 0x1000000, Integer.MAX_VALUE, Integer.MIN_VALUE, -1), Arbitraries.integers());
        Arbitrary<Sample> media = Combinators.combine(
                        Arbitraries.of(IDS), times, Arbitraries.of(8, 9, 18, 20, 0, 255), Arbitraries.of(0, 1, 0x04030201), bodies())
                .as(Sample::new);
        Arbitrary<Sample> chunkSizes = Combinators.combine(Arbitraries.of(IDS), times, chunkSizes())
                .as((id, time, size) -> new Sample(id, time, 1, 0, "%08x".formatted(size)));
        Arbitrary<Sample> aborts = Combinators.combine(Arbitraries.of(IDS), times, Arbitraries.of(IDS))
                .as((id, time, aborted) -> new Sample(id, time, 2, 0, "%08x".formatted(aborted)));
        return Arbitraries.frequencyOf(
                        Tuple.of(8, media), Tuple.of(1, chunkSizes), Tuple.of(1, aborts))
                .list()
                .ofMinSize(1)
                .ofMaxSize(24);
    }

    /** Few lengths, so that headers can be left out; some bodies are like a timestamp. */
    private static Arbitrary<String> bodies() {
        Arbitrary<byte[]> any = Arbitraries.of(0, 1, 2, 5, 127, 128, 129, 400)
                .flatMap(length -> Arbitraries.bytes().array(byte[].class).ofSize(length));
        Arbitrary<byte[]> alike = Arbitraries.of(0, 1, 0xFF).flatMap(value -> Arbitraries.just((byte) (int) value).array(byte[].class).ofSize(129));
        return Arbitraries.oneOf(any, alike).map(HexFormat.of()::formatHex);
    }

    @Provide
    Arbitrary<Integer> chunkSizes() {
        return Arbitraries.oneOf(Arbitraries.of(1, 2, 127, 128, 129, 400, 0xFFFFFF), Arbitraries.integers().between(1, 300));
    }

    /** The last piece is never empty, so that there is an end. */
    @Provide
    Arbitrary<int[]> pieces() {
        Arbitrary<Integer> sizes = Arbitraries.oneOf(Arbitraries.of(0, 1, 2, 3, 11, 12), Arbitraries.integers().between(0, 2_000));
        return Combinators.combine(sizes.list().ofMaxSize(6), Arbitraries.of(1, 17, 4_000))
                .as((list, last) -> {
                    List<Integer> all = new ArrayList<>(list);
                    all.add(last);
                    return all.stream().mapToInt(Integer::intValue).toArray();
                });
    }

    /** Random bytes end in their first header; so headers of formats 0 to 3 stand among them. */
    @Provide
    Arbitrary<byte[]> garbage() {
        Arbitrary<String> headers = Arbitraries.of(
                "02 000000 000004 01 00000000 0000", "03 000001 0000c8 14 00000000", "04 ffffff 000096 08 01000000 01000000", "44 000002 000010 09",
                "84 ffffff 00ffffff", "c3", "c4", "0000 000000 000400 09 01000000", "010000 000000 ffffff 09 01000000", "02 000000 000004 02 00000000 000000");
        Arbitrary<String> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(200).map(HexFormat.of()::formatHex);
        Arbitrary<String> full = Arbitraries.of("00", "03", "c4").map(one -> one.repeat(128));
        return Arbitraries.oneOf(headers, full, bytes).list().ofMaxSize(20).map(parts -> TrackedBuffers.bytes(String.join("", parts)));
    }
}
