package dev.millrace.hls.segment;

import dev.millrace.media.Codec;

/** Takes what a {@link Segmenter} makes, on the thread that calls the segmenter. What it throws comes out of the segmenter. */
@FunctionalInterface
public interface SegmentSink {

    /**
     * Takes the next segment.
     *
     * @param segment belongs to the sink
     */
    void onSegment(Segment segment);

    /**
     * Hears that a track stays out of the segments. Said once for each reason and publication.
     *
     * @param codec how the track is coded
     * @param reason for a person
     */
    default void onTrackRefused(Codec codec, String reason) {}
}
