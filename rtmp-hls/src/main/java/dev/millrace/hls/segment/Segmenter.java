package dev.millrace.hls.segment;

import dev.millrace.amf.AmfValue;
import dev.millrace.media.EndReason;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaKind;
import dev.millrace.sample.AudioFormat;
import dev.millrace.sample.DataMessage;
import dev.millrace.sample.Sample;
import dev.millrace.sample.SampleSubscriber;
import dev.millrace.sample.SkipReason;
import dev.millrace.sample.TrackFormat;
import dev.millrace.sample.VideoFormat;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes media segments of the samples of one stream, over any number of publications of it (RFC 8216, section 3).
 *
 * <p>Takes track 0 of video and audio, if the container can hold it; other tracks are refused with a reason. It waits
 * a moment for the second of two tracks, and begins with a random access point. A segment then ends before the first
 * random access point that is one target duration from its start, or without one when it would be too long or too
 * large.
 *
 * <p>Where tracks, formats or the times of the sender do not go on, and with each new publication, the segment ends
 * and the next one is marked as a discontinuity; output times go on in any case. Audio has the times of its samples.
 * Samples that make no sense are skipped and counted, and nothing is thrown. Memory is bounded by
 * {@link SegmenterOptions#maxSegmentBytes()}, once for the open segment and once for samples that wait for the start
 * of a timeline.
 *
 * <p>Fed by a {@link dev.millrace.sample.Demuxer}: {@link #begin()} before its {@code onStart}. Confined to one
 * thread at a time.
 */
public final class Segmenter implements SampleSubscriber {

    private final SegmenterOptions options;
    private final SegmentMuxer.Factory container;
    private final TargetDuration target;
    private final Counters counters = new Counters();
    private final ProgramDates dates;
    private final SegmentSink sink;
    private final SegmentOutput output;

    private long nextTicks;

    // Of one publication.
    private boolean publishing;
    private TrackSet tracks;
    private StartBuffer start;
    private Optional<Timeline> timeline = Optional.empty();
    private final Deque<Sample> work = new ArrayDeque<>();

    /**
     * Creates a segmenter for one stream.
     *
     * @param options how segments are made
     * @param container the container format, and with it which codecs are taken
     * @param clock tells when samples come, for the program date-time
     * @param targetDurationSeconds of the playlist that these segments continue, if there is one: the first segment
     *     is then a discontinuity
     * @param sink receives the segments, on the thread that calls this object
     * @throws IllegalArgumentException if {@code targetDurationSeconds} is less than 1
     */
    public Segmenter(
            SegmenterOptions options,
            SegmentMuxer.Factory container,
            InstantSource clock,
            OptionalInt targetDurationSeconds,
            SegmentSink sink) {
        this.options = Objects.requireNonNull(options, "options");
        this.container = Objects.requireNonNull(container, "container");
        this.sink = Objects.requireNonNull(sink, "sink");
        if (targetDurationSeconds.orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "targetDurationSeconds " + targetDurationSeconds.getAsInt() + " is not 1 or more");
        }
        target = new TargetDuration(options, targetDurationSeconds);
        dates = new ProgramDates(Objects.requireNonNull(clock, "clock"), counters);
        output = new SegmentOutput(options, container, target, dates, counters, sink);
        nextTicks = options.firstTicks();
        forget();
    }

    private void forget() {
        tracks = new TrackSet(container, sink);
        start = new StartBuffer(options, target, tracks, counters);
    }

    /** Begins a publication. If one is running, it ends first. */
    public void begin() {
        endPublication();
        forget();
        publishing = true;
    }

    private void requirePublication() {
        if (!publishing) {
            throw new IllegalStateException("no publication is running: begin() comes first");
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if no publication is running
     */
    @Override
    public void onFormat(TrackFormat format) {
        requirePublication();
        if (format.trackId() == 0 && tracks.change(format)) {
            start.clear(); // samples that wait for a start belong to the format that they came with
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if no publication is running
     */
    @Override
    public void onSample(Sample sample) {
        requirePublication();
        if (sample.trackId() != 0) {
            counters.add(SegmenterEvent.SKIPPED_OTHER_TRACK);
        } else if (tracks.leavesOut(sample.kind())) {
            counters.add(SegmenterEvent.SKIPPED_REFUSED_TRACK);
        } else if (sample.kind() == MediaKind.VIDEO ? isUsableVideo(sample) : isUsableAudio(sample)) {
            work.add(sample);
            drain();
        }
    }

    private boolean isUsableVideo(Sample sample) {
        tracks.videoGoesOn();
        if (!sample.isDecodable()) {
            counters.add(SegmenterEvent.SKIPPED_BROKEN_VIDEO);
            return false;
        }
        VideoFormat format = (VideoFormat) sample.format();
        boolean configured = !format.parameterSets().isEmpty()
                || sample.nalUnitCount() == 0 && format.configuration().size() > 0;
        if (!configured) {
            counters.add(SegmenterEvent.SKIPPED_UNCONFIGURED);
        }
        return configured;
    }

    private boolean isUsableAudio(Sample sample) {
        boolean configured = ((AudioFormat) sample.format()).codedSampleRateHz() > 0;
        boolean usable = configured && sample.isDecodable() && sample.samples() > 0;
        if (!usable) {
            boolean waits = sample.isDecodable() && !configured;
            counters.add(waits ? SegmenterEvent.SKIPPED_UNCONFIGURED : SegmenterEvent.SKIPPED_BROKEN_AUDIO);
        }
        return usable;
    }

    private void drain() {
        for (Sample next = work.pollFirst(); next != null; next = work.pollFirst()) {
            if (timeline.isEmpty() || !timeline.get().take(next)) {
                offer(next);
            }
        }
    }

    /** Takes a sample that belongs to no timeline, or not to the one that runs and thereby ends. */
    private void offer(Sample sample) {
        endTimeline();
        start.add(sample);
        start(/* ending= */ false);
    }

    private void start(boolean ending) {
        Optional<StartBuffer.Start> found = start.start(ending);
        if (found.isEmpty()) {
            return;
        }
        Timeline.Context context = new Timeline.Context(options, target, tracks, dates, counters, output);
        timeline = Optional.of(new Timeline(context, found.get(), nextTicks));
        List<Sample> samples = found.get().samples();
        for (int i = samples.size() - 1; i >= 0; i--) {
            work.addFirst(samples.get(i));
        }
    }

    private void endTimeline() {
        timeline.ifPresent(ended -> nextTicks = ended.end());
        timeline = Optional.empty();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if no publication is running
     */
    @Override
    public void onData(DataMessage message) {
        requirePublication();
        boolean timed = options.timedMetadata() && timeline.isPresent();
        if (!message.metadata() && !timed) {
            return;
        }
        try {
            List<AmfValue> values = message.values();
            if (message.metadata()) {
                tracks.metadata(values);
            }
            if (timed) {
                timeline.get().timedMetadata(DataTags.of(values));
            }
        } catch (MalformedException e) {
            counters.add(SegmenterEvent.SKIPPED_BROKEN_MESSAGE);
        }
    }

    @Override
    public void onSkipped(MediaKind kind, SkipReason reason) {
        counters.add(switch (reason) {
            case BROKEN_MESSAGE -> SegmenterEvent.SKIPPED_BROKEN_MESSAGE;
            case BROKEN_CONFIGURATION -> SegmenterEvent.SKIPPED_BROKEN_HEADER;
            case TOO_MANY_TRACKS -> SegmenterEvent.SKIPPED_OTHER_TRACK;
        });
    }

    /**
     * Skips video up to the next random access point; time goes on.
     *
     * @throws IllegalStateException if no publication is running
     */
    @Override
    public void onGap(long lostFrames) {
        requirePublication();
        timeline.ifPresent(Timeline::gap);
        start.clear();
    }

    @Override
    public void onEnd(EndReason reason) {
        endPublication();
    }

    /** Ends the publication, if one is running. The segment under construction is closed and delivered. */
    public void endPublication() {
        if (!publishing) {
            return;
        }
        start(/* ending= */ true);
        drain();
        endTimeline();
        start.clear();
        publishing = false;
    }

    /**
     * Returns the target duration of the playlist.
     *
     * @return whole seconds, from the first segment on; never changes again
     */
    public OptionalInt targetDurationSeconds() {
        return target.seconds();
    }

    /** Bytes in the open segment, and in samples that wait for a start. */
    long heldBytes() {
        return output.size() + start.bytes();
    }

    /**
     * Returns what was counted since this object was made.
     *
     * @return a snapshot
     */
    public SegmenterStatistics statistics() {
        return counters.snapshot();
    }
}
