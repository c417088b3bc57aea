package dev.millrace.hls.segment;

import dev.millrace.hls.ts.TsCodec;
import dev.millrace.hls.ts.VideoUnit;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.StreamHeaders;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes MPEG-TS segments of the frames of one stream, over any number of publications of it (RFC 8216, 3).
 *
 * <p>Takes track 0 of video and audio: H.264, AAC and MP3, and H.265 and AC-3 if the options say so. Other tracks are refused with a
 * reason. It waits a moment for the second of two tracks, and begins with a random access point. A segment then ends before the first
 * random access point that is one target duration from its start, or without one when it would be too long or too large.
 *
 * <p>Where tracks, configurations or the times of the sender do not go on, and with each new publication, the segment ends and the next one
 * says that it is a discontinuity; output times go on in any case. Audio has the times of its samples. Whatever a sender sends, it is
 * skipped and counted if it makes no sense, and nothing is thrown. What is held is bounded by {@link SegmenterOptions#maxSegmentBytes()},
 * once for the open segment and once for frames that wait for the start of a timeline.
 *
 * <p>Confined to one thread at a time.
 */
public final class Segmenter {

    private final SegmenterOptions options;
    private final TargetDuration target;
    private final Counters counters = new Counters();
    private final ProgramDateTime dates;
    private final SegmentSink sink;
    private final SegmentWriter writer;
    private final TagBody body = new TagBody();

    private long nextTicks;

    // Of one publication.
    private boolean publishing;
    private SegmenterContext context;
    private StartBuffer start;
    private Optional<Timeline> timeline = Optional.empty();
    private Optional<MediaFrame> metadata = Optional.empty();
    private final Deque<MediaFrame> work = new ArrayDeque<>();

    /**
     * Makes a segmenter for one stream.
     *
     * @param options how segments are made
     * @param clock tells when frames come, for the program date-time
     * @param targetDurationSeconds of the playlist that these segments continue, if there is one: the first segment is then a discontinuity
     * @param sink takes the segments, on the thread that calls this object
     * @throws IllegalArgumentException if {@code targetDurationSeconds} is less than 1
     */
    public Segmenter(SegmenterOptions options, InstantSource clock, OptionalInt targetDurationSeconds, SegmentSink sink) {
        this.options = Objects.requireNonNull(options, "options");
        this.sink = Objects.requireNonNull(sink, "sink");
        if (targetDurationSeconds.orElse(1) < 1) {
            throw new IllegalArgumentException("targetDurationSeconds " + targetDurationSeconds.getAsInt() + " is not 1 or more");
        }
        target = new TargetDuration(options, targetDurationSeconds);
        dates = new ProgramDateTime(Objects.requireNonNull(clock, "clock"), counters);
        writer = new SegmentWriter(options, target, dates, counters, sink);
        nextTicks = options.firstTicks();
        forget();
    }

    private void forget() {
        TrackSet tracks = new TrackSet(options, counters, sink);
        context = new SegmenterContext(options, target, tracks, dates, counters, writer);
        start = new StartBuffer(options, target, tracks, counters);
        metadata = Optional.empty();
    }

    /**
     * A publication begins. If one is running, it ends first.
     *
     * @param headers what is known of the stream so far
     */
    public void begin(StreamHeaders headers) {
        endPublication();
        forget();
        publishing = true;
        for (MediaFrame header : headers.changesSince(StreamHeaders.EMPTY)) {
            frame(header);
        }
    }

    /**
     * Takes one message. A track's sequence header comes before the frames that need it.
     *
     * @param frame audio, video or data; its bytes are copied
     * @throws IllegalStateException if no publication is running
     */
    public void frame(MediaFrame frame) {
        requirePublication();
        if (frame.kind() == MediaKind.DATA) {
            data(frame);
        } else if (frame.role() == FrameRole.SEQUENCE_HEADER || frame.role() == FrameRole.CODED) {
            work.add(frame);
            drain();
        }
    }

    private void requirePublication() {
        if (!publishing) {
            throw new IllegalStateException("no publication is running: begin() comes first");
        }
    }

    private void drain() {
        for (MediaFrame next = work.pollFirst(); next != null; next = work.pollFirst()) {
            media(next);
        }
    }

    private void media(MediaFrame frame) {
        try {
            if (!body.find(frame)) {
                counters.add(SegmenterEvent.SKIPPED_OTHER_TRACK);
                return;
            }
        } catch (MalformedException e) {
            counters.add(SegmenterEvent.SKIPPED_BROKEN_MESSAGE);
            return;
        }
        Optional<VideoConfig> videoBefore = context.tracks().currentVideo();
        Optional<AudioConfig> audioBefore = context.tracks().currentAudio();
        if (frame.role() == FrameRole.SEQUENCE_HEADER) {
            context.tracks().header(frame, body);
            forgetHeld(videoBefore, audioBefore);
            return;
        }
        Optional<TsCodec> codec = context.tracks().accepted(body.codec(), /* isHeader= */ false);
        if (codec.isEmpty()) {
            forgetHeld(videoBefore, audioBefore);
            counters.add(SegmenterEvent.SKIPPED_REFUSED_TRACK);
        } else if (frame.kind() == MediaKind.VIDEO) {
            video(frame, codec.get(), videoBefore);
        } else {
            audio(frame, codec.get(), audioBefore);
        }
    }

    /** Frames that wait for a start belong to the configuration that they came with. */
    private void forgetHeld(Optional<VideoConfig> videoBefore, Optional<AudioConfig> audioBefore) {
        boolean otherVideo = videoBefore.isPresent() && !videoBefore.equals(context.tracks().currentVideo());
        boolean otherAudio = audioBefore.isPresent() && !audioBefore.equals(context.tracks().currentAudio());
        if (otherVideo || otherAudio) {
            start.clear();
        }
    }

    private void video(MediaFrame frame, TsCodec codec, Optional<VideoConfig> before) {
        VideoConfig config = context.tracks().videoOf(codec);
        forgetHeld(before, context.tracks().currentAudio());
        VideoUnit unit = context.tracks().scan(config, frame, body);
        if (context.tracks().isPictureChanged()) {
            start.clear();
        }
        if (unit.isEmpty()) {
            counters.add(SegmenterEvent.SKIPPED_BROKEN_VIDEO);
            return;
        }
        if (context.tracks().parameterSets().isEmpty()) {
            counters.add(SegmenterEvent.SKIPPED_UNCONFIGURED);
            return;
        }
        boolean randomAccess = unit.isRandomAccessPoint();
        if (timeline.isPresent() && timeline.get().video(frame, body, config, unit)) {
            return;
        }
        offer(frame, randomAccess);
    }

    private void audio(MediaFrame frame, TsCodec codec, Optional<AudioConfig> before) {
        Optional<AudioConfig> config;
        try {
            config = context.tracks().audioOf(codec, frame, body);
        } catch (MalformedException e) {
            counters.add(SegmenterEvent.SKIPPED_BROKEN_AUDIO);
            return;
        }
        forgetHeld(context.tracks().currentVideo(), before);
        if (config.isEmpty()) {
            boolean refused = context.tracks().isAudioRefused();
            counters.add(refused ? SegmenterEvent.SKIPPED_REFUSED_TRACK : SegmenterEvent.SKIPPED_UNCONFIGURED);
            return;
        }
        if (!config.get().takes(body.length())) {
            counters.add(SegmenterEvent.SKIPPED_BROKEN_AUDIO);
            return;
        }
        if (timeline.isPresent() && timeline.get().audio(frame, body, config.get())) {
            return;
        }
        offer(frame, /* randomAccess= */ false);
    }

    /** Takes a frame that belongs to no timeline, or not to the one that runs and thereby ends. */
    private void offer(MediaFrame frame, boolean randomAccess) {
        endTimeline();
        start.add(frame, randomAccess);
        start(/* ending= */ false);
    }

    private void start(boolean ending) {
        Optional<StartBuffer.Start> found = start.start(ending);
        if (found.isEmpty()) {
            return;
        }
        timeline = Optional.of(new Timeline(context, found.get(), nextTicks));
        List<MediaFrame> frames = found.get().frames();
        for (int i = frames.size() - 1; i >= 0; i--) {
            work.addFirst(frames.get(i));
        }
    }

    private void endTimeline() {
        timeline.ifPresent(ended -> nextTicks = ended.end());
        timeline = Optional.empty();
    }

    private void data(MediaFrame frame) {
        if (frame.role() == FrameRole.METADATA) {
            context.tracks().metadata(frame);
        }
        if (options.timedId3()) {
            try {
                id3(frame);
            } catch (MalformedException e) {
                counters.add(SegmenterEvent.SKIPPED_BROKEN_MESSAGE);
            }
        }
    }

    private void id3(MediaFrame frame) throws MalformedException {
        if (timeline.isPresent()) {
            timeline.get().id3(DataTags.of(frame));
        }
    }

    /**
     * Frames were lost on the way here. Video is skipped up to the next random access point; time goes on.
     *
     * @throws IllegalStateException if no publication is running
     */
    public void gap() {
        requirePublication();
        timeline.ifPresent(Timeline::gap);
        start.clear();
    }

    /** The publication ends, if one is running. The segment under construction is closed and delivered. */
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
     * The target duration of the playlist.
     *
     * @return whole seconds, from the first segment on; never changes again
     */
    public OptionalInt targetDurationSeconds() {
        return target.seconds();
    }

    /** What is held: the open segment, and frames that wait for a start. */
    long heldBytes() {
        return writer.bytes() + start.bytes();
    }

    /**
     * What was counted since this object was made.
     *
     * @return a snapshot
     */
    public SegmenterStatistics statistics() {
        return counters.snapshot();
    }
}
