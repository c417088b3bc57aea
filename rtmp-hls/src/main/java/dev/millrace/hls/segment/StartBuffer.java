package dev.millrace.hls.segment;

import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Holds frames until it is clear which tracks a timeline has: with video it starts at a random access point, and a second track is waited
 * for, but not for long. Bounded in frames and bytes. Confined to one thread.
 */
final class StartBuffer {

    /** How a timeline starts. */
    record Start(boolean video, boolean audio, long millis, List<MediaFrame> frames) {}

    /** Messages after which a track of which nothing was heard is not waited for. */
    private static final int PATIENCE_MESSAGES = 16;

    /**
     * Audio held while a random access point is waited for: it serves only to see that there is audio, and to begin with if no video comes.
     */
    private static final int MAX_AUDIO_BEFORE_VIDEO = 64;

    /** At 60 frames and 94 audio frames a second, 10 s have no more. */
    private static final int MAX_FRAMES = 2_000;

    private final long lateTrackMillis;
    private final long keyframeWaitMillis;
    private final int maxBytes;
    private final TargetDuration target;
    private final TrackSet tracks;
    private final Counters counters;

    private final Deque<MediaFrame> video = new ArrayDeque<>();
    private final Deque<MediaFrame> audio = new ArrayDeque<>();
    private long bytes;
    private int messages;
    private long firstMillis;
    private long newestMillis;

    StartBuffer(SegmenterOptions options, TargetDuration target, TrackSet tracks, Counters counters) {
        this.lateTrackMillis = options.lateTrackWait().toMillis();
        this.keyframeWaitMillis = options.maxTargetDurationSeconds() * 1_000L;
        this.maxBytes = options.maxSegmentBytes();
        this.target = target;
        this.tracks = tracks;
        this.counters = counters;
    }

    /** Forgets what it holds. */
    void clear() {
        counters.add(SegmenterEvent.SKIPPED_BEFORE_START, video.size() + audio.size());
        video.clear();
        audio.clear();
        bytes = 0;
        messages = 0;
    }

    /** What it holds. */
    long bytes() {
        return bytes;
    }

    /** Takes a coded frame of track 0. */
    void add(MediaFrame frame, boolean randomAccess) {
        long millis = frame.timestampMillis();
        if (messages > 0 && (millis < firstMillis - TimeJumps.BACKWARD_MILLIS || millis > newestMillis + TimeJumps.FORWARD_MILLIS)) {
            counters.add(SegmenterEvent.TIME_JUMP);
            clear();
        }
        firstMillis = messages == 0 ? millis : firstMillis;
        newestMillis = messages == 0 ? millis : Math.max(newestMillis, millis);
        messages = Math.min(messages + 1, PATIENCE_MESSAGES);
        boolean isVideo = frame.kind() == MediaKind.VIDEO;
        if (isVideo && video.isEmpty() && !randomAccess) {
            counters.add(SegmenterEvent.SKIPPED_BEFORE_KEYFRAME);
            return;
        }
        if (!isVideo && video.isEmpty()) {
            makeRoomForAudio(frame.size());
        }
        (isVideo ? video : audio).add(frame);
        bytes += frame.size();
    }

    /** A message may be larger than the frame in it: other tracks may be there too. */
    private void makeRoomForAudio(int frameBytes) {
        while (!audio.isEmpty() && (audio.size() == MAX_AUDIO_BEFORE_VIDEO || bytes + frameBytes > maxBytes)) {
            bytes -= audio.removeFirst().size();
            counters.add(SegmenterEvent.SKIPPED_BEFORE_START);
        }
    }

    /** Whether a timeline can start, and with which tracks. What it starts with is no longer held here. */
    Optional<Start> start(boolean ending) {
        boolean hasVideo = !video.isEmpty();
        boolean hasAudio = hasVideo ? audio.stream().anyMatch(this::isBesideVideo) : !audio.isEmpty();
        boolean ready = hasVideo && (hasAudio || ending || isFull() || isLate(MediaKind.AUDIO))
                || hasAudio && !hasVideo && isVideoGivenUp(ending);
        if (!ready) {
            return Optional.empty();
        }
        long millis = (hasVideo ? video : audio).getFirst().timestampMillis();
        Start start = new Start(hasVideo, hasAudio, millis, merged(millis));
        video.clear();
        audio.clear();
        bytes = 0;
        messages = 0;
        return Optional.of(start);
    }

    /** Whether audio is not from before the first picture, nor so far behind it that it cannot be in the same segment. */
    private boolean isBesideVideo(MediaFrame sound) {
        long behind = sound.timestampMillis() - video.getFirst().timestampMillis();
        return behind >= 0 && behind <= target.maxSegmentTicks() * 1_000 / TargetDuration.TICKS_A_SECOND;
    }

    private boolean isVideoGivenUp(boolean ending) {
        if (tracks.isVideoKnown()) {
            return newestMillis - firstMillis >= keyframeWaitMillis;
        }
        return ending || isLate(MediaKind.VIDEO);
    }

    private boolean isLate(MediaKind missing) {
        return !tracks.mayComeLate(missing)
                || newestMillis - firstMillis >= lateTrackMillis
                || messages == PATIENCE_MESSAGES && !tracks.isAnnounced(missing);
    }

    private boolean isFull() {
        return video.size() + audio.size() >= MAX_FRAMES || bytes >= maxBytes;
    }

    /** By time, video first; each track in the order in which it came. Audio from before the start is left out. */
    private List<MediaFrame> merged(long startMillis) {
        List<MediaFrame> frames = new ArrayList<>(video.size() + audio.size());
        while (!audio.isEmpty() && !video.isEmpty() && audio.getFirst().timestampMillis() < startMillis) {
            audio.removeFirst();
            counters.add(SegmenterEvent.SKIPPED_BEFORE_START);
        }
        while (!video.isEmpty() || !audio.isEmpty()) {
            boolean videoNext = audio.isEmpty()
                    || !video.isEmpty() && video.getFirst().timestampMillis() <= audio.getFirst().timestampMillis();
            frames.add((videoNext ? video : audio).removeFirst());
        }
        return frames;
    }
}
