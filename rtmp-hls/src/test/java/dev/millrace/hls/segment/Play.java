package dev.millrace.hls.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.hls.testkit.TsCheck;
import dev.millrace.hls.testkit.TsReader;
import dev.millrace.hls.ts.TsOptions;
import dev.millrace.media.Codec;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.StreamHeaders;
import dev.millrace.sample.Demuxer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A segmenter with a clock that is set by hand, what came out of it, and streams to put in. */
final class Play implements SegmentSink, InstantSource {

    static final long SECOND = 90_000;

    final List<Segment> segments = new ArrayList<>();
    final List<byte[]> bytes = new ArrayList<>();
    final List<String> refused = new ArrayList<>();
    final Segmenter segmenter;
    private final Demuxer demuxer;

    long nowMillis = 1_700_000_000_000L;
    private int number;

    Play(SegmenterOptions options) {
        this(options, TsOptions.DEFAULT, OptionalInt.empty());
    }

    Play(SegmenterOptions options, SegmentMuxer.Factory container, OptionalInt targetDurationSeconds) {
        segmenter = new Segmenter(options, container, this, targetDurationSeconds, this);
        demuxer = new Demuxer(segmenter);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(nowMillis);
    }

    @Override
    public void onSegment(Segment segment) {
        segments.add(segment);
        bytes.add(TsReader.bytes(segment.chunks()));
    }

    @Override
    public void onTrackRefused(Codec codec, String reason) {
        refused.add(codec + ": " + reason);
    }

    Play begin() {
        return begin(StreamHeaders.EMPTY);
    }

    Play begin(StreamHeaders headers) {
        segmenter.begin();
        demuxer.onStart(headers);
        return this;
    }

    Play frames(MediaFrame... frames) {
        for (MediaFrame frame : frames) {
            demuxer.onFrame(frame);
        }
        return this;
    }

    Play end() {
        segmenter.endPublication();
        return this;
    }

    /** Video of 25 frames a second, with or without audio in between, in the order of time; the clock goes along. */
    Play av(long fromMillis, long toMillis, long gopMillis, boolean withAudio) {
        long audioFrame = 0;
        for (long millis = fromMillis; millis < toMillis; millis += 40) {
            nowMillis += 40;
            boolean key = (millis - fromMillis) % gopMillis == 0;
            frames(key ? Messages.key(millis, number++) : Messages.inter(millis, number++));
            audioFrame = withAudio ? audioUpTo(fromMillis, audioFrame, Math.min(millis + 40, toMillis)) : audioFrame;
        }
        return this;
    }

    /** AAC of 44.1 kHz. */
    Play audio(long fromMillis, long toMillis) {
        for (long frame = 0; ; frame++) {
            long millis = fromMillis + Math.round(frame * 1024_000.0 / 44_100);
            if (millis >= toMillis) {
                return this;
            }
            nowMillis += 23;
            frames(Messages.aac(millis, number++));
        }
    }

    private long audioUpTo(long fromMillis, long firstFrame, long toMillis) {
        long frame = firstFrame;
        for (; fromMillis + Math.round(frame * 1024_000.0 / 44_100) < toMillis; frame++) {
            frames(Messages.aac(fromMillis + Math.round(frame * 1024_000.0 / 44_100), number++));
        }
        return frame;
    }

    List<Long> durationsMillis() {
        return segments.stream().map(segment -> Math.round(segment.durationTicks() / 90.0)).toList();
    }

    List<Boolean> discontinuities() {
        return segments.stream().map(Segment::discontinuity).toList();
    }

    long count(SegmenterEvent event) {
        return segmenter.statistics().count(event);
    }

    /** The checks of the segments themselves, and those of the list of them. */
    TsReader check() {
        return check(new TsCheck());
    }

    TsReader check(TsCheck check) {
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).discontinuity()) {
                check.discontinuityBefore(i);
            }
            if (!segments.get(i).independent()) {
                check.forcedCutBefore(i);
            }
        }
        if (count(SegmenterEvent.REANCHORED_AUDIO) > 0) {
            check.audioGaps();
        }
        SegmentListCheck.check(this);
        assertEquals(segments.size(), count(SegmenterEvent.SEGMENT));
        return check.check(bytes);
    }
}
