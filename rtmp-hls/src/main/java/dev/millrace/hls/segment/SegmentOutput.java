package dev.millrace.hls.segment;

import dev.millrace.media.Bytes;
import dev.millrace.media.MediaKind;
import dev.millrace.sample.AudioFormat;
import dev.millrace.sample.Sample;
import dev.millrace.sample.TrackFormat;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Writes one segment after the other, and hands them over. Outlives timelines, as its muxer does. Confined to one
 * thread.
 */
final class SegmentOutput {

    private final SegmentFormat format;
    private final SegmentMuxer muxer;
    private final int maxBytes;
    private final TargetDuration target;
    private final ProgramDates dates;
    private final Counters counters;
    private final SegmentSink sink;

    private boolean delivered;
    private long droppedSamples;
    private long droppedNalUnits;

    // Of the open segment.
    private boolean open;
    private Optional<Bytes> initialization = Optional.empty();
    private long startTicks;
    private boolean discontinuity;
    private boolean independent;
    private int pictures;

    SegmentOutput(
            SegmenterOptions options,
            SegmentMuxer.Factory container,
            TargetDuration target,
            ProgramDates dates,
            Counters counters,
            SegmentSink sink) {
        this.format = container.format();
        this.muxer = container.create(options.timedMetadata());
        this.maxBytes = options.maxSegmentBytes() - muxer.reservedBytes();
        this.target = target;
        this.dates = dates;
        this.counters = counters;
        this.sink = sink;
        this.delivered = target.seconds().isPresent(); // by an earlier life
    }

    int timescale(AudioFormat audio) {
        return muxer.timescale(audio);
    }

    boolean isOpen() {
        return open;
    }

    /** Bytes in the open segment. */
    int size() {
        return muxer.size();
    }

    /** Where the open segment starts. */
    long startTicks() {
        return startTicks;
    }

    /** Whether anything came before, so that another timeline is a discontinuity. */
    boolean hasDelivered() {
        return delivered;
    }

    void open(List<TrackFormat> formats, long ticks, boolean isDiscontinuity, boolean isIndependent) {
        open = true;
        startTicks = ticks;
        discontinuity = isDiscontinuity;
        independent = isIndependent;
        pictures = 0;
        initialization = muxer.begin(formats);
    }

    /** Whether a sample may be in a segment at all. */
    boolean hasRoomForAlone(Sample sample) {
        return muxer.maxBytes(sample) <= maxBytes;
    }

    /** Whether a sample may join what is in the open segment. */
    boolean hasRoomFor(Sample sample) {
        return muxer.size() + muxer.maxBytes(sample) <= maxBytes;
    }

    void write(Sample sample, long decodeTime, long presentationTime, int timescale) {
        muxer.sample(sample, decodeTime, presentationTime, timescale);
        pictures += sample.kind() == MediaKind.VIDEO ? 1 : 0;
    }

    void timedMetadata(Bytes id3Tag, long ticks) {
        muxer.timedMetadata(id3Tag, ticks);
    }

    /** Pictures a second of the open segment, if it ended there. */
    OptionalDouble framesPerSecond(long endTicks) {
        return pictures < 2 || endTicks <= startTicks
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) pictures * Ticks.PER_SECOND / (endTicks - startTicks));
    }

    /** Ends the open segment and hands it over. */
    void close(long endTicks, SegmentFacts facts) {
        open = false;
        delivered = true;
        List<ByteBuffer> chunks = muxer.end();
        countDropped();
        long durationTicks = Math.max(1, endTicks - startTicks);
        target.fix(durationTicks);
        int size = chunks.stream().mapToInt(ByteBuffer::remaining).sum();
        counters.add(SegmenterEvent.SEGMENT);
        if (discontinuity) {
            counters.add(SegmenterEvent.DISCONTINUITY);
        }
        Instant date = dates.ofSegment(startTicks, durationTicks);
        sink.onSegment(new Segment(
                format,
                initialization,
                chunks,
                size,
                startTicks,
                durationTicks,
                discontinuity,
                independent,
                date,
                facts));
    }

    private void countDropped() {
        counters.add(SegmenterEvent.SKIPPED_BY_MUXER, muxer.droppedSamples() - droppedSamples);
        droppedSamples = muxer.droppedSamples();
        counters.add(SegmenterEvent.BROKEN_NAL_UNIT, muxer.droppedNalUnits() - droppedNalUnits);
        droppedNalUnits = muxer.droppedNalUnits();
    }
}
