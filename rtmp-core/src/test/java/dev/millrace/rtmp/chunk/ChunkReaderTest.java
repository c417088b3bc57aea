package dev.millrace.rtmp.chunk;

import static dev.millrace.rtmp.chunk.Chunks.expand;
import static dev.millrace.rtmp.chunk.Chunks.read;
import static dev.millrace.rtmp.chunk.Chunks.readInPieces;
import static dev.millrace.rtmp.chunk.Chunks.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.ChunkLimits;
import dev.millrace.rtmp.MessageLimits;
import dev.millrace.rtmp.RtmpProtocolException;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkReaderTest {

    /** What an encoder sends: all four formats, interleaving, a new chunk size, both kinds of time. */
    private static final String STREAM =
            """
            02 000000 000004 05 00000000 002625a0
            03 000000 000096 14 00000000 11*128 c3 11*22
            42 000000 000004 01 00000004
            04 000005 000006 12 01000000 a1a2a3a4
            06 ffffff 00000a 09 01000000 01000000 b1b2b3b4
            c4 a5a6
            c6 01000000 b5b6b7b8 c6 01000000 b9ba
            44 000017 000003 08 c1c2c3
            84 000000 d1d2d3
            c4 e1e2e3
            01 ff00 000001 000000 08 01000000
            c0 ff
            06 000002 000005 09 01000000 f1f2f3f4 c6 f5
            """;

    private static final String MESSAGES = "2 0 5 0 002625a0 | 3 0 20 0 11*150 | 2 0 1 0 00000004 | 4 5 18 1 a1a2a3a4a5a6"
            + " | 6 16777216 9 1 b1b2b3b4b5b6b7b8b9ba | 4 28 8 1 c1c2c3 | 4 28 8 1 d1d2d3 | 4 28 8 1 e1e2e3 | 319 1 8 1 | 319 2 8 1"
            + " | 6 2 9 1 f1f2f3f4f5";

    private final TrackedBuffers buffers = new TrackedBuffers();
    private final ByteBudget budget = new ByteBudget(1 << 20);
    private final ChunkReader reader = new ChunkReader(ChunkLimits.DEFAULT, MessageLimits.DEFAULT, budget);

    @AfterEach
    void nothingIsHeld() {
        reader.close();
        assertEquals(0, budget.usedBytes());
        buffers.close();
    }

    // Each wire column is written out by hand from RTMP 1.0, section 5.3.1; ChunkWriter is not used.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            textBlock =
                    """
            id 2,                         02 00000a 000002 14 01000000 cafe,                    2 10 20 1 cafe
            id 63,                        3f 00000a 000002 14 01000000 cafe,                    63 10 20 1 cafe
            id 64 in two bytes,           00 00 00000a 000002 14 01000000 cafe,                 64 10 20 1 cafe
            id 64 in three,               01 0000 00000a 000002 14 01000000 cafe,               64 10 20 1 cafe
            id 319 in two,                00 ff 00000a 000002 14 01000000 cafe,                 319 10 20 1 cafe
            id 319 in three,              01 ff00 00000a 000002 14 01000000 cafe,               319 10 20 1 cafe
            id 320 has the low byte first, 01 0001 00000a 000002 14 01000000 cafe,              320 10 20 1 cafe
            id 65599,                     01 ffff 00000a 000002 14 01000000 cafe,               65599 10 20 1 cafe
            last short time,              03 fffffe 000002 14 01000000 cafe,                    3 16777214 20 1 cafe
            first extended time,          03 ffffff 000002 14 01000000 00ffffff cafe,           3 16777215 20 1 cafe
            extended time,                03 ffffff 000002 14 01000000 01000000 cafe,           3 16777216 20 1 cafe
            time past 2^31,               03 ffffff 000002 14 01000000 80000000 cafe,           3 2147483648 20 1 cafe
            last time,                    03 ffffff 000002 14 01000000 ffffffff cafe,           3 4294967295 20 1 cafe
            extended without need,        03 ffffff 000002 14 01000000 0000000a cafe,           3 10 20 1 cafe
            stream id little-endian,      03 00000a 000002 14 01020304 cafe,                    3 10 20 67305985 cafe
            stream id past 2^31,          03 00000a 000002 14 ffffffff cafe,                    3 10 20 4294967295 cafe
            type 0,                       03 00000a 000002 00 00000000 cafe,                    3 10 0 0 cafe
            type 255,                     03 00000a 000002 ff 00000000 cafe,                    3 10 255 0 cafe
            no body,                      03 00000a 000000 08 01000000,                         3 10 8 1
            exactly one chunk,            03 00000a 000080 08 01000000 aa*128,                  3 10 8 1 aa*128
            one byte more,                03 00000a 000081 08 01000000 aa*128 c3 bb,            3 10 8 1 aa*128bb
            window size,                  02 000000 000004 05 00000000 002625a0,                2 0 5 0 002625a0
            bandwidth,                    02 000000 000005 06 00000000 002625a0 02,             2 0 6 0 002625a002
            stream begin,                 02 000000 000006 04 00000000 0000 00000001,           2 0 4 0 000000000001
            repeated extended time,       06 ffffff 0000c8 09 01000000 01000000 aa*128 c6 01000000 bb*72, 6 16777216 9 1 aa*128bb*72
            """)
    void readsOneMessage(String name, String wire, String message) throws Exception {
        assertReads(wire, message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            textBlock =
                    """
            after format 0 the time is the delta,   04 00001a 000001 08 01000000 aa c4 bb c4 cc,           4 26 8 1 aa | 4 52 8 1 bb | 4 78 8 1 cc
            after format 1 its delta,               04 00001a 000001 08 01000000 aa 44 000005 000002 09 bbbb c4 cccc, \
            4 26 8 1 aa | 4 31 9 1 bbbb | 4 36 9 1 cccc
            after format 2 its delta,               04 00001a 000001 08 01000000 aa 84 000005 bb c4 cc,    4 26 8 1 aa | 4 31 8 1 bb | 4 36 8 1 cc
            format 0 goes back,                     04 00001a 000001 08 01000000 aa 04 000003 000001 08 02000000 bb, 4 26 8 1 aa | 4 3 8 2 bb
            format 1 is enough to begin with,       42 000007 000002 04 cafe 82 000001 cafe,               2 7 4 0 cafe | 2 8 4 0 cafe
            format 1 keeps its own stream id,       04 00001a 000001 08 01000000 aa 06 000000 000001 09 02000000 bb 44 000001 000001 08 cc, \
            4 26 8 1 aa | 6 0 9 2 bb | 4 27 8 1 cc
            format 1 begins with stream id 0,       04 00001a 000001 08 01000000 aa 42 000000 000002 04 cafe, 4 26 8 1 aa | 2 0 4 0 cafe
            format 2 keeps its own length and type, 04 00001a 000001 08 01000000 aa 06 000000 000002 09 02000000 bbbb 84 000001 cc, \
            4 26 8 1 aa | 6 0 9 2 bbbb | 4 27 8 1 cc
            format 3 keeps its own delta,           04 00001a 000001 08 01000000 aa 06 000007 000002 09 02000000 bbbb c4 cc, \
            4 26 8 1 aa | 6 7 9 2 bbbb | 4 52 8 1 cc
            GStreamer sets its chunk size so,       42 000000 000004 01 00000080,                          2 0 1 0 00000080
            inherits from an empty message,         04 00000a 000000 08 01000000 84 000005 c4,             4 10 8 1 | 4 15 8 1 | 4 20 8 1
            format 1 sets a length after an empty,  04 00000a 000000 08 01000000 44 000001 000001 09 aa,   4 10 8 1 | 4 11 9 1 aa
            extended delta in format 1,             04 00000a 000001 08 01000000 aa 44 ffffff 000001 08 01000000 bb, 4 10 8 1 aa | 4 16777226 8 1 bb
            extended delta in format 2,             04 00000a 000001 08 01000000 aa 84 ffffff 01000000 bb, 4 10 8 1 aa | 4 16777226 8 1 bb
            delta below zero by wrapping,           04 00000a 000001 08 01000000 aa 84 ffffff fffffffe bb, 4 10 8 1 aa | 4 8 8 1 bb
            time wraps at 2^32,                     04 ffffff 000001 08 01000000 ffffffff aa 84 000001 bb, 4 4294967295 8 1 aa | 4 0 8 1 bb
            time past 2^31,                         04 ffffff 000001 08 01000000 7fffffff aa 84 000001 bb, 4 2147483647 8 1 aa | 4 2147483648 8 1 bb
            time set to 0 after 2^31,               04 ffffff 000001 08 01000000 7fffffff aa 04 000000 000001 08 01000000 bb, \
            4 2147483647 8 1 aa | 4 0 8 1 bb
            both long forms are one chunk stream,   00 00 00000a 000081 08 01000000 aa*128 c1 0000 bb 81 0000 000005 cc*128 c0 00 dd, \
            64 10 8 1 aa*128bb | 64 15 8 1 cc*128dd
            one-byte id is another than long form,  00 00 000001 000081 08 01000000 aa*128 04 000002 000001 08 01000000 bb c0 00 cc, \
            4 2 8 1 bb | 64 1 8 1 aa*128cc
            a continuation is not a delta,          04 00000a 000081 08 01000000 aa*128 c4 aa c4 bb*128 c4 bb, 4 10 8 1 aa*129 | 4 20 8 1 bb*129
            """)
    void inheritsWhatAHeaderLeavesOut(String name, String wire, String messages) throws Exception {
        assertReads(wire, messages);
    }

    @Test
    void keepsInterleavedChunkStreamsApart() throws Exception {
        assertReads(
                """
                02 000000 000004 01 00000000 00000001
                04 000000 000002 08 01000000 aa
                06 000000 000002 09 01000000 11
                c4                           bb
                c6                           22
                """,
                "2 0 1 0 00000001 | 4 0 8 1 aabb | 6 0 9 1 1122");
    }

    @Test
    void completesAnEmptyMessageOfEachType() throws Exception {
        for (int typeId = 0; typeId < 256; typeId++) {
            if (typeId != 1) { // Set Chunk Size needs its four bytes
                assertReads("04 000000 000000 %02x 00000000".formatted(typeId), "4 0 " + typeId + " 0");
            }
        }
    }

    @Test
    void completesEmptyMessagesWithoutEnd() throws Exception {
        ByteBuf in = buffers.hex("04 000001 000000 08 01000000" + "c4".repeat(10_000));
        try {
            assertEquals(10_001, read(reader, in).size());
            assertEquals(10_001, reader.chunksRead());
            assertEquals(0, reader.partialBytes());
        } finally {
            in.release();
        }
    }

    @Test
    void readsOneMessageAtATime() throws Exception {
        ByteBuf in = buffers.hex("04 000001 000001 08 01000000 aa c4 bb c4");
        try {
            assertEquals("4 1 8 1 aa", Chunks.Sample.of(reader.read(in).orElseThrow()).toString());
            assertEquals(3, in.readableBytes());
            assertEquals("4 2 8 1 bb", Chunks.Sample.of(reader.read(in).orElseThrow()).toString());
            assertEquals(1, in.readableBytes());
            assertTrue(reader.read(in).isEmpty());
        } finally {
            in.release();
        }
    }

    @Test
    void leavesAHeaderThatIsNotComplete() throws Exception {
        ByteBuf in = buffers.hex("01 ffff ffffff 000002 08 01000000 01000000");
        int headerBytes = in.readableBytes();
        try {
            for (int bytes = 0; bytes < headerBytes; bytes++) {
                in.setIndex(0, bytes);
                assertTrue(reader.read(in).isEmpty());
                assertEquals(0, in.readerIndex());
                assertEquals(0, reader.chunksRead());
            }
            in.setIndex(0, headerBytes);
            assertTrue(reader.read(in).isEmpty());
            assertEquals(headerBytes, in.readerIndex());
            assertEquals(1, reader.chunksRead());
        } finally {
            in.release();
        }
    }

    @Test
    void twoCutsAnywhereDoNotMatter() throws Exception {
        ByteBuf in = buffers.hex(expand(STREAM));
        int end = in.writerIndex();
        try {
            for (int first = 0; first <= end; first++) {
                for (int second = 0; second <= end - first; second += 7) {
                    assertReadsInPieces(in, end, first, second, end);
                }
            }
            assertReadsInPieces(in, end, 1);
        } finally {
            in.release();
        }
    }

    private void assertReadsInPieces(ByteBuf in, int end, int... pieces) throws Exception {
        in.setIndex(0, end);
        try (ChunkReader fresh = new ChunkReader(ChunkLimits.DEFAULT, MessageLimits.DEFAULT, budget)) {
            assertEquals(expand(MESSAGES), text(readInPieces(fresh, in, pieces)));
            assertEquals(16, fresh.chunksRead());
            assertEquals(0, fresh.partialBytes());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            textBlock =
                    """
            format 2 first,              84 000000,                                                    chunk stream 4 starts with format 2
            format 3 first,              c4,                                                           chunk stream 4 starts with format 3
            format 3 of another stream,  04 000000 000001 08 01000000 aa c5,                           chunk stream 5 starts with format 3
            format 0 in a message,       04 000000 000081 08 01000000 aa*128 04 000000 000081 08 01000000, format 0 in the middle
            longer in a message,         04 000000 000081 08 01000000 aa*128 44 000000 000100 08,      format 1 in the middle
            shorter in a message,        04 000000 000081 08 01000000 aa*128 44 000000 000001 08,      format 1 in the middle
            other type in a message,     04 000000 000081 08 01000000 aa*128 44 000000 000081 09,      format 1 in the middle
            format 2 in a message,       04 000000 000081 08 01000000 aa*128 84 000000,                after 128 of 129 bytes
            control of 65 bytes,         02 000000 000041 03 00000000,                                 type 3 with 65 bytes exceeds 64
            too long by format 1,        04 000000 000001 08 01000000 aa 44 000000 010001 08,          type 8 with 65537 bytes exceeds 65536
            """)
    void refuses(String name, String wire, String reason) {
        ByteBuf in = buffers.hex(expand(wire));
        try {
            RtmpProtocolException e = assertThrows(RtmpProtocolException.class, () -> read(reader, in));
            assertTrue(e.getMessage().contains(reason), e.getMessage());
            assertEquals(0, reader.partialBytes());
            assertEquals(0, budget.usedBytes());
            assertThrows(IllegalStateException.class, () -> reader.read(in));
        } finally {
            in.release();
        }
    }

    private void assertReads(String wire, String messages) throws Exception {
        ByteBuf in = buffers.hex(expand(wire));
        int end = in.writerIndex();
        try {
            try (ChunkReader fresh = new ChunkReader(ChunkLimits.DEFAULT, MessageLimits.DEFAULT, budget)) {
                assertEquals(expand(messages), text(read(fresh, in)));
                assertEquals(end, in.readerIndex());
                assertEquals(0, fresh.partialBytes());
            }
            in.setIndex(0, end);
            assertEquals(expand(messages), text(readInPieces(reader, in, 1)));
        } finally {
            in.release();
        }
    }
}
