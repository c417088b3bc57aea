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
    private final long silenceMillis;

    private boolean gap;
    private boolean endAtKeyframe;
    private long lastAudioMillis;
    private boolean audioStrays;
    private long strayMillis;
    private long lastId3Ticks;

    Timeline(SegmenterContext context, StartBuffer.Start start, long baseTicks) {
        this.writer = context.writer();
        this.target = context.target();
        this.tracks = context.tracks();
        this.dates = context.dates();
        this.counters = context.counters();
        this.silenceMillis = context.options().maxTargetDurationSeconds() * 1_000L;
        this.baseMillis = start.millis();
        this.baseTicks = baseTicks;
        this.rule = new CutRule(target, baseTicks);
        this.video = start.video() ? tracks.currentVideo() : Optional.empty();
        this.audio = start.audio() ? tracks.currentAudio() : Optional.empty();
        this.videoTimes = new VideoTimes(baseMillis, baseTicks, counters);
        this.audioClock = audio.map(config -> new AudioClock(config.sampleRateHz(), counters));
        this.discontinuity = writer.hasDelivered();
        this.lastAudioMillis = baseMillis;
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
        boolean continues = video.isPresent() && video.get().equals(config) && !endAtKeyframe;
        if (!randomAccess && (gap || !continues)) {
            counters.add(SegmenterEvent.SKIPPED_BEFORE_KEYFRAME);
            return true;
        }
        if (!continues || randomAccess && facts.isOtherPicture(tracks.parameterSets())) {
            counters.add(SegmenterEvent.CONFIGURATION_CHANGE);
            return false;
        }
        if (videoTimes.isJump(millis) && !isBridgedByAudio(millis)) {
            return !jump(millis, randomAccess);
        }
        if (!writer.hasRoomForAlone(body.length(), tracks.parameterSets())) {
            counters.add(SegmenterEvent.SKIPPED_TOO_LARGE);
            return true;
        }
        return videoInTime(millis, body, unit);
    }

    /** Whether the audio track has sent nothing for so long that it counts as gone, or cannot be taken any more. */
    private boolean isAudioOver(long millis) {
        return audio.isPresent() && (tracks.isAudioRefused() || millis - lastAudioMillis > silenceMillis);
    }

    /** Whether audio has gone on while video paused. */
    private boolean isBridgedByAudio(long millis) {
        return millis > videoTimes.lastMillis() && audio.isPresent() && !TimeJumps.isJump(lastAudioMillis, millis);
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
            if (randomAccess && isAudioOver(millis)) {
                counters.add(SegmenterEvent.CONFIGURATION_CHANGE);
                return false;
            }
            if (verdict == Verdict.CUT) {
                cut(Math.max(rule.boundary(), videoTimes.lastDts() + 1), randomAccess);
            }
        } else {
            writer.open(dts, discontinuity, randomAccess);
        }
        jumps.clear();
        gap = false;
        audioStrays = false;
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
            counters.add(SegmenterEvent.CONFIGURATION_CHANGE);
            return false;
        }
        if (TimeJumps.isJump(lastAudioMillis, frame.timestampMillis())) {
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
            counters.add(SegmenterEvent.SKIPPED_OUT_OF_TIME);
            return true;
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
        boolean stray = Math.abs(millis - videoTimes.lastMillis()) > TimeJumps.FORWARD_MILLIS;
        if (tracks.isVideoRefused() || isVideoOver(millis, stray)) {
            tracks.videoFellSilent();
            counters.add(SegmenterEvent.CONFIGURATION_CHANGE);
            return false;
        }
        boolean early = !writer.isOpen() || millis < baseMillis;
        if (stray || early) {
            counters.add(early ? SegmenterEvent.SKIPPED_BEFORE_START : SegmenterEvent.SKIPPED_OUT_OF_TIME);
            return true;
        }
        if (!continues) {
            endAtKeyframe = true;
            counters.add(SegmenterEvent.SKIPPED_BEFORE_START);
            return true;
        }
        if (!writer.hasRoomFor(body.length(), List.of())) {
            counters.add(SegmenterEvent.SKIPPED_TOO_LARGE);
            return true;
        }
        return audioInTime(frame, body, audio.orElseThrow(), audioClock.orElseThrow());
    }

    /**
     * Whether audio goes on without video for so long that the video counts as gone; also if all audio is on another clock, and no video
     * comes.
     */
    private boolean isVideoOver(long millis, boolean stray) {
        if (!TimeJumps.isJump(lastAudioMillis, millis) && millis - videoTimes.lastMillis() > silenceMillis) {
            return true;
        }
        if (stray && !audioStrays) {
            strayMillis = millis;
        }
        audioStrays |= stray;
        return stray && millis - strayMillis > silenceMillis;
    }

    private boolean audioInTime(MediaFrame frame, TagBody body, AudioConfig config, AudioClock clock) {
        long ticks = ticks(frame.timestampMillis());
        Verdict verdict = rule.following(writer.startTicks(), ticks, videoTimes.lastDts());
        if (verdict == Verdict.BREAK) {
            return !jump(frame.timestampMillis(), /* randomAccess= */ false);
        }
        OptionalLong pts = clock.next(ticks, config.frameSamples(), config.framesIn(frame, body));
        if (pts.isEmpty()) {
            counters.add(SegmenterEvent.SKIPPED_OUT_OF_TIME);
            return true;
        }
        if (verdict == Verdict.CUT) {
            cut(rule.boundary(), /* independent= */ false);
        }
        write(frame, body, config, pts.getAsLong());
        return true;
    }

    private void write(MediaFrame frame, TagBody body, AudioConfig config, long pts) {
        writer.audio(config, frame, body, pts);
        lastAudioMillis = frame.timestampMillis();
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
