package dev.millrace.hls.ts;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A segment under construction. Confined to the thread of the muxer that fills it.
 *
 * <p>It grows by whole chunks and never moves what it holds: what was written once can be read from the same place
 * later. The first chunks are small, so that a segment with sound only costs little; all others have
 * {@value #CHUNK_BYTES} bytes.
 */
final class SegmentBuffer {

    /** Length of a packet of the transport stream. */
    static final int PACKET_BYTES = 188;

    /**
     * Length of a chunk, except for the first few. Larger ones are no faster, and leave more unused at the end of
     * each segment.
     */
    static final int CHUNK_BYTES = 256 * PACKET_BYTES;

    /** A segment is never longer than this; frames that would make it longer are dropped. */
    static final int MAX_BYTES = 1 << 30;

    private static final int FIRST_CHUNK_BYTES = 64 * PACKET_BYTES;

    private final int maxBytes;
    private final List<byte[]> full = new ArrayList<>();
    private int fullBytes;
    private byte[] chunk = new byte[0];
    private int position;

    /** Makes an empty buffer; it takes its first chunk with the first packet. */
    SegmentBuffer() {
        this(MAX_BYTES);
    }

    SegmentBuffer(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * How much it holds.
     *
     * @return bytes, a multiple of 188
     */
    int size() {
        return fullBytes + position;
    }

    /**
     * Gives away all that it holds, and is empty afterwards.
     *
     * @return the content from the first byte to the last, read-only, each from its position to its limit; none is
     *     empty. They are the caller's for good, and any thread may read duplicates of them
     */
    List<ByteBuffer> takeChunks() {
        List<ByteBuffer> chunks = new ArrayList<>(full.size() + 1);
        full.forEach(bytes -> chunks.add(ByteBuffer.wrap(bytes).asReadOnlyBuffer()));
        if (position > 0) {
            chunks.add(ByteBuffer.wrap(chunk, 0, position).slice().asReadOnlyBuffer());
        }
        full.clear();
        fullBytes = 0;
        chunk = new byte[0];
        position = 0;
        return List.copyOf(chunks);
    }

    /** Whether that many packets more are allowed. */
    boolean hasRoomFor(long packets) {
        return size() + packets * PACKET_BYTES <= maxBytes;
    }

    /** Makes room for one packet more, which ends at {@link #position()} of the chunk returned. */
    byte[] nextPacket() {
        nextPackets(1);
        return chunk;
    }

    /**
     * Makes room for packets in one chunk, which end at {@link #position()} of {@link #chunk()}.
     *
     * @return how many: 1 or more, fewer than wanted where the chunk ends
     */
    int nextPackets(int wanted) {
        if (position == chunk.length) {
            nextChunk();
        }
        int packets = Math.min(wanted, (chunk.length - position) / PACKET_BYTES);
        position += packets * PACKET_BYTES;
        return packets;
    }

    /** Where the last packet is. */
    byte[] chunk() {
        return chunk;
    }

    /** Where the last packet ends in its chunk. */
    int position() {
        return position;
    }

    private void nextChunk() {
        if (position > 0) {
            full.add(chunk);
            fullBytes += position;
        }
        chunk = new byte[Math.min(CHUNK_BYTES, Math.max(FIRST_CHUNK_BYTES, 2 * chunk.length))];
        position = 0;
    }
}
