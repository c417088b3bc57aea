package dev.millrace.hls.segment;

import dev.millrace.hls.ts.SegmentBuffer;
import dev.millrace.hls.ts.TsMuxer;
import dev.millrace.hls.ts.TsProgram;
import dev.millrace.hls.ts.VideoUnit;
import dev.millrace.media.Bytes;
import dev.millrace.media.MediaFrame;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** Writes one segment after the other, and hands them over. Outlives timelines, as continuity counters do. Confined to one thread. */
final class SegmentWriter {

    /** Left free below the limit for audio that waits in the muxer (one PES packet), and for the tables. */
    private static final int RESERVE_BYTES = 128 << 10;

    /** A NAL unit gets a start code in place of its length, three bytes more at most, and an access unit has 4,096 of them at most. */
    private static final int UNIT_OVERHEAD_BYTES = 16 << 10;

    private static final int PACKET_BYTES = 188;
    private static final int PACKET_PAYLOAD_BYTES = 184;

    private final TsMuxer muxer;
    private final SegmentBuffer buffer = new SegmentBuffer();
    private final int maxBytes;
    private final TargetDuration target;
    private final ProgramDateTime dates;
    private final Counters counters;
    private final SegmentSink sink;

    private boolean delivered;
    private long muxerDropped;

    // Of the open segment.
    private boolean open;
    private long startTicks;
    private boolean discontinuity;
    private boolean independent;
    private int videoFrames;

    SegmentWriter(SegmenterOptions options, TargetDuration target, ProgramDateTime dates, Counters counters, SegmentSink sink) {
        this.muxer = new TsMuxer(options.ts());
        this.maxBytes = options.maxSegmentBytes() - RESERVE_BYTES;
        this.target = target;
        this.dates = dates;
        this.counters = counters;
        this.sink = sink;
        this.delivered = target.seconds().isPresent(); // by an earlier life
    }

    /** Tells the tracks of all segments that are opened from now on. */
    void program(TsProgram program) {
        muxer.program(program);
    }

    boolean isOpen() {
        return open;
    }

    /** What is in the open segment. */
    int bytes() {
        return buffer.size();
    }

    /** Where the open segment starts. */
    long startTicks() {
        return startTicks;
    }

    /** Whether anything came before, so that another timeline is a discontinuity. */
    boolean hasDelivered() {
        return delivered;
    }

    void open(long ticks, boolean isDiscontinuity, boolean isIndependent) {
        open = true;
        startTicks = ticks;
        discontinuity = isDiscontinuity;
        independent = isIndependent;
        videoFrames = 0;
        muxer.beginSegment(buffer);
    }

    /** Whether a frame of that length may be in a segment at all. */
    boolean hasRoomForAlone(int bytes, List<Bytes> parameterSets) {
        return fits(0, bytes, parameterSets);
    }

    /** Whether a frame of that length may join what is in the open segment. */
    boolean hasRoomFor(int bytes, List<Bytes> parameterSets) {
        return fits(buffer.size(), bytes, parameterSets);
    }

    private boolean fits(int held, int bytes, List<Bytes> parameterSets) {
        long whole = UNIT_OVERHEAD_BYTES + (long) bytes;
        for (Bytes nalUnit : parameterSets) {
            whole += nalUnit.size();
        }
        return held + (whole / PACKET_PAYLOAD_BYTES + 2) * PACKET_BYTES <= maxBytes;
    }

    void video(VideoUnit unit, List<Bytes> parameterSets, long dts, long pts) {
        muxer.video(unit, parameterSets, dts, pts);
        counters.add(SegmenterEvent.BROKEN_NAL_UNIT, unit.brokenNalUnits());
        videoFrames++;
    }

    void audio(AudioConfig config, MediaFrame frame, TagBody body, long pts) {
        if (config.adts().isPresent()) {
            muxer.aac(frame, body.from(), body.length(), config.adts().get(), pts);
            return;
        }
        muxer.audio(frame, body.from(), body.length(), pts);
    }

    void id3(Bytes tag, long pts) {
        muxer.id3(tag, pts);
    }

    /** Pictures a second of the open segment, if it ended there. */
    OptionalDouble framesPerSecond(long endTicks) {
        return videoFrames < 2 || endTicks <= startTicks
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) videoFrames * TargetDuration.TICKS_A_SECOND / (endTicks - startTicks));
    }

    /** Ends the open segment and hands it over. */
    void close(long endTicks, SegmentFacts facts) {
        open = false;
        delivered = true;
        muxer.endSegment();
        countDropped();
        long durationTicks = Math.max(1, endTicks - startTicks);
        target.fix(durationTicks);
        int size = buffer.size();
        counters.add(SegmenterEvent.SEGMENT);
        if (discontinuity) {
            counters.add(SegmenterEvent.DISCONTINUITY);
        }
        Instant date = dates.ofSegment(startTicks, durationTicks);
        sink.onSegment(new TsSegment(buffer.takeChunks(), size, startTicks, durationTicks, discontinuity, independent, date, facts));
    }

    private void countDropped() {
        counters.add(SegmenterEvent.SKIPPED_BY_MUXER, muxer.droppedFrames() - muxerDropped);
        muxerDropped = muxer.droppedFrames();
    }
}
