package dev.millrace.hls.segment;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A finished media segment (RFC 8216, 3.2): whole packets, beginning with the PAT and the PMT, with whole frames only. Immutable but for
 * the positions of its buffers, which belong to whom the segment was given to.
 *
 * @param chunks its bytes, in order; read-only, handed over for good
 * @param size bytes in all chunks, a multiple of 188
 * @param startTicks decoding time of its first frame in 90 kHz ticks, not wrapped; goes on over discontinuities
 * @param durationTicks up to the start of the next segment, or to the end of its last frame where time does not go on; 1 or more
 * @param discontinuity whether EXT-X-DISCONTINUITY belongs before it: its tracks, their configuration or its time do not continue the one
 *     before
 * @param independent whether decoding can start with it: false only where a segment had to be cut without a random access point
 * @param programDateTime when its first frame came
 * @param facts what it holds
 */
public record TsSegment(
        List<ByteBuffer> chunks,
        int size,
        long startTicks,
        long durationTicks,
        boolean discontinuity,
        boolean independent,
        Instant programDateTime,
        SegmentFacts facts) {

    /**
     * Checks the values and copies the list.
     *
     * @throws IllegalArgumentException if {@code size} is not that of the chunks, or {@code durationTicks} is less than 1
     */
    public TsSegment {
        chunks = List.copyOf(chunks);
        Objects.requireNonNull(programDateTime, "programDateTime");
        Objects.requireNonNull(facts, "facts");
        long bytes = chunks.stream().mapToLong(ByteBuffer::remaining).sum();
        if (size != bytes) {
            throw new IllegalArgumentException("size " + size + " is not that of the chunks, " + bytes);
        }
        if (durationTicks < 1) {
            throw new IllegalArgumentException("durationTicks " + durationTicks + " is not 1 or more");
        }
    }
}
