package dev.millrace.hls.segment;

import dev.millrace.media.Bytes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A finished media segment (RFC 8216, section 3) with whole samples only. Immutable but for the positions of its
 * buffers, which belong to the receiver.
 *
 * @param format the container format
 * @param initialization the initialization segment that it can only be decoded behind, the same object as long as its
 *     bytes are the same; empty if the format has none
 * @param chunks its bytes, in order; read-only, handed over for good
 * @param size bytes in all chunks
 * @param startTicks decoding time of its first sample in 90 kHz ticks, not wrapped; goes on over discontinuities
 * @param durationTicks up to the start of the next segment, or to the end of its last sample where time does not go
 *     on; 1 or more
 * @param discontinuity whether EXT-X-DISCONTINUITY belongs before it: its tracks, their configuration or its time do
 *     not continue the one before
 * @param independent whether decoding can start with it: false only where a segment had to be cut without a random
 *     access point
 * @param programDateTime when its first sample came
 * @param facts what it holds
 */
public record Segment(
        SegmentFormat format,
        Optional<Bytes> initialization,
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
     * @throws IllegalArgumentException if {@code size} is not that of the chunks, {@code durationTicks} is less than
     *     1, or there is an initialization segment and the format has none, or the other way round
     */
    public Segment {
        chunks = List.copyOf(chunks);
        Objects.requireNonNull(programDateTime, "programDateTime");
        Objects.requireNonNull(facts, "facts");
        if (initialization.isPresent() != format.hasInitializationSegment()) {
            throw new IllegalArgumentException("initialization " + initialization + " does not fit " + format);
        }
        long bytes = chunks.stream().mapToLong(ByteBuffer::remaining).sum();
        if (size != bytes) {
            throw new IllegalArgumentException("size " + size + " is not that of the chunks, " + bytes);
        }
        if (durationTicks < 1) {
            throw new IllegalArgumentException("durationTicks " + durationTicks + " is not 1 or more");
        }
    }
}
