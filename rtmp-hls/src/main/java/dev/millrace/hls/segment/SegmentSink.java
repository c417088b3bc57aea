package dev.millrace.hls.segment;

import dev.millrace.media.Codec;

/**
 * Receives the segments of a {@link Segmenter}, on the thread that calls the segmenter. Exceptions are thrown through
 * to that caller.
 */
@FunctionalInterface
public interface SegmentSink {

    /**
     * Receives the next segment.
     *
     * @param segment the segment; its chunks belong to the sink
     */
    void onSegment(Segment segment);

    /**
     * Called when a track stays out of the segments, once for each codec and reason in a publication.
     *
     * @param codec the codec of the track
     * @param reason the reason, for a person
     */
    default void onTrackRefused(Codec codec, String reason) {}
}
