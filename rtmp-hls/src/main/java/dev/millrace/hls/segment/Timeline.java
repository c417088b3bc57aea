package dev.millrace.hls.segment;

import dev.millrace.hls.segment.CutRule.Verdict;
import dev.millrace.hls.ts.TsProgram;
import dev.millrace.hls.ts.VideoUnit;
import dev.millrace.media.Bytes;
import dev.millrace.media.MediaFrame;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A stretch of the stream without discontinuity: the same tracks, the same configurations, one clock. Frames that do not continue it are
 * given back, and begin the next one. Confined to one thread.
 */
final class Timeline {

    private final SegmentWriter writer;
    private final TargetDuration target;
    private final TrackSet tracks;
    private final ProgramDateTime dates;
    private final Counters counters;
    private final CutRule rule;
    private final TimeJumps jumps = new TimeJumps();

    private final Optional<VideoConfig> video;
    private final Optional<AudioConfig> audio;
    private final TimelineFacts facts;
    private final VideoTimes videoTimes;
    private final Optional<AudioClock> audioClock;
    private final long baseMillis;
    private final long baseTicks;
    private final boolean discontinuity;
    private final Silence silence;

    private boolean gap;
    private boolean endAtKeyframe;
    private long lastId3Ticks;

    Timeline(SegmenterContext context, StartBuffer.Start start, long baseTicks) {
        this.writer = context.writer();
        this.target = context.target();
        this.tracks = context.tracks();
        this.dates = context.dates();
        this.counters = context.counters();
        this.baseMillis = start.millis();
        this.baseTicks = baseTicks;
        this.rule = new CutRule(target, baseTicks);
        this.video = start.video() ? tracks.currentVideo() : Optional.empty();
        this.audio = start.audio() ? tracks.currentAudio() : Optional.empty();
        this.videoTimes = new VideoTimes(baseMillis, baseTicks, counters);
        this.audioClock = audio.map(config -> new AudioClock(config.sampleRateHz(), counters));
        this.discontinuity = writer.hasDelivered();
        this.silence = new Silence(context.options().maxTargetDurationSeconds() * 1_000L, baseMillis);
        this.lastId3Ticks = baseTicks - 1;
        TsProgram program = new TsProgram(video.map(VideoConfig::codec), audio.map(AudioConfig::codec), context.options().timedId3());
        this.facts = new TimelineFacts(program, video, audio);
        writer.program(program);
        dates.begin(baseTicks);
    }

    private long ticks(long millis) {
        return baseTicks + (millis - baseMillis) * TargetDuration.TICKS_A_SECOND / 1_000;
    }

    /** Frames were lost: video goes on at the next random access point. */
    void gap() {
        gap = true;
        audioClock.ifPresent(AudioClock::announceGap);
    }

    /**
     * Takes a video frame.
     *
     * @return false if it belongs to another timeline
     */
    boolean video(MediaFrame frame, TagBody body, VideoConfig config, VideoUnit unit) {
        long millis = frame.timestampMillis();
        boolean randomAccess = unit.isRandomAccessPoint();
        boolean continues = video.isPresent() && video.get().equals(config);
        if (!randomAccess && (gap || !continues)) {
            return skip(SegmenterEvent.SKIPPED_BEFORE_KEYFRAME);
        }
        if (!continues || randomAccess && (endAtKeyframe || facts.isOtherPicture(tracks.parameterSets()))) {
            return end(SegmenterEvent.CONFIGURATION_CHANGE);
        }
        if (videoTimes.isJump(millis) && !isBridgedByAudio(millis)) {
            return !jump(millis, randomAccess);
        }
        if (!writer.hasRoomForAlone(body.length(), tracks.parameterSets())) {
            return skip(SegmenterEvent.SKIPPED_TOO_LARGE);
        }
        return videoInTime(millis, body, unit);
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
    private boolean isBridgedByAudio(long millis) {
        return millis > videoTimes.lastMillis() && audio.isPresent() && !TimeJumps.isJump(silence.lastAudioMillis(), millis);
    }

    /** Whether to believe a time that does not go on: then the timeline is over. */
    private boolean jump(long millis, boolean randomAccess) {
        boolean believed = jumps.believe(millis, randomAccess);
        counters.add(believed ? SegmenterEvent.TIME_JUMP : SegmenterEvent.SKIPPED_OUT_OF_TIME);
        return believed;
    }

    private boolean videoInTime(long millis, TagBody body, VideoUnit unit) {
        boolean randomAccess = unit.isRandomAccessPoint();
        long dts = videoTimes.dts(ticks(millis));
        if (writer.isOpen()) {
            boolean full = !writer.hasRoomFor(body.length(), tracks.parameterSets());
            Verdict verdict = rule.leading(writer.startTicks(), dts, videoTimes.frameTicks(), randomAccess, full);
            if (verdict == Verdict.BREAK) {
                return !jump(millis, randomAccess);
            }
            if (randomAccess && audio.isPresent() && tracks.isAudioRefused()) {
                return end(SegmenterEvent.CONFIGURATION_CHANGE);
            }
            if (randomAccess && audio.isPresent() && silence.isOfAudio(millis)) {
                return end(SegmenterEvent.TRACK_SILENT);
            }
            if (verdict == Verdict.CUT) {
                cut(Math.max(rule.boundary(), videoTimes.lastDts() + 1), randomAccess);
            }
        } else {
            writer.open(dts, discontinuity, randomAccess);
        }
        jumps.clear();
        gap = false;
        silence.videoGoesOn();
        if (randomAccess) {
            rule.randomAccessAt(dts);
        }
        long pts = videoTimes.pts(millis, ticks(millis), body.compositionTicks());
        writer.video(unit, tracks.parameterSets(), dts, pts);
        dates.observe(dts);
        return true;
    }

    /**
     * Takes an audio frame.
     *
     * @return false if it belongs to another timeline
     */
    boolean audio(MediaFrame frame, TagBody body, AudioConfig config) {
        boolean continues = audio.isPresent() && (audio.get() == config || audio.get().equals(config));
        if (video.isPresent()) {
            return audioBesideVideo(frame, body, continues);
        }
        if (!continues) {
            return end(SegmenterEvent.CONFIGURATION_CHANGE);
        }
        if (TimeJumps.isJump(silence.lastAudioMillis(), frame.timestampMillis())) {
            return !jump(frame.timestampMillis(), /* randomAccess= */ false);
        }
        return audioAlone(frame, body, config, audioClock.orElseThrow());
    }

    private boolean audioAlone(MediaFrame frame, TagBody body, AudioConfig config, AudioClock clock) {
        long ticks = ticks(frame.timestampMillis());
        int frames = config.framesIn(frame, body);
        Verdict verdict = Verdict.KEEP;
        if (writer.isOpen()) {
            boolean full = !writer.hasRoomFor(body.length(), List.of());
            long messageTicks = frames * config.frameTicks();
            verdict = rule.leading(writer.startTicks(), clock.expectedTicks(ticks), messageTicks, /* randomAccess= */ true, full);
            if (verdict == Verdict.BREAK) {
                return !jump(frame.timestampMillis(), /* randomAccess= */ false);
            }
        }
        OptionalLong pts = clock.next(ticks, config.frameSamples(), frames);
        if (pts.isEmpty()) {
            return skip(SegmenterEvent.SKIPPED_OUT_OF_TIME);
        }
        jumps.clear();
        if (!writer.isOpen()) {
            writer.open(pts.getAsLong(), discontinuity, /* independent= */ true);
        } else if (verdict == Verdict.CUT) {
            cut(rule.boundary(), /* independent= */ true);
        }
        rule.randomAccessAt(pts.getAsLong());
        write(frame, body, config, pts.getAsLong());
        dates.observe(pts.getAsLong());
        return true;
    }

    private boolean audioBesideVideo(MediaFrame frame, TagBody body, boolean continues) {
        long millis = frame.timestampMillis();
        if (tracks.isVideoRefused() || silence.isOfVideo(millis, videoTimes.lastMillis())) {
            tracks.videoFellSilent();
            return end(tracks.isVideoRefused() ? SegmenterEvent.CONFIGURATION_CHANGE : SegmenterEvent.TRACK_SILENT);
        }
        boolean early = !writer.isOpen() || millis < baseMillis;
        if (early || Silence.isStray(millis, videoTimes.lastMillis())) {
            return skip(early ? SegmenterEvent.SKIPPED_BEFORE_START : SegmenterEvent.SKIPPED_OUT_OF_TIME);
        }
        if (!continues) {
            endAtKeyframe = true;
            return skip(SegmenterEvent.SKIPPED_BEFORE_START);
        }
        if (endAtKeyframe) {
            endAtKeyframe = false; // as it was before the next timeline had begun
            audioClock.orElseThrow().announceGap();
        }
        if (!writer.hasRoomFor(body.length(), List.of())) {
            return skip(SegmenterEvent.SKIPPED_TOO_LARGE);
        }
        return audioInTime(frame, body, audio.orElseThrow(), audioClock.orElseThrow());
    }

    private boolean audioInTime(MediaFrame frame, TagBody body, AudioConfig config, AudioClock clock) {
        long ticks = ticks(frame.timestampMillis());
        Verdict verdict = rule.following(writer.startTicks(), ticks, videoTimes.lastDts());
        if (verdict == Verdict.BREAK) {
            return !jump(frame.timestampMillis(), /* randomAccess= */ false);
        }
        OptionalLong pts = clock.next(ticks, config.frameSamples(), config.framesIn(frame, body));
        if (pts.isEmpty()) {
            return skip(SegmenterEvent.SKIPPED_OUT_OF_TIME);
        }
        if (verdict == Verdict.CUT) {
            cut(rule.boundary(), /* independent= */ false);
        }
        write(frame, body, config, pts.getAsLong());
        return true;
    }

    private void write(MediaFrame frame, TagBody body, AudioConfig config, long pts) {
        writer.audio(config, frame, body, pts);
        silence.audioAt(frame.timestampMillis());
    }

    /** Ends the open segment and begins the next one. */
    private void cut(long boundary, boolean independent) {
        writer.close(boundary, facts.of(writer.framesPerSecond(boundary)));
        if (!independent) {
            counters.add(SegmenterEvent.FORCED_CUT);
        }
        writer.open(boundary, /* isDiscontinuity= */ false, independent);
    }

    /** Writes timed metadata where the stream is now, or nothing if no segment has begun. */
    void id3(Bytes tag) {
        if (!writer.isOpen()) {
            counters.add(SegmenterEvent.SKIPPED_BEFORE_START);
            return;
        }
        long ticks = video.isPresent() ? videoTimes.lastDts() : audioClock.orElseThrow().nextTicks();
        lastId3Ticks = Math.max(lastId3Ticks + 1, ticks);
        writer.id3(tag, lastId3Ticks);
    }

    /**
     * Ends the timeline: the open segment is closed and delivered.
     *
     * @return where the next timeline begins: behind all that was written
     */
    long end() {
        long audioEnd = audioClock.filter(AudioClock::isRunning).map(AudioClock::nextTicks).orElse(baseTicks);
        long videoEnd = video.isPresent() ? videoTimes.endDts() : baseTicks;
        // Where video has paused, what is left is audio.
        boolean audioLeads = video.isEmpty() || audioEnd > videoEnd + TargetDuration.TICKS_A_SECOND;
        long end = audioLeads ? audioEnd : videoEnd;
        if (writer.isOpen()) {
            end = Math.max(writer.startTicks() + 1, Math.min(end, writer.startTicks() + target.maxSegmentTicks()));
            writer.close(end, facts.of(writer.framesPerSecond(end)));
        }
        return Math.max(Math.max(end, audioEnd), Math.max(videoEnd, videoTimes.endPts()));
    }
}
