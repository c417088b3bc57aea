package dev.millrace.track;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import dev.millrace.sample.AudioFormat;
import dev.millrace.sample.Demuxer;
import dev.millrace.sample.Sample;
import dev.millrace.sample.SampleSubscriber;
import dev.millrace.sample.SkipReason;
import dev.millrace.sample.TrackFormat;
import dev.millrace.sample.VideoFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The tracks of a stream, live or from a file: what their headers and frames say, and what was measured. Metadata do not count, since many senders
 * get them wrong.
 *
 * <p>Confined to one thread at a time, but for {@link #tracks()}, {@link #video()}, {@link #audio()} and {@link #brokenMessages()}, which can be called
 * from any thread.
 */
public final class StreamTracks implements MediaSubscriber {

    private static final long MICROS_PER_MILLI = 1_000;

    private final Demuxer demuxer = new Demuxer(new Meters());
    private final Map<Integer, Meter> videos = new TreeMap<>();
    private final Map<Integer, Meter> audios = new TreeMap<>();
    private boolean changed;
    private volatile List<Track> tracks = List.of();
    private volatile long broken;

    /** Creates an object that knows nothing yet. */
    public StreamTracks() {}

    @Override
    public void onStart(StreamHeaders headers) {
        demuxer.onStart(headers);
        publishChanges();
    }

    @Override
    public void onFrame(MediaFrame frame) {
        if (frame.kind() != MediaKind.DATA) {
            demuxer.onFrame(frame);
            publishChanges();
        }
    }

    @Override
    public void onEnd(EndReason reason) {
        demuxer.onEnd(reason);
    }

    private void publishChanges() {
        if (!changed) {
            return;
        }
        changed = false;
        List<Track> now = new ArrayList<>(videos.size() + audios.size());
        videos.values().forEach(meter -> now.add(meter.videoTrack()));
        audios.values().forEach(meter -> now.add(meter.audioTrack()));
        tracks = List.copyOf(now);
    }

    /**
     * Returns all tracks.
     *
     * @return a snapshot, renewed at each change and about once a second: video before audio, each by track identifier
     */
    public List<Track> tracks() {
        return tracks;
    }

    /**
     * Returns the default video track.
     *
     * @return track 0, or empty if there is none so far
     */
    public Optional<VideoTrack> video() {
        return find(VideoTrack.class);
    }

    /**
     * Returns the default audio track.
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
     * Returns how many messages were malformed.
     *
     * @return messages, and headers and frames inside them
     */
    public long brokenMessages() {
        return broken;
    }

    /** One track. */
    private static final class Meter {

        private final TrackMeter rates = new TrackMeter();
        private TrackFormat format;

        private Meter(TrackFormat format) {
            this.format = format;
        }

        private VideoTrack videoTrack() {
            VideoFormat video = (VideoFormat) format;
            OptionalDouble stated = video.framesPerSecond();
            return new VideoTrack(
                    video,
                    stated.isPresent() ? stated : rates.framesPerSecond(),
                    rates.kilobitsPerSecond(),
                    rates.keyframeIntervalMillis());
        }

        private AudioTrack audioTrack() {
            return new AudioTrack((AudioFormat) format, rates.kilobitsPerSecond());
        }
    }

    /** Measures samples. */
    private final class Meters implements SampleSubscriber {

        @Override
        public void onFormat(TrackFormat format) {
            changed = true;
            metersOf(format).computeIfAbsent(format.trackId(), id -> new Meter(format)).format = format;
        }

        private Map<Integer, Meter> metersOf(TrackFormat format) {
            return format.kind() == MediaKind.VIDEO ? videos : audios;
        }

        @Override
        public void onSample(Sample sample) {
            if (!sample.isDecodable()) {
                countBroken();
            }
            boolean keyframe = sample.kind() == MediaKind.VIDEO && sample.isRandomAccessPoint();
            Meter meter = metersOf(sample.format()).get(sample.trackId());
            changed |= meter.format != sample.format();
            meter.format = sample.format();
            changed |= meter.rates.add(sample.decodeTimeMicros() / MICROS_PER_MILLI, sample.size(), keyframe);
        }

        @Override
        public void onSkipped(MediaKind kind, SkipReason reason) {
            if (reason != SkipReason.TOO_MANY_TRACKS) {
                countBroken();
            }
        }

        @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
        private void countBroken() {
            broken++;
        }
    }
}
