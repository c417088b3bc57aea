package dev.millrace.rtmp.chunk;

import static dev.millrace.rtmp.chunk.Chunks.readInPieces;
import static dev.millrace.rtmp.chunk.Chunks.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.ChunkLimits;
import dev.millrace.rtmp.MessageLimits;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What senders put behind the basic header of format 3 chunks where the last header had an extended timestamp. Chunk size 4 in all tests. */
class ExtendedTimestampTest {

    private static final String CHUNK_SIZE = "02 000000 000004 01 00000000 00000004";
    private static final String CHUNK_SIZE_MESSAGE = "2 0 1 0 00000004 | ";

    private final TrackedBuffers buffers = new TrackedBuffers();
    private final ByteBudget budget = new ByteBudget(1 << 20);

    @AfterEach
    void nothingIsHeld() {
        assertEquals(0, budget.usedBytes());
        buffers.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            textBlock =
                    """
            repeated,                            03 ffffff 000006 09 01000000 01000000 a1a2a3a4 c3 01000000 a5a6, 3 16777216 9 1 a1a2a3a4a5a6
            left out,                            03 ffffff 000006 09 01000000 01000000 a1a2a3a4 c3 a5a6,          3 16777216 9 1 a1a2a3a4a5a6
            zeros,                               03 ffffff 000006 09 01000000 01000000 a1a2a3a4 c3 00000000 a5a6, 3 16777216 9 1 a1a2a3a4a5a6
            zeros of a payload that is no media, 03 ffffff 000006 12 01000000 01000000 a1a2a3a4 c3 0000, 3 16777216 18 1 a1a2a3a40000
            zeros where the first byte is 0,     03 ffffff 000006 09 01000000 00ffffff a1a2a3a4 c3 00000000 a5a6, 3 16777215 9 1 a1a2a3a4a5a6
            repeated where the first byte is 0,  03 ffffff 000006 09 01000000 00ffffff a1a2a3a4 c3 00ffffff a5a6, 3 16777215 9 1 a1a2a3a4a5a6
            repeated past 2^31,                  03 ffffff 000006 09 01000000 80000001 a1a2a3a4 c3 80000001 a5a6, 3 2147483649 9 1 a1a2a3a4a5a6
            repeated without need,               03 ffffff 000006 09 01000000 00000010 a1a2a3a4 c3 00000010 a5a6, 3 16 9 1 a1a2a3a4a5a6
            repeated and 0,                      03 ffffff 000006 09 01000000 00000000 a1a2a3a4 c3 00000000 a5a6, 3 0 9 1 a1a2a3a4a5a6
            another value is payload,            03 ffffff 00000a 09 01000000 01000000 a1a2a3a4 c3 02000000 c3 a9aa, \
            3 16777216 9 1 a1a2a3a402000000a9aa
            differs in the last byte only,       03 ffffff 00000a 09 01000000 01000000 a1a2a3a4 c3 01000001 c3 a9aa, \
            3 16777216 9 1 a1a2a3a401000001a9aa
            not quite zeros,                     03 ffffff 00000a 09 01000000 01000000 a1a2a3a4 c3 00000001 c3 a9aa, \
            3 16777216 9 1 a1a2a3a400000001a9aa
            repeated twice,                      03 ffffff 00000a 09 01000000 01000000 a1a2a3a4 c3 01000000 a5a6a7a8 c3 01000000 a9aa, \
            3 16777216 9 1 a1a2a3a4a5a6a7a8a9aa
            zeros twice,                         03 ffffff 00000a 09 01000000 01000000 a1a2a3a4 c3 00000000 a5a6a7a8 c3 00000000 a9aa, \
            3 16777216 9 1 a1a2a3a4a5a6a7a8a9aa
            repeated after zeros,                03 ffffff 00000a 09 01000000 01000000 a1a2a3a4 c3 00000000 a5a6a7a8 c3 01000000 a9aa, \
            3 16777216 9 1 a1a2a3a4a5a6a7a8a9aa
            repeated before zeros of payload,    03 ffffff 00000a 09 01000000 01000000 a1a2a3a4 c3 01000000 00000000 c3 01000000 0000, \
            3 16777216 9 1 a1a2a3a4000000000000
            who repeats does not write zeros,    03 ffffff 00000e 09 01000000 01000000 a1a2a3a4 c3 01000000 a5a6a7a8 c3 00000000 c3 adae, \
            3 16777216 9 1 a1a2a3a4a5a6a7a800000000adae
            who left it out does not repeat,     03 ffffff 00000e 09 01000000 01000000 a1a2a3a4 c3 a5a6a7a8 c3 01000000 c3 adae, \
            3 16777216 9 1 a1a2a3a4a5a6a7a801000000adae
            who left it out writes no zeros,     03 ffffff 00000e 09 01000000 01000000 a1a2a3a4 c3 a5a6a7a8 c3 00000000 c3 adae, \
            3 16777216 9 1 a1a2a3a4a5a6a7a800000000adae
            left out in each message,            03 ffffff 000006 09 01000000 01000000 a1a2a3a4 c3 a5a6 \
                                                 03 ffffff 000008 09 01000000 02000000 b1b2b3b4 c3 02000000, \
            3 16777216 9 1 a1a2a3a4a5a6 | 3 33554432 9 1 b1b2b3b402000000
            each chunk stream has its habit,     03 ffffff 000006 09 01000000 01000000 a1a2a3a4 04 ffffff 000006 08 01000000 01000000 b1b2b3b4 \
                                                 c3 a5a6 c4 01000000 b5b6, 3 16777216 9 1 a1a2a3a4a5a6 | 4 16777216 8 1 b1b2b3b4b5b6
            """)
    void tellsWhatASenderDoesInContinuations(String name, String wire, String messages) throws Exception {
        assertReads(wire, messages);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            textBlock =
                    """
            delta of format 1 in continuations,   04 00000a 000001 08 01000000 aa 44 ffffff 000006 09 01000000 b1b2b3b4 c4 01000000 b5b6, \
            4 10 8 1 aa | 4 16777226 9 1 b1b2b3b4b5b6
            delta of format 2 in continuations,   04 00000a 000006 09 01000000 a1a2a3a4 c4 a5a6 84 ffffff 01000000 b1b2b3b4 c4 01000000 b5b6, \
            4 10 9 1 a1a2a3a4a5a6 | 4 16777226 9 1 b1b2b3b4b5b6
            delta of format 2 left out,           04 00000a 000006 09 01000000 a1a2a3a4 c4 a5a6 84 ffffff 01000000 b1b2b3b4 c4 b5b6, \
            4 10 9 1 a1a2a3a4a5a6 | 4 16777226 9 1 b1b2b3b4b5b6
            format 3 begins a message,            04 ffffff 000001 08 01000000 01000000 aa c4 01000000 bb, 4 16777216 8 1 aa | 4 33554432 8 1 bb
            format 3 begins after a delta,        04 00000a 000001 08 01000000 aa 84 ffffff 01000000 bb c4 01000000 cc, \
            4 10 8 1 aa | 4 16777226 8 1 bb | 4 33554442 8 1 cc
            format 3 begins with its own delta,   04 ffffff 000001 08 01000000 01000000 aa c4 01000001 bb c4 00000002 cc, \
            4 16777216 8 1 aa | 4 33554433 8 1 bb | 4 33554435 8 1 cc
            format 3 begins and is continued,     04 ffffff 000006 08 01000000 01000000 a1a2a3a4 c4 01000000 a5a6 c4 02000000 b1b2b3b4 c4 02000000 b5b6, \
            4 16777216 8 1 a1a2a3a4a5a6 | 4 50331648 8 1 b1b2b3b4b5b6
            who left it out has it in a new one,  04 ffffff 000006 08 01000000 01000000 a1a2a3a4 c4 a5a6 c4 01000000 b1b2b3b4 c4 b5b6, \
            4 16777216 8 1 a1a2a3a4a5a6 | 4 33554432 8 1 b1b2b3b4b5b6
            a header without it ends it,          04 ffffff 000001 08 01000000 01000000 aa 44 000005 000006 09 b1b2b3b4 c4 b5b6 c4 c1c2c3c4 c4 c5c6, \
            4 16777216 8 1 aa | 4 16777221 9 1 b1b2b3b4b5b6 | 4 16777226 9 1 c1c2c3c4c5c6
            an empty message by format 3,         04 ffffff 000000 08 01000000 01000000 c4 01000000 c4 00000001, \
            4 16777216 8 1 | 4 33554432 8 1 | 4 33554433 8 1
            """)
    void takesItAsADeltaOfANewMessage(String name, String wire, String messages) throws Exception {
        assertReads(wire, messages);
    }

    @Test
    void waitsForAllFourBytesOnlyWhileTheyCouldBeATimestamp() throws Exception {
        ByteBuf in = buffers.hex(CHUNK_SIZE + "03 ffffff 000005 09 01000000 01000000 a1a2a3a4 c3 01");
        try (ChunkReader reader = new ChunkReader(ChunkLimits.DEFAULT, MessageLimits.DEFAULT, budget)) {
            assertEquals(1, Chunks.read(reader, in).size());
            assertEquals(2, in.readableBytes());
            in.setByte(in.writerIndex() - 1, 0xA5);
            assertEquals("3 16777216 9 1 a1a2a3a4a5", text(Chunks.read(reader, in)));
        } finally {
            in.release();
        }
    }

    /** Whole, with a cut at each byte, and one byte at a time. */
    private void assertReads(String wire, String messages) throws Exception {
        ByteBuf in = buffers.hex(CHUNK_SIZE + wire);
        int end = in.writerIndex();
        try {
            for (int cut = 1; cut <= end; cut++) {
                assertReadsInPieces(in, end, messages, cut, end);
            }
            assertReadsInPieces(in, end, messages, 1);
        } finally {
            in.release();
        }
    }

    private void assertReadsInPieces(ByteBuf in, int end, String messages, int... pieces) throws Exception {
        in.setIndex(0, end);
        try (ChunkReader reader = new ChunkReader(ChunkLimits.DEFAULT, MessageLimits.DEFAULT, budget)) {
            assertEquals(CHUNK_SIZE_MESSAGE + messages, text(readInPieces(reader, in, pieces)));
            assertFalse(in.isReadable());
        }
    }
}
