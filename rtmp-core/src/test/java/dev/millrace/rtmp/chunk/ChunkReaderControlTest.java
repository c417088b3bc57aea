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

/** Set Chunk Size and Abort, which the reader obeys itself. */
class ChunkReaderControlTest {

    private final TrackedBuffers buffers = new TrackedBuffers();
    private final ByteBudget budget = new ByteBudget(1 << 20);
    private final ChunkReader reader = new ChunkReader(ChunkLimits.DEFAULT, MessageLimits.DEFAULT, budget);

    @AfterEach
    void nothingIsHeld() {
        reader.close();
        assertEquals(0, budget.usedBytes());
        buffers.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            textBlock =
                    """
            smaller before a message,          02 000000 000004 01 00000000 00000002 04 000000 000003 08 01000000 a1a2 c4 a3, \
            2 0 1 0 00000002 | 4 0 8 1 a1a2a3
            larger before a message,           02 000000 000004 01 00000000 00000100 04 000000 000100 08 01000000 aa*256, \
            2 0 1 0 00000100 | 4 0 8 1 aa*256
            smaller within another message,    04 000000 000084 08 01000000 aa*128 02 000000 000004 01 00000000 00000003 c4 b1b2b3 c4 b4, \
            2 0 1 0 00000003 | 4 0 8 1 aa*128b1b2b3b4
            larger within another message,     04 000000 0001ff 08 01000000 aa*128 02 000000 000004 01 00000000 0000ea60 c4 bb*383, \
            2 0 1 0 0000ea60 | 4 0 8 1 aa*128bb*383
            within two others,                 04 000000 000084 08 01000000 aa*128 06 000000 000083 09 01000000 bb*128 \
                                               02 000000 000004 01 00000000 00000003 c6 b1b2b3 c4 a1a2a3 c4 a4, \
            2 0 1 0 00000003 | 6 0 9 1 bb*128b1b2b3 | 4 0 8 1 aa*128a1a2a3a4
            twice,                             02 000000 000004 01 00000000 00000002 c2 0000 c2 0003 04 000000 000004 08 01000000 a1a2a3 c4 a4, \
            2 0 1 0 00000002 | 2 0 1 0 00000003 | 4 0 8 1 a1a2a3a4
            in pieces of itself,               02 000000 000004 01 00000000 00000001 c2 00 c2 00 c2 00 c2 80 04 000000 000002 08 01000000 aaaa, \
            2 0 1 0 00000001 | 2 0 1 0 00000080 | 4 0 8 1 aaaa
            on any chunk stream,               05 000000 000004 01 01000000 00000002 05 000000 000003 08 01000000 a1a2 c5 a3, \
            5 0 1 1 00000002 | 5 0 8 1 a1a2a3
            with more than four bytes,         02 000000 000005 01 00000000 0000000200 04 000000 000003 08 01000000 a1a2 c4 a3, \
            2 0 1 0 0000000200 | 4 0 8 1 a1a2a3
            """)
    void obeysSetChunkSizeBeforeTheNextChunk(String name, String wire, String messages) throws Exception {
        assertReads(wire, messages);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            textBlock =
                    """
            zero,           02 000000 000004 01 00000000 00000000, chunk size 0 is not 1 to 2147483647
            2^31,           02 000000 000004 01 00000000 80000000, chunk size 2147483648 is not 1 to 2147483647
            2^32-1,         02 000000 000004 01 00000000 ffffffff, chunk size 4294967295 is not 1 to 2147483647
            three bytes,    02 000000 000003 01 00000000 000080,   Set Chunk Size of 3 bytes
            no bytes,       02 000000 000000 01 00000000,          Set Chunk Size of 0 bytes
            """)
    void refusesAChunkSize(String name, String wire, String reason) {
        ByteBuf in = buffers.hex(expand("04 000000 0000c8 08 01000000 aa*128 " + wire));
        try {
            RtmpProtocolException e = assertThrows(RtmpProtocolException.class, () -> read(reader, in));
            assertTrue(e.getMessage().contains(reason), e.getMessage());
            assertEquals(0, reader.partialBytes());
            assertEquals(0, budget.usedBytes());
        } finally {
            in.release();
        }
    }

    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource({"00000001, 1", "00000080, 128", "00fffffe, 16777214", "00ffffff, 16777215", "01000000, 16777215", "7fffffff, 16777215"})
    void cutsTheChunkSizeToTheLongestMessage(String hex, int chunkBytes) throws Exception {
        assertEquals(128, reader.chunkBytes());
        assertEquals(1, readHex("02 000000 000004 01 00000000" + hex));
        assertEquals(chunkBytes, reader.chunkBytes());
    }

    @Test
    void allocatesBySizeOfMessageNotOfChunk() throws Exception {
        reader.authorise();
        assertEquals(1, readHex("02 000000 000004 01 00000000 7fffffff"));
        assertEquals(0, readHex("04 000000 000064 08 01000000 aa"));
        assertEquals(100, reader.partialBytes());
        assertEquals(100, budget.usedBytes());
        assertEquals(1, readHex("aa*99"));
        assertEquals(0, reader.partialBytes());
    }

    @Test
    void takesAnyNumberOfChunkSizes() throws Exception {
        assertEquals(20_000, readHex("02 000000 000004 01 00000000 00000080" + "c2 00000081 c2 00000080".repeat(9_999) + "c2 00000081"));
        assertEquals(20_000, reader.chunksRead());
        assertEquals(129, reader.chunkBytes());
        assertEquals(0, reader.partialBytes());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            textBlock =
                    """
            a message under way,             06 000005 000081 09 01000000 aa*128 02 000000 000004 02 00000000 00000006 \
                                             06 000007 000001 09 01000000 bb,           2 0 2 0 00000006 | 6 7 9 1 bb
            header stays known,              06 000005 000081 09 01000000 aa*128 02 000000 000004 02 00000000 00000006 \
                                             c6 bb*128 c6 bb,                           2 0 2 0 00000006 | 6 10 9 1 bb*129
            extended timestamp stays known,  06 ffffff 000081 09 01000000 01000000 aa*128 02 000000 000004 02 00000000 00000006 \
                                             c6 00000001 bb*128 c6 00000001 bb,         2 0 2 0 00000006 | 6 16777217 9 1 bb*129
            only that one,                   04 000000 000081 08 01000000 cc*128 06 000005 000081 09 01000000 aa*128 \
                                             02 000000 000004 02 00000000 00000006 c4 cc, 2 0 2 0 00000006 | 4 0 8 1 cc*129
            a message of its own id before,  02 000000 000004 02 00000000 00000002 c2 00000002, 2 0 2 0 00000002 | 2 0 2 0 00000002
            from another chunk stream,       02 000000 000028 03 00000000 aa*40 04 000000 000004 02 00000000 00000002 c2 aa*40, \
            2 0 3 0 aa*40 | 4 0 2 0 00000002 | 2 0 3 0 aa*40
            id of three bytes,               01 0001 000005 000081 09 01000000 aa*128 02 000000 000004 02 00000000 00000140 \
                                             01 0001 000007 000001 09 01000000 bb,      2 0 2 0 00000140 | 320 7 9 1 bb
            unknown id,                      02 000000 000004 02 00000000 00000006,     2 0 2 0 00000006
            id past 2^31,                    02 000000 000004 02 00000000 ffffffff,     2 0 2 0 ffffffff
            no message under way,            06 000005 000001 09 01000000 aa 02 000000 000004 02 00000000 00000006 c6 bb, \
            6 5 9 1 aa | 2 0 2 0 00000006 | 6 10 9 1 bb
            body of three bytes,             06 000005 000081 09 01000000 aa*128 02 000000 000003 02 00000000 000006 c6 aa, \
            2 0 2 0 000006 | 6 5 9 1 aa*129
            no body,                         06 000005 000081 09 01000000 aa*128 02 000000 000000 02 00000000 c6 aa, \
            2 0 2 0 | 6 5 9 1 aa*129
            """)
    void obeysAbort(String name, String wire, String messages) throws Exception {
        assertReads(wire, messages);
    }

    @Test
    void obeysAbortOfItsOwnChunkStreamInPieces() throws Exception {
        assertReads(
                """
                02 000000 000004 01 00000000 00000003
                02 000000 000005 03 00000000 aaaaaa
                04 000000 000004 02 00000000 000000 c4 02
                02 000000 000001 03 00000000 bb
                """,
                "2 0 1 0 00000003 | 4 0 2 0 00000002 | 2 0 3 0 bb");
    }

    @Test
    void givesBackWhatAnAbortedMessageHeld() throws Exception {
        assertEquals(0, readHex("06 000000 002000 09 01000000 aa*128"));
        assertEquals(4096, reader.partialBytes());
        assertEquals(4096, budget.usedBytes());
        assertEquals(1, readHex("02 000000 000004 02 00000000 00000006"));
        assertEquals(0, reader.partialBytes());
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void takesAnyNumberOfAborts() throws Exception {
        String begun = "06 000000 000081 09 01000000 aa*128 ";
        assertEquals(1_000, readHex((begun + "02 000000 000004 02 00000000 00000006").repeat(1_000)));
        assertEquals(2_000, reader.chunksRead());
        assertEquals(0, reader.partialBytes());
    }

    private int readHex(String wire) throws Exception {
        ByteBuf in = buffers.hex(expand(wire));
        try {
            return read(reader, in).size();
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
                assertEquals(0, fresh.partialBytes());
            }
            in.setIndex(0, end);
            assertEquals(expand(messages), text(readInPieces(reader, in, 1)));
        } finally {
            in.release();
        }
    }
}
