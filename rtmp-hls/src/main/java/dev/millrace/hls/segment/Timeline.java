package dev.millrace.hls.segment;

import dev.millrace.hls.segment.CutRule.Verdict;
import dev.millrace.media.Bytes;
import dev.millrace.media.MediaKind;
import dev.millrace.sample.AudioClock;
import dev.millrace.sample.AudioFormat;
import dev.millrace.sample.Sample;
import dev.millrace.sample.TrackFormat;
import dev.millrace.sample.VideoFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A stretch of the stream without discontinuity: the same tracks, the same formats, one clock. Samples that do not
 * continue it are given back, and begin the next one. Confined to one thread.
 */
final class Timeline {

    private final SegmentOutput output;
    private final TargetDuration target;
    private final TrackSet tracks;
    private final ProgramDates dates;
    private final Counters counters;
    private final CutRule rule;
    private final TimeJumps jumps = new TimeJumps();

    private final Optional<VideoFormat> video;
    private final Optional<AudioFormat> audio;
    private final List<TrackFormat> formats;
    private final TimelineFacts facts;
    private final VideoTimes videoTimes;
    private final Optional<AudioClock> audioClock;
    /** Where the timeline starts, on the sender's clock and on that of the playlist. */
    private final long startTime;
    private final long baseTicks;
    private final boolean discontinuity;
    private final Silence silence;

    private boolean gap;
    private boolean endAtKeyframe;
    private long lastMetadataTicks;

    /** What the timelines of a segmenter share. */
    record Context(
            SegmenterOptions options,
            TargetDuration target,
            TrackSet tracks,
            ProgramDates dates,
            Counters counters,
            SegmentOutput output) {}

    Timeline(Context context, StartBuffer.Start start, long baseTicks) {
        this.output = context.output();
        this.target = context.target();
        this.tracks = context.tracks();
        this.dates = context.dates();
        this.counters = context.counters();
        this.startTime = start.time();
        this.baseTicks = baseTicks;
        this.rule = new CutRule(target, baseTicks);
        this.video = start.video();
        this.audio = start.audio();
        this.formats = Stream.<TrackFormat>concat(video.stream(), audio.stream()).toList();
        this.facts = new TimelineFacts(video, audio);
        this.videoTimes = new VideoTimes(startTime, baseTicks, counters);
        this.audioClock = audio.map(format -> new AudioClock(format.codedSampleRateHz(), output.timescale(format)));
        this.discontinuity = output.hasDelivered();
        this.silence = new Silence(context.options().maxTargetDurationSeconds() * Ticks.PER_SECOND, startTime);
        this.lastMetadataTicks = baseTicks - 1;
        dates.begin(baseTicks);
    }

    private long ticks(long time) {
        return baseTicks + time - startTime;
    }

    /** Frames were lost: video goes on at the next random access point. */
    void gap() {
        gap = true;
        audioClock.ifPresent(AudioClock::announceGap);
    }

    /**
     * Takes a sample.
     *
     * @return false if it belongs to another timeline
     */
    boolean take(Sample sample) {
        long time = Ticks.ofMicros(sample.decodeTimeMicros());
        if (sample.kind() == MediaKind.VIDEO) {
            return video(sample, time);
        }
        boolean continues = audio.isPresent() && sample.format().continues(audio.get());
        return video.isPresent() ? audioBesideVideo(sample, time, continues) : audioAlone(sample, time, continues);
    }

    private boolean video(Sample sample, long time) {
        boolean randomAccess = sample.isRandomAccessPoint();
        boolean continues = video.isPresent() && sample.format().continues(video.get());
        if (!randomAccess && (gap || !continues)) {
            return skip(SegmenterEvent.SKIPPED_BEFORE_KEYFRAME);
        }
        if (!continues || randomAccess && endAtKeyframe) {
            return end(SegmenterEvent.CONFIGURATION_CHANGE);
        }
        if (videoTimes.isJump(time) && !isBridgedByAudio(time)) {
            return !jump(time, randomAccess);
        }
        if (!output.hasRoomForAlone(sample)) {
            return skip(SegmenterEvent.SKIPPED_TOO_LARGE);
        }
        return videoInTime(sample, time);
    }

    private boolean skip(SegmenterEvent reason) {
        counters.add(reason);
        return true;
    }

    private boolean end(SegmenterEvent reason) {
        counters.add(reason);
        return false;
    }

    /** Whether audio has gone on while video paused. */
    private boolean isBridgedByAudio(long time) {
        return time > videoTimes.lastTime() && audio.isPresent() && !TimeJumps.isJump(silence.lastAudioTime(), time);
    }

    /** Whether to believe a time that does not go on: then the timeline is over. */
    private boolean jump(long time, boolean randomAccess) {
        boolean believed = jumps.believe(time, randomAccess);
        counters.add(believed ? SegmenterEvent.TIME_JUMP : SegmenterEvent.SKIPPED_OUT_OF_TIME);
        return believed;
    }

    private boolean videoInTime(Sample sample, long time) {
        boolean randomAccess = sample.isRandomAccessPoint();
        long dts = videoTimes.dts(ticks(time));
        if (output.isOpen()) {
            boolean full = !output.hasRoomFor(sample);
            Verdict verdict = rule.leading(output.startTicks(), dts, videoTimes.frameTicks(), randomAccess, full);
            if (verdict == Verdict.BREAK) {
                return !jump(time, randomAccess);
            }
            if (randomAccess && audio.isPresent() && tracks.isRefused(MediaKind.AUDIO)) {
                return end(SegmenterEvent.CONFIGURATION_CHANGE);
            }
            if (randomAccess && audio.isPresent() && silence.isOfAudio(time)) {
                return end(SegmenterEvent.TRACK_SILENT);
            }
            if (verdict == Verdict.CUT) {
                cut(Math.max(rule.boundary(), videoTimes.lastDts() + 1), randomAccess);
            }
        } else {
            output.open(formats, dts, discontinuity, randomAccess);
        }
        jumps.clear();
        gap = false;
        silence.videoGoesOn();
        if (randomAccess) {
            rule.randomAccessAt(dts);
        }
        long composition = Ticks.ofMicros(sample.presentationTimeMicros() - sample.decodeTimeMicros());
        output.write(sample, dts, videoTimes.pts(time, ticks(time), composition), SegmentMuxer.TICKS_PER_SECOND);
        dates.observe(dts);
        return true;
    }

    private boolean audioAlone(Sample sample, long time, boolean continues) {
        if (!continues) {
            return end(SegmenterEvent.CONFIGURATION_CHANGE);
        }
        if (TimeJumps.isJump(silence.lastAudioTime(), time)) {
            return !jump(time, /* randomAccess= */ false);
        }
        AudioClock clock = audioClock.orElseThrow();
        Verdict verdict = Verdict.KEEP;
        if (output.isOpen()) {
            boolean full = !output.hasRoomFor(sample);
            long expected = toTicks(clock, clock.expectedTime(toClock(clock, ticks(time))));
            verdict = rule.leading(output.startTicks(), expected, lengthTicks(sample), /* randomAccess= */ true, full);
            if (verdict == Verdict.BREAK) {
                return !jump(time, /* randomAccess= */ false);
            }
        }
        long exact = exactTime(sample, time, clock);
        if (exact == AudioClock.LEAVE_OUT) {
            return skip(SegmenterEvent.SKIPPED_OUT_OF_TIME);
        }
        long pts = toTicks(clock, exact);
        jumps.clear();
        if (!output.isOpen()) {
            output.open(formats, pts, discontinuity, /* isIndependent= */ true);
        } else if (verdict == Verdict.CUT) {
            cut(rule.boundary(), /* independent= */ true);
        }
        rule.randomAccessAt(pts);
        writeAudio(sample, time, exact, clock);
        dates.observe(pts);
        return true;
    }

    private static long toClock(AudioClock clock, long ticks) {
        return Ticks.rescale(ticks, SegmentMuxer.TICKS_PER_SECOND, clock.timescale());
    }

    private static long toTicks(AudioClock clock, long time) {
        return Ticks.rescale(time, clock.timescale(), SegmentMuxer.TICKS_PER_SECOND);
    }

    private static int frameSamples(Sample sample) {
        int samplesPerFrame = ((AudioFormat) sample.format()).samplesPerFrame();
        return samplesPerFrame > 0 ? samplesPerFrame : sample.samples();
    }

    /** How long the sound of a message is; each frame is rounded, as the cut rule has always counted. */
    private static long lengthTicks(Sample sample) {
        int frameSamples = frameSamples(sample);
        long frameTicks = frameSamples * Ticks.PER_SECOND / ((AudioFormat) sample.format()).codedSampleRateHz();
        return Math.max(1, sample.samples() / frameSamples) * frameTicks;
    }

    private long exactTime(Sample sample, long time, AudioClock clock) {
        long before = clock.reanchorings();
        long exact = clock.next(toClock(clock, ticks(time)), sample.samples(), frameSamples(sample));
        counters.add(SegmenterEvent.REANCHORED_AUDIO, clock.reanchorings() - before);
        return exact;
    }

    private boolean audioBesideVideo(Sample sample, long time, boolean continues) {
        boolean videoRefused = tracks.isRefused(MediaKind.VIDEO);
        if (videoRefused || silence.isOfVideo(time, videoTimes.lastTime())) {
            tracks.videoFellSilent();
            return end(videoRefused ? SegmenterEvent.CONFIGURATION_CHANGE : SegmenterEvent.TRACK_SILENT);
        }
        boolean early = !output.isOpen() || time < startTime;
        if (early || Silence.isStray(time, videoTimes.lastTime())) {
            return skip(early ? SegmenterEvent.SKIPPED_BEFORE_START : SegmenterEvent.SKIPPED_OUT_OF_TIME);
        }
        if (!continues) {
            endAtKeyframe = true;
            return skip(SegmenterEvent.SKIPPED_BEFORE_START);
        }
        AudioClock clock = audioClock.orElseThrow();
        if (endAtKeyframe) {
            endAtKeyframe = false; // as it was before the next timeline had begun
            clock.announceGap();
        }
        if (!output.hasRoomFor(sample)) {
            return skip(SegmenterEvent.SKIPPED_TOO_LARGE);
        }
        Verdict verdict = rule.following(output.startTicks(), ticks(time), videoTimes.lastDts());
        if (verdict == Verdict.BREAK) {
            return !jump(time, /* randomAccess= */ false);
        }
        long exact = exactTime(sample, time, clock);
        if (exact == AudioClock.LEAVE_OUT) {
            return skip(SegmenterEvent.SKIPPED_OUT_OF_TIME);
        }
        if (verdict == Verdict.CUT) {
            cut(rule.boundary(), /* independent= */ false);
        }
        writeAudio(sample, time, exact, clock);
        return true;
    }

    private void writeAudio(Sample sample, long time, long exact, AudioClock clock) {
        output.write(sample, exact, exact, clock.timescale());
        silence.audioAt(time);
    }

    /** Ends the open segment and begins the next one. */
    private void cut(long boundary, boolean independent) {
        output.close(boundary, facts.of(output.framesPerSecond(boundary)));
        if (!independent) {
            counters.add(SegmenterEvent.FORCED_CUT);
        }
        output.open(formats, boundary, /* isDiscontinuity= */ false, independent);
    }

    /** Writes timed metadata where the stream is now, or nothing if no segment has begun. */
    void timedMetadata(Bytes id3Tag) {
        if (!output.isOpen()) {
            counters.add(SegmenterEvent.SKIPPED_BEFORE_START);
            return;
        }
        long ticks = video.isPresent() ? videoTimes.lastDts() : audioEnd();
        lastMetadataTicks = Math.max(lastMetadataTicks + 1, ticks);
        output.timedMetadata(id3Tag, lastMetadataTicks);
    }

    private long audioEnd() {
        return audioClock
                .filter(AudioClock::isRunning)
                .map(clock -> toTicks(clock, clock.nextTime()))
                .orElse(baseTicks);
    }

    /**
     * Ends the timeline: the open segment is closed and delivered.
     *
     * @return where the next timeline begins: behind all that was written
     */
    long end() {
        long audioEnd = audioEnd();
        long videoEnd = video.isPresent() ? videoTimes.endDts() : baseTicks;
        // Where video has paused, what is left is audio.
        boolean audioLeads = video.isEmpty() || audioEnd > videoEnd + Ticks.PER_SECOND;
        long end = audioLeads ? audioEnd : videoEnd;
        if (output.isOpen()) {
            end = Math.max(output.startTicks() + 1, Math.min(end, output.startTicks() + target.maxSegmentTicks()));
            output.close(end, facts.of(output.framesPerSecond(end)));
        }
        return Math.max(Math.max(end, audioEnd), Math.max(videoEnd, videoTimes.endPts()));
    }
}
