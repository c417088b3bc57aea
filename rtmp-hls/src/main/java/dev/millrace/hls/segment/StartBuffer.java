package dev.millrace.hls.segment;

import dev.millrace.media.MediaKind;
import dev.millrace.sample.AudioFormat;
import dev.millrace.sample.Sample;
import dev.millrace.sample.VideoFormat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Holds samples until it is clear which tracks a timeline has: with video it starts at a random access point, and a
 * second track is waited for, but not for long. Bounded in samples and bytes. Confined to one thread.
 */
final class StartBuffer {

    /** How a timeline starts: with which tracks, when on the sender's clock, and with what. */
    record Start(Optional<VideoFormat> video, Optional<AudioFormat> audio, long time, List<Sample> samples) {}

    /** Messages after which a track of which nothing was heard is not waited for. */
    private static final int PATIENCE_MESSAGES = 16;

    /**
     * Audio held while a random access point is waited for: it serves only to see that there is audio, and to begin
     * with if no video comes.
     */
    private static final int MAX_AUDIO_BEFORE_VIDEO = 64;

    /** At 60 frames and 94 audio frames a second, 10 s have no more. */
    private static final int MAX_FRAMES = 2_000;

    private final long lateTrackTicks;
    private final long keyframeWaitTicks;
    private final int maxBytes;
    private final TargetDuration target;
    private final TrackSet tracks;
    private final Counters counters;

    private final Deque<Sample> video = new ArrayDeque<>();
    private final Deque<Sample> audio = new ArrayDeque<>();
    private long bytes;
    private int messages;
    private long firstTime;
    private long newestTime;

    StartBuffer(SegmenterOptions options, TargetDuration target, TrackSet tracks, Counters counters) {
        this.lateTrackTicks = Ticks.ofMicros(options.lateTrackWait().toMillis() * 1_000);
        this.keyframeWaitTicks = options.maxTargetDurationSeconds() * Ticks.PER_SECOND;
        this.maxBytes = options.maxSegmentBytes();
        this.target = target;
        this.tracks = tracks;
        this.counters = counters;
    }

    private static long time(Sample sample) {
        return Ticks.ofMicros(sample.decodeTimeMicros());
    }

    /** Drops all samples. */
    void clear() {
        counters.add(SegmenterEvent.SKIPPED_BEFORE_START, video.size() + audio.size());
        video.clear();
        audio.clear();
        bytes = 0;
        messages = 0;
    }

    /** Returns the bytes that its samples retain. */
    long bytes() {
        return bytes;
    }

    /** Adds a sample of track 0. */
    void add(Sample sample) {
        long time = time(sample);
        boolean isNear = time >= firstTime - TimeJumps.BACKWARD_TICKS && time <= newestTime + TimeJumps.FORWARD_TICKS;
        if (messages > 0 && !isNear) {
            counters.add(SegmenterEvent.TIME_JUMP);
            clear();
        }
        firstTime = messages == 0 ? time : firstTime;
        newestTime = messages == 0 ? time : Math.max(newestTime, time);
        messages = Math.min(messages + 1, PATIENCE_MESSAGES);
        boolean isVideo = sample.kind() == MediaKind.VIDEO;
        if (isVideo && video.isEmpty() && !sample.isRandomAccessPoint()) {
            counters.add(SegmenterEvent.SKIPPED_BEFORE_KEYFRAME);
            return;
        }
        if (!isVideo && video.isEmpty()) {
            makeRoomForAudio(sample.retainedBytes());
        }
        (isVideo ? video : audio).add(sample);
        bytes += sample.retainedBytes();
    }

    /** A message may be larger than the frame in it: other tracks may be there too. */
    private void makeRoomForAudio(int sampleBytes) {
        while (!audio.isEmpty() && (audio.size() == MAX_AUDIO_BEFORE_VIDEO || bytes + sampleBytes > maxBytes)) {
            bytes -= audio.removeFirst().retainedBytes();
            counters.add(SegmenterEvent.SKIPPED_BEFORE_START);
        }
    }

    /** Starts a timeline if its tracks are clear; the samples that it starts with leave the buffer. */
    Optional<Start> start(boolean ending) {
        boolean hasVideo = !video.isEmpty();
        boolean hasAudio = hasVideo ? audio.stream().anyMatch(this::isBesideVideo) : !audio.isEmpty();
        boolean ready = hasVideo && (hasAudio || ending || isFull() || isLate(MediaKind.AUDIO))
                || hasAudio && !hasVideo && isVideoGivenUp(ending);
        if (!ready) {
            return Optional.empty();
        }
        long time = time((hasVideo ? video : audio).getFirst());
        Start start = new Start(
                hasVideo ? Optional.of((VideoFormat) video.getFirst().format()) : Optional.empty(),
                hasAudio ? Optional.of((AudioFormat) audio.getFirst().format()) : Optional.empty(),
                time,
                merged(time));
        video.clear();
        audio.clear();
        bytes = 0;
        messages = 0;
        return Optional.of(start);
    }

    /**
     * Whether audio is not from before the first picture, nor so far behind it that it cannot be in the same segment.
     */
    private boolean isBesideVideo(Sample sound) {
        long behind = time(sound) - time(video.getFirst());
        return behind >= 0 && behind <= target.maxSegmentTicks();
    }

    private boolean isVideoGivenUp(boolean ending) {
        if (tracks.isVideoKnown()) {
            return newestTime - firstTime >= keyframeWaitTicks;
        }
        return ending || isLate(MediaKind.VIDEO);
    }

    private boolean isLate(MediaKind missing) {
        return !tracks.mayComeLate(missing)
                || newestTime - firstTime >= lateTrackTicks
                || messages == PATIENCE_MESSAGES && !tracks.isAnnounced(missing);
    }

    private boolean isFull() {
        return video.size() + audio.size() >= MAX_FRAMES || bytes >= maxBytes;
    }

    /** By time, video first; each track in the order in which it came. Audio from before the start is left out. */
    private List<Sample> merged(long startTime) {
        List<Sample> samples = new ArrayList<>(video.size() + audio.size());
        while (!audio.isEmpty() && !video.isEmpty() && time(audio.getFirst()) < startTime) {
            audio.removeFirst();
            counters.add(SegmenterEvent.SKIPPED_BEFORE_START);
        }
        while (!video.isEmpty() || !audio.isEmpty()) {
            boolean videoNext = audio.isEmpty()
                    || !video.isEmpty() && time(video.getFirst()) <= time(audio.getFirst());
            samples.add((videoNext ? video : audio).removeFirst());
        }
        return samples;
    }
}
