package dev.millrace.hls.segment;

import dev.millrace.amf.AmfProperties;
import dev.millrace.amf.AmfValue;
import dev.millrace.media.Codec;
import dev.millrace.media.MediaKind;
import dev.millrace.sample.AudioFormat;
import dev.millrace.sample.TrackFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The two tracks of a publication: their formats, whether they can be in the segments, whether they are expected.
 * Confined to one thread.
 */
final class TrackSet {

    private static final String[] VIDEO_PROPERTIES = {"videocodecid", "videodatarate", "width", "height", "framerate"};
    private static final String[] AUDIO_PROPERTIES = {
        "audiocodecid", "audiodatarate", "audiosamplerate", "audiochannels", "stereo"
    };

    /** Bounds the refusals that a host is told, and that are remembered to tell each once. */
    private static final int MAX_REFUSALS = 32;

    private final SegmentMuxer.Factory container;
    private final SegmentSink sink;
    private final Track video = new Track();
    private final Track audio = new Track();
    private final Set<String> refusals = new HashSet<>();
    private boolean videoSilent;

    /** One of the two tracks. */
    private static final class Track {
        /** The last one that can be in the segments; of audio, one that is configured. */
        private Optional<TrackFormat> format = Optional.empty();
        /** Whether the track as such cannot be in the segments. */
        private boolean refused;
        /** Whether the samples that come now cannot be there. */
        private boolean leftOut;
        /** How many of them have come since the format changed. */
        private long leftOutSamples;
        private Expected expected = Expected.UNKNOWN;
    }

    /** Whether metadata announce a track. */
    private enum Expected {
        UNKNOWN,
        PRESENT,
        ABSENT
    }

    TrackSet(SegmentMuxer.Factory container, SegmentSink sink) {
        this.container = container;
        this.sink = sink;
    }

    private Track of(MediaKind kind) {
        return kind == MediaKind.VIDEO ? video : audio;
    }

    /** Takes metadata as a hint: how long to wait for a track. */
    void metadata(List<AmfValue> values) {
        if (values.size() > 1 && values.get(1) instanceof AmfProperties properties) {
            boolean hasVideo = hasAny(properties, VIDEO_PROPERTIES);
            boolean hasAudio = hasAny(properties, AUDIO_PROPERTIES);
            video.expected = expected(properties.bool("hasVideo"), hasVideo, hasAudio);
            audio.expected = expected(properties.bool("hasAudio"), hasAudio, hasVideo);
        }
    }

    private static boolean hasAny(AmfProperties properties, String[] names) {
        for (String name : names) {
            if (properties.get(name).isPresent() && properties.number(name).orElse(1) != 0) {
                return true;
            }
        }
        return false;
    }

    private static Expected expected(Optional<Boolean> said, boolean described, boolean otherDescribed) {
        if (said.isPresent()) {
            return said.get() ? Expected.PRESENT : Expected.ABSENT;
        }
        return described ? Expected.PRESENT : otherDescribed ? Expected.ABSENT : Expected.UNKNOWN;
    }

    /**
     * Takes the format that the samples of a track have from now on.
     *
     * @return whether the track was known, and is another one now
     */
    boolean change(TrackFormat now) {
        Track track = of(now.kind());
        Optional<TrackFormat> before = track.format;
        Optional<String> refusal = container.refusal(now);
        track.leftOut = refusal.isPresent();
        track.leftOutSamples = 0;
        // A single sample of another codec between others is a mistake; a header, or the first sample, defines the track.
        boolean stray = before.isPresent() && now.configuration().size() == 0 && before.get().codec() != now.codec();
        if (refusal.isPresent()) {
            tell(now.codec(), refusal.get());
            if (!stray) {
                track.refused = true;
                track.format = Optional.empty();
            }
        } else {
            track.refused = false;
            boolean configured = now instanceof AudioFormat sound ? sound.codedSampleRateHz() > 0 : !stray;
            track.format = configured ? Optional.of(now) : before;
        }
        return before.isPresent() && !track.format.equals(before);
    }

    private void tell(Codec codec, String reason) {
        if (refusals.size() < MAX_REFUSALS && refusals.add(codec + reason)) {
            sink.onTrackRefused(codec, reason);
        }
    }

    /** A video sample came. */
    void videoGoesOn() {
        videoSilent = false;
    }

    /** The video track has sent nothing for long: it is not waited for. */
    void videoFellSilent() {
        videoSilent = true;
    }

    /**
     * Returns whether a sample that comes now cannot be in the segments. A second one in a row is no mistake: the track is refused then, also if
     * its codec has no configuration record.
     */
    boolean leavesOut(MediaKind kind) {
        Track track = of(kind);
        if (!track.leftOut) {
            return false;
        }
        if (++track.leftOutSamples == 2) {
            track.refused = true;
            track.format = Optional.empty();
        }
        return true;
    }

    /** Whether the track as such cannot be in the segments. */
    boolean isRefused(MediaKind kind) {
        return of(kind).refused;
    }

    /** Whether there is a video track that is still alive. */
    boolean isVideoKnown() {
        return video.format.isPresent() && !videoSilent;
    }

    /** Whether the track is worth waiting for. */
    boolean mayComeLate(MediaKind kind) {
        boolean silent = kind == MediaKind.VIDEO && videoSilent;
        return !of(kind).refused && !silent && of(kind).expected != Expected.ABSENT;
    }

    /** Whether the track was announced, by its format or by metadata. */
    boolean isAnnounced(MediaKind kind) {
        return of(kind).format.isPresent() || of(kind).expected == Expected.PRESENT;
    }
}
