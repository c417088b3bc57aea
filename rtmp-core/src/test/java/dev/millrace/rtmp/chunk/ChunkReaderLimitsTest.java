package dev.millrace.rtmp.chunk;

import static dev.millrace.rtmp.chunk.Chunks.expand;
import static dev.millrace.rtmp.chunk.Chunks.read;
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

/** What a peer can make the reader hold and do. */
class ChunkReaderLimitsTest {

    private static final String LARGE_CHUNKS = "02 000000 000004 01 00000000 00ffffff";

    private final TrackedBuffers buffers = new TrackedBuffers();
    private final ByteBudget budget = new ByteBudget(64 << 20);
    private final ChunkReader reader = new ChunkReader(ChunkLimits.DEFAULT, MessageLimits.DEFAULT, budget);

    @AfterEach
    void nothingIsHeld() {
        reader.close();
        assertEquals(0, budget.usedBytes());
        buffers.close();
    }

    // The type, the longest length that passes and the next one.
    @ParameterizedTest(name = "type {0} of {1} bytes")
    @CsvSource({
        "01, 64", "02, 64", "03, 64", "04, 64", "05, 64", "06, 64", "08, 65536", "09, 65536", "16, 65536", "11, 65536", "14, 65536",
        "12, 65536", "0f, 65536", "10, 65536", "13, 65536", "07, 65536", "00, 65536", "ff, 65536"
    })
    void checksTheLengthOfAnUnauthorisedHeader(String typeId, int mostBytes) throws Exception {
        readHex("04 000000 %06x %s 01000000".formatted(mostBytes, typeId));
        assertHolds(0);
        try (ChunkReader another = new ChunkReader(ChunkLimits.DEFAULT, MessageLimits.DEFAULT, budget)) {
            String reason = " with " + (mostBytes + 1) + " bytes exceeds " + mostBytes + " before authorisation";
            assertRefuses(another, "04 000000 %06x %s 01000000".formatted(mostBytes + 1, typeId), reason);
        }
    }

    @ParameterizedTest(name = "type {0} of {1} bytes")
    @CsvSource({
        "01, 64", "02, 64", "03, 64", "04, 64", "05, 64", "06, 64", "08, 65536", "09, 10485760", "16, 10485760", "11, 262144", "14, 262144",
        "12, 1048576", "0f, 1048576", "10, 1048576", "13, 1048576", "07, 1048576", "00, 1048576", "ff, 1048576"
    })
    void checksTheLengthOfAnAuthorisedHeader(String typeId, int mostBytes) throws Exception {
        reader.authorise();
        readHex("04 000000 %06x %s 01000000".formatted(mostBytes, typeId));
        assertHolds(0);
        try (ChunkReader another = new ChunkReader(ChunkLimits.DEFAULT, MessageLimits.DEFAULT, budget)) {
            another.authorise();
            String reason = " with " + (mostBytes + 1) + " bytes exceeds " + mostBytes;
            assertRefuses(another, "04 000000 %06x %s 01000000".formatted(mostBytes + 1, typeId), reason);
        }
    }

    @Test
    void growsWithWhatArrivesBeforeAuthorisation() throws Exception {
        readHex(LARGE_CHUNKS + "04 000000 010000 09 01000000");
        assertHolds(0);
        readHex("aa");
        assertHolds(4096);
        readHex("aa*4095");
        assertHolds(4096);
        readHex("aa");
        assertHolds(8192);
        readHex("aa*4096");
        assertHolds(16384);
        readHex("aa*40000");
        assertHolds(48193);
        readHex("aa*17342");
        assertHolds(65536);
        assertEquals(1, readHex("aa"));
        assertHolds(0);
    }

    @Test
    void holdsNoMoreThanTheMessageBeforeAuthorisation() throws Exception {
        readHex(LARGE_CHUNKS + "04 000000 000064 09 01000000 aa");
        assertHolds(100);
    }

    @Test
    void allocatesTheWholeLengthOnceItIsEarned() throws Exception {
        reader.authorise();
        readHex(LARGE_CHUNKS + "04 000000 a00000 09 01000000");
        assertHolds(0);
        readHex("aa");
        assertHolds(65536);
        readHex("aa*65535");
        assertHolds(65536);
        readHex("aa");
        assertHolds(10 << 20);
        assertEquals(1, readHex("aa*10420223"));
        assertHolds(0);
    }

    @Test
    void allocatesASmallMessageAtOnce() throws Exception {
        reader.authorise();
        readHex(LARGE_CHUNKS + "04 000000 002345 09 01000000 aa");
        assertHolds(0x2345);
    }

    @Test
    void growsWithWhatArrivesOnceMessagesAreAborted() throws Exception {
        reader.authorise();
        String begun = "04 000000 010000 09 01000000 aa*128 ";
        readHex(begun);
        assertHolds(65536);
        readHex("02 000000 000004 02 00000000 00000004");
        assertHolds(0);
        readHex(begun);
        assertHolds(4096);
        readHex("c4 aa*128 ".repeat(511) + begun);
        assertHolds(4096);
    }

    @Test
    void getsItsRoomWhenAuthorisedInBetween() throws Exception {
        readHex(LARGE_CHUNKS + "04 000000 010000 09 01000000 aabb");
        reader.authorise();
        assertHolds(4096);
        readHex("cc*4095");
        assertHolds(65536);
        ByteBuf in = buffers.hex(expand("dd*61439"));
        try {
            assertEquals(expand("4 0 9 1 aabbcc*4095dd*61439"), Chunks.text(read(reader, in)));
        } finally {
            in.release();
        }
    }

    @Test
    void boundsTheBytesOfPartialMessages() throws Exception {
        ChunkLimits limits = new ChunkLimits(64, 8, 1000, 128, 60_000);
        try (ChunkReader small = new ChunkReader(limits, MessageLimits.DEFAULT, budget)) {
            readHex(small, "04 000000 0001f4 08 01000000 aa*128 05 000000 0001f4 08 01000000 aa*128");
            assertEquals(1000, small.partialBytes());
            readHex(small, "06 000000 000001 08 01000000");
            assertRefuses(small, "aa", "partial messages of 1001 bytes exceed 1000");
        }
    }

    @Test
    void boundsThePartialMessages() throws Exception {
        for (int i = 0; i < 8; i++) {
            readHex("%02x 000000 0000c8 08 01000000 aa*128".formatted(4 + i));
        }
        assertHolds(1600);
        assertRefuses("0c 000000 0000c8 08 01000000", "message on chunk stream 12 begun while 8 are not complete");
    }

    @Test
    void completeMessagesAreNoPartialOnes() throws Exception {
        for (int i = 0; i < 7; i++) {
            readHex("%02x 000000 0000c8 08 01000000 aa*128".formatted(4 + i));
        }
        assertEquals(100, readHex("0b 000000 000001 08 01000000 aa".repeat(100)));
        assertEquals(1, readHex("02 000000 000004 02 00000000 00000004"));
        readHex("0b 000000 0000c8 08 01000000 aa*128 04 000000 000001 08 01000000");
        assertHolds(1400);
    }

    @Test
    void anAbortOfNothingMakesNoRoom() throws Exception {
        readHex("04 000000 000001 08 01000000 aa" + "02 000000 000004 02 00000000 00000004".repeat(3));
        for (int i = 0; i < 8; i++) {
            readHex("%02x 000000 0000c8 08 01000000 aa*128".formatted(4 + i));
        }
        assertRefuses("0c 000000 0000c8 08 01000000", "message on chunk stream 12 begun while 8 are not complete");
    }

    @Test
    void boundsTheChunkStreams() throws Exception {
        for (int i = 0; i < 64; i++) {
            assertEquals(1, readHex("00 %02x 000000 000001 08 01000000 aa".formatted(i)));
        }
        assertEquals(64, readHex("00 00 000000 000001 08 01000000 aa".repeat(64)));
        assertRefuses("00 40 000000 000001 08 01000000 aa", "chunk stream 128 is one more than 64");
    }

    @Test
    void refusesAllChunkStreamsWithOneByteEach() throws Exception {
        StringBuilder wire = new StringBuilder();
        for (int i = 0; i < 65_536; i++) {
            wire.append("01 %02x%02x 000000 ffffff 09 01000000 aa".formatted(i & 0xFF, i >> 8));
        }
        reader.authorise();
        assertRefuses(wire.toString(), "type 9 with 16777215 bytes exceeds 10485760");
        try (ChunkReader another = new ChunkReader(ChunkLimits.DEFAULT, MessageLimits.DEFAULT, budget)) {
            // Chunks of one byte: their messages are begun, and stay so.
            assertRefuses(another, "02 000000 000004 01 00000000 00000001" + wire.toString().replace("ffffff", "00ffff"), "while 8 are not complete");
            assertEquals(9, another.chunksRead());
        }
    }

    @Test
    void refusesALargeMessageInSmallChunks() throws Exception {
        reader.authorise();
        readHex("02 000000 000004 01 00000000 0000007f 04 000000 010000 09 01000000 aa*127");
        assertRefuses("05 000000 010001 09 01000000", "chunk size 127 is less than 128 for a message of 65537 bytes");
    }

    @Test
    void takesALargeMessageInChunksOfTheDefaultSize() throws Exception {
        reader.authorise();
        assertEquals(1, readHex("04 000000 010001 09 01000000 aa*128" + "c4 aa*128".repeat(511) + "c4 aa"));
        assertEquals(513, reader.chunksRead());
    }

    @Test
    void boundsTheWorkOfALargeMessageWhoseChunksBecomeSmall() throws Exception {
        reader.authorise();
        readHex("04 000000 a00000 09 01000000 aa*128 02 000000 000004 01 00000000 00000001");
        assertRefuses("c4 aa".repeat(1_000_000), "164865 chunks for a message of 10485760 bytes");
        assertEquals(1 + 164_865, reader.chunksRead());
    }

    @Test
    void boundsTheWorkOfASmallMessage() throws Exception {
        readHex("02 000000 000004 01 00000000 00000001");
        assertEquals(1, readHex("04 000000 000400 09 01000000 aa" + "c4 aa".repeat(1023)));
        assertRefuses("04 000000 010000 09 01000000 aa" + "c4 aa".repeat(65_535), "2049 chunks for a message of 65536 bytes");
        assertEquals(1 + 1024 + 2049, reader.chunksRead());
    }

    @Test
    void countsTheChunksOfEachMessageAnew() throws Exception {
        readHex("02 000000 000004 01 00000000 00000001");
        assertEquals(4, readHex(("04 000000 000300 09 01000000 aa" + "c4 aa".repeat(767)).repeat(4)));
        assertEquals(1 + 4 * 768, reader.chunksRead());
    }

    @Test
    void twoReadersShareABudget() throws Exception {
        ByteBudget shared = new ByteBudget(1000);
        try (ChunkReader one = new ChunkReader(ChunkLimits.DEFAULT, MessageLimits.DEFAULT, shared);
                ChunkReader other = new ChunkReader(ChunkLimits.DEFAULT, MessageLimits.DEFAULT, shared)) {
            readHex(one, "04 000000 000258 08 01000000 aa*128"); // 600
            readHex(other, "04 000000 000190 08 01000000 aa*128"); // 400
            assertEquals(1000, shared.usedBytes());
            assertRefuses(other, "05 000000 000001 08 01000000 aa", "partial messages of all connections exceed 1000 bytes");
            assertEquals(600, shared.usedBytes());
            assertEquals(1, readHex(one, "c4 aa*128 c4 aa*128 c4 aa*128 c4 aa*88"));
            assertEquals(0, shared.usedBytes());
        }
    }

    @Test
    void givesBackOnceWhenClosedTwice() throws Exception {
        readHex("04 000000 0000c8 08 01000000 aa*128 05 000000 0000c8 08 01000000 aa*128");
        assertHolds(400);
        reader.close();
        assertHolds(0);
        reader.close();
        assertHolds(0);
        assertThrows(IllegalStateException.class, () -> readHex("00"));
    }

    private void assertHolds(int bytes) {
        assertEquals(bytes, reader.partialBytes());
        assertEquals(bytes, budget.usedBytes());
    }

    private void assertRefuses(String wire, String reason) {
        assertRefuses(reader, wire, reason);
    }

    private void assertRefuses(ChunkReader by, String wire, String reason) {
        RtmpProtocolException e = assertThrows(RtmpProtocolException.class, () -> readHex(by, wire));
        assertTrue(e.getMessage().endsWith(reason), e.getMessage());
        assertEquals(0, by.partialBytes());
        assertThrows(IllegalStateException.class, () -> readHex(by, ""));
    }

    private int readHex(String wire) throws Exception {
        return readHex(reader, wire);
    }

    private int readHex(ChunkReader by, String wire) throws Exception {
        ByteBuf in = buffers.hex(expand(wire));
        try {
            return read(by, in).size();
        } finally {
            in.release();
        }
    }
}
