package dev.millrace.rtmp.chunk;

import static dev.millrace.rtmp.chunk.Chunks.expand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.MediaFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkWriterTest {

    private final TrackedBuffers buffers = new TrackedBuffers();

    @AfterEach
    void nothingIsHeld() {
        buffers.close();
    }

    // Chunk size, then chunk stream id, time, type, message stream id and payload, then the bytes by hand.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            textBlock =
                    """
            window size,                128,   2, 0, 5, 0, 002625a0,          02 000000 000004 05 00000000 002625a0
            bandwidth,                  128,   2, 0, 6, 0, 002625a002,        02 000000 000005 06 00000000 002625a002
            chunk size,                 128,   2, 0, 1, 0, 0000ea60,          02 000000 000004 01 00000000 0000ea60
            id 2,                       2,     2, 10, 8, 1, cafeba,           02 00000a 000003 08 01000000 cafe c2 ba
            id 63,                      2,    63, 10, 8, 1, cafeba,           3f 00000a 000003 08 01000000 cafe ff ba
            id 64,                      2,    64, 10, 8, 1, cafeba,           0000 00000a 000003 08 01000000 cafe c000 ba
            id 319,                     2,   319, 10, 8, 1, cafeba,           00ff 00000a 000003 08 01000000 cafe c0ff ba
            id 320,                     2,   320, 10, 8, 1, cafeba,           010001 00000a 000003 08 01000000 cafe c10001 ba
            id 65599,                   2, 65599, 10, 8, 1, cafeba,           01ffff 00000a 000003 08 01000000 cafe c1ffff ba
            last short time,            2,     3, 16777214, 8, 1, cafeba,     03 fffffe 000003 08 01000000 cafe c3 ba
            first extended time,        2,     3, 16777215, 8, 1, cafeba,     03 ffffff 000003 08 01000000 00ffffff cafe c3 00ffffff ba
            extended on each chunk,     1,     3, 16777216, 8, 1, cafeba,     03 ffffff 000003 08 01000000 01000000 ca c3 01000000 fe c3 01000000 ba
            time past 2^31,             2,     3, -2147483648, 8, 1, cafeba,  03 ffffff 000003 08 01000000 80000000 cafe c3 80000000 ba
            last time,                  2,   320, -1, 8, 1, cafeba,           010001 ffffff 000003 08 01000000 ffffffff cafe c10001 ffffffff ba
            no body,                    128,   4, 10, 8, 1, '',               04 00000a 000000 08 01000000
            no body and extended,       128,   4, -1, 8, 1, '',               04 ffffff 000000 08 01000000 ffffffff
            exactly one chunk,          3,     4, 10, 8, 1, cafeba,           04 00000a 000003 08 01000000 cafeba
            exactly two chunks,         3,     4, 10, 8, 1, cafebacafeba,     04 00000a 000006 08 01000000 cafeba c4 cafeba
            stream id little-endian,    128,   4, 10, 8, 16909060, ca,        04 00000a 000001 08 04030201 ca
            stream id past 2^31,        128,   4, 10, 8, -2, ca,              04 00000a 000001 08 feffffff ca
            type 255,                   128,   4, 10, 255, 1, ca,             04 00000a 000001 ff 01000000 ca
            video of two chunks,        128,   6, 16777216, 9, 1, aa*128bb*72, 06 ffffff 0000c8 09 01000000 01000000 aa*128 c6 01000000 bb*72
            largest chunk size,         16777215, 6, 0, 9, 1, aa*70000,       06 000000 011170 09 01000000 aa*70000
            """)
    void writesAsTheSpecificationSays(
            String name, int chunkBytes, int chunkStreamId, int timestampMillis, int typeId, int messageStreamId, String payload, String wire) {
        ChunkWriter writer = new ChunkWriter(chunkBytes);
        byte[] body = TrackedBuffers.bytes(expand(payload));
        String expected = HexFormat.of().formatHex(TrackedBuffers.bytes(expand(wire)));
        ByteBuf out = buffers.allocator().heapBuffer();
        try {
            writer.write(new ChunkMessage(chunkStreamId, timestampMillis, typeId, messageStreamId, body), out);
            assertEquals(expected, ByteBufUtil.hexDump(out));
            assertEquals(out.readableBytes(), writer.wireBytes(chunkStreamId, timestampMillis, body.length));
            out.clear();
            MediaFrame frame = MediaFrame.copyOf(FrameInfo.DATA, 77, body);
            writer.write(chunkStreamId, timestampMillis, typeId, messageStreamId, frame, out);
            assertEquals(expected, ByteBufUtil.hexDump(out));
        } finally {
            out.release();
        }
    }

    @Test
    void writesEachMessageAsIfItWereTheFirst() {
        ChunkWriter writer = new ChunkWriter(128);
        ChunkMessage message = new ChunkMessage(4, 10, 8, 1, new byte[] {(byte) 0xca});
        ByteBuf out = buffers.hex("ff");
        try {
            writer.write(message, out);
            writer.write(message, out);
            assertEquals("ff" + "0400000a0000010801000000ca".repeat(2), ByteBufUtil.hexDump(out));
        } finally {
            out.release();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1, 65_600, Integer.MAX_VALUE})
    void refusesAChunkStreamId(int chunkStreamId) {
        assertRefuses(new ChunkMessage(chunkStreamId, 0, 8, 1, new byte[1]), "chunkStreamId " + chunkStreamId + " is not 2 to 65599");
    }

    @Test
    void refusesABodyThatNoLengthFieldHolds() {
        assertRefuses(new ChunkMessage(4, 0, 9, 1, new byte[0x1000000]), "body of 16777216 bytes is longer than 16777215");
    }

    private void assertRefuses(ChunkMessage message, String reason) {
        ByteBuf out = buffers.hex("ff");
        try {
            ChunkWriter writer = new ChunkWriter(128);
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> writer.write(message, out));
            assertEquals(reason, e.getMessage());
            assertEquals(1, out.readableBytes());
        } finally {
            out.release();
        }
    }

    @Test
    void countsTheBytesOfTheLongestBody() {
        assertEquals(12 + 0xFFFFFF + 131_071, new ChunkWriter(128).wireBytes(4, 0, 0xFFFFFF));
        assertEquals(18 + 0xFFFFFF + 7 * 0xFFFFFE, new ChunkWriter(1).wireBytes(65_599, -1, 0xFFFFFF));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 0x1000000, Integer.MAX_VALUE})
    void refusesAChunkSize(int chunkBytes) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new ChunkWriter(chunkBytes));
        assertEquals("chunk size " + chunkBytes + " is not 1 to 16777215", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 128, 0xFFFFFF})
    void knowsItsChunkSize(int chunkBytes) {
        assertEquals(chunkBytes, new ChunkWriter(chunkBytes).chunkBytes());
    }

    @Test
    void aMessageHasAPayload() {
        NullPointerException e = assertThrows(NullPointerException.class, () -> new ChunkMessage(4, 0, 8, 1, null));
        assertTrue(e.getMessage().contains("payload"), e.getMessage());
    }
}
