package dev.millrace.hls.ts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.testkit.TsReader;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentBufferTest {

    private final SegmentBuffer buffer = new SegmentBuffer();

    private void fill(int packets) {
        for (int i = 0; i < packets; i++) {
            byte[] chunk = buffer.nextPacket();
            int at = buffer.position() - SegmentBuffer.PACKET_BYTES;
            chunk[at] = (byte) i;
            chunk[at + 187] = (byte) (i >> 8);
        }
    }

    @Test
    void growsByChunksAndGivesAllOfThemAway() {
        fill(5000);
        assertEquals(5000 * 188, buffer.size());
        List<ByteBuffer> chunks = buffer.takeChunks();
        assertEquals(0, buffer.size());
        List<Integer> packets = chunks.stream().map(chunk -> chunk.remaining() / 188).toList();
        assertEquals(List.of(64, 128, 256), packets.subList(0, 3));
        assertTrue(packets.subList(3, 20).stream().allMatch(count -> count == 256), packets::toString);
        assertEquals(List.of(200), packets.subList(20, packets.size()));
        assertTrue(chunks.stream().allMatch(ByteBuffer::isReadOnly));
        assertTrue(chunks.stream().allMatch(chunk -> chunk.position() == 0 && chunk.limit() == chunk.capacity()));
        byte[] bytes = TsReader.bytes(chunks);
        for (int i = 0; i < 5000; i++) {
            assertEquals((byte) i, bytes[188 * i]);
            assertEquals((byte) (i >> 8), bytes[188 * i + 187]);
        }
    }

    @Test
    void isEmptyAfterwardsAndUsesOtherArrays() {
        assertEquals(List.of(), buffer.takeChunks());
        fill(64);
        byte[] first = TsReader.bytes(buffer.takeChunks());
        assertEquals(64 * 188, first.length);
        assertEquals(0, buffer.size());
        assertEquals(List.of(), buffer.takeChunks());

        byte[] chunk = buffer.nextPacket();
        assertEquals(188, buffer.position());
        buffer.takeChunks();
        assertNotSame(chunk, buffer.nextPacket());
    }

    @Test
    void saysWhenItIsFull() {
        SegmentBuffer small = new SegmentBuffer(10 * 188);
        assertTrue(small.hasRoomFor(10));
        assertFalse(small.hasRoomFor(11));
        small.nextPacket();
        assertTrue(small.hasRoomFor(9));
        assertFalse(small.hasRoomFor(10));
        assertFalse(small.hasRoomFor(Integer.MAX_VALUE));
    }
}
