package dev.millrace.track;

import dev.millrace.codec.legacy.LegacySound;
import dev.millrace.flv.AudioTag;
import dev.millrace.flv.FlvFrames;
import dev.millrace.flv.TagTrack;
import dev.millrace.flv.VideoTag;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import dev.millrace.media.TrackHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Follows a stream, live or from a file, and knows its tracks at any time: what their headers and frames say, and what was measured. Metadata are a
 * hint that many senders get wrong, and count for nothing here. A sequence header that is repeated is no change.
 *
 * <p>Frames come from one thread at a time; {@link #tracks()} and the others can be called from any.
 */
public final class StreamTracks implements MediaSubscriber {

    private final Map<Integer, VideoFollower> videos = new TreeMap<>();
    private final Map<Integer, AudioFollower> audios = new TreeMap<>();
    private volatile List<Track> tracks = List.of();
    private volatile long broken;

    /** Makes an object that knows nothing yet. */
    public StreamTracks() {}

    @Override
    public void onStart(StreamHeaders headers) {
        for (TrackHeaders track : headers.tracks()) {
            track.sequenceHeader().ifPresent(this::onFrame);
        }
    }

    @Override
    public void onFrame(MediaFrame frame) {
        // Only headers and coded frames make a track: colours come without a track id, ends and silence say nothing.
        if (frame.role() != FrameRole.SEQUENCE_HEADER && frame.role() != FrameRole.CODED) {
            return;
        }
        boolean changed = false;
        for (MediaFrame single : FlvFrames.split(frame)) {
            changed |= follow(single);
        }
        if (changed) {
            publish();
        }
    }

    private boolean follow(MediaFrame frame) {
        try {
            return frame.kind() == MediaKind.VIDEO
                    ? followVideo(frame, VideoTag.parse(frame.bytes()))
                    : followAudio(frame, AudioTag.parse(frame.bytes()));
        } catch (MalformedException e) {
            countBroken();
            return false;
        }
    }

    private boolean followVideo(MediaFrame frame, VideoTag tag) {
        boolean changed = false;
        for (TagTrack track : tag.tracks()) {
            changed |= video(track).map(follower -> follower.follow(frame, track)).orElse(false);
        }
        return changed;
    }

    private boolean followAudio(MediaFrame frame, AudioTag tag) {
        Optional<LegacySound> sound = tag.enhanced()
                ? Optional.empty()
                : LegacySound.of(tag.soundFormat(), tag.soundRate(), tag.soundSize(), tag.soundType());
        boolean changed = false;
        for (TagTrack track : tag.tracks()) {
            changed |= audio(track)
                    .map(follower -> follower.follow(frame, track) | sound.map(follower::learnFromTag).orElse(false))
                    .orElse(false);
        }
        return changed;
    }

    private Optional<VideoFollower> video(TagTrack tag) {
        if (videos.size() == StreamHeaders.MAX_TRACKS && !videos.containsKey(tag.trackId())) {
            return Optional.empty();
        }
        return Optional.of(videos.computeIfAbsent(tag.trackId(), id -> new VideoFollower(id, tag.codec(), this::countBroken)));
    }

    private Optional<AudioFollower> audio(TagTrack tag) {
        if (audios.size() == StreamHeaders.MAX_TRACKS && !audios.containsKey(tag.trackId())) {
            return Optional.empty();
        }
        return Optional.of(audios.computeIfAbsent(tag.trackId(), id -> new AudioFollower(id, tag.codec(), this::countBroken)));
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    private void countBroken() {
        broken++;
    }

    private void publish() {
        List<Track> now = new ArrayList<>(videos.size() + audios.size());
        videos.values().forEach(follower -> now.add(follower.snapshot()));
        audios.values().forEach(follower -> now.add(follower.snapshot()));
        tracks = List.copyOf(now);
    }

    /**
     * All tracks.
     *
     * @return a snapshot, renewed at each change and about once a second: video before audio, each by track identifier
     */
    public List<Track> tracks() {
        return tracks;
    }

    /**
     * The default video track.
     *
     * @return track 0, or empty if there is none so far
     */
    public Optional<VideoTrack> video() {
        return find(VideoTrack.class);
    }

    /**
     * The default audio track.
     *
     * @return track 0, or empty if there is none so far
     */
    public Optional<AudioTrack> audio() {
        return find(AudioTrack.class);
    }

    private <T extends Track> Optional<T> find(Class<T> type) {
        return tracks.stream().filter(track -> track.trackId() == 0).filter(type::isInstance).map(type::cast).findFirst();
    }

    /**
     * How many messages could not be understood.
     *
     * @return messages, and headers and frames inside them
     */
    public long brokenMessages() {
        return broken;
    }
}
