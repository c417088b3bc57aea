package dev.millrace.hls.segment;

import dev.millrace.amf.Amf0Reader;
import dev.millrace.amf.AmfLimits;
import dev.millrace.amf.AmfProperties;
import dev.millrace.amf.AmfValue;
import dev.millrace.codec.aac.AudioSpecificConfig;
import dev.millrace.hls.ts.TsCodec;
import dev.millrace.hls.ts.VideoUnit;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the two tracks of a publication: how they are coded, whether they can be in the segments, whether they are to come. One
 * thread.
 */
final class TrackSet {

    private static final String[] VIDEO_PROPERTIES = {"videocodecid", "videodatarate", "width", "height", "framerate"};
    private static final String[] AUDIO_PROPERTIES = {"audiocodecid", "audiodatarate", "audiosamplerate", "audiochannels", "stereo"};

    /** A host that hears of each reason once must not hear of any number of them. */
    private static final int MAX_REFUSALS = 32;

    private final SegmenterOptions options;
    private final Counters counters;
    private final SegmentSink sink;

    private Optional<VideoConfig> video = Optional.empty();
    private Optional<AudioConfig> audio = Optional.empty();
    private List<Bytes> parameterSets = List.of();
    private boolean pictureChanged;
    private boolean videoRefused;
    private boolean audioRefused;
    private boolean videoSilent;
    private Expected videoExpected = Expected.UNSAID;
    private Expected audioExpected = Expected.UNSAID;
    private final Set<String> refusals = new HashSet<>();

    private Optional<VideoUnit> unit = Optional.empty();
    private TsCodec unitCodec = TsCodec.AVC;

    /** What the metadata say of a track. */
    private enum Expected {
        UNSAID,
        PRESENT,
        ABSENT
    }

    TrackSet(SegmenterOptions options, Counters counters, SegmentSink sink) {
        this.options = options;
        this.counters = counters;
        this.sink = sink;
    }

    /** Takes metadata as a hint: how long to wait for a track. */
    void metadata(MediaFrame frame) {
        try {
            List<AmfValue> values = Amf0Reader.readAll(frame.asByteBuf(), AmfLimits.DEFAULT);
            if (values.size() > 1 && values.get(1) instanceof AmfProperties properties) {
                boolean hasVideo = hasAny(properties, VIDEO_PROPERTIES);
                boolean hasAudio = hasAny(properties, AUDIO_PROPERTIES);
                videoExpected = expected(properties.bool("hasVideo"), hasVideo, hasAudio);
                audioExpected = expected(properties.bool("hasAudio"), hasAudio, hasVideo);
            }
        } catch (MalformedException e) {
            counters.add(SegmenterEvent.SKIPPED_BROKEN_MESSAGE);
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
        return described ? Expected.PRESENT : otherDescribed ? Expected.ABSENT : Expected.UNSAID;
    }

    /**
     * Takes a sequence header.
     *
     * @return whether the configuration of its track is another now
     */
    boolean header(MediaFrame frame, TagBody body) {
        Optional<TsCodec> codec = accepted(body.codec(), /* isHeader= */ true);
        if (codec.isEmpty()) {
            return false;
        }
        Bytes header = body.copy(frame, Integer.MAX_VALUE);
        try {
            return frame.kind() == MediaKind.VIDEO ? videoHeader(codec.get(), header) : audioHeader(codec.get(), header);
        } catch (MalformedException e) {
            counters.add(SegmenterEvent.SKIPPED_BROKEN_HEADER);
            return false;
        }
    }

    private boolean videoHeader(TsCodec codec, Bytes header) throws MalformedException {
        if (video.isPresent() && video.get().codec() == codec && video.get().header().equals(header)) {
            return false;
        }
        VideoConfig config = VideoConfig.parse(codec, header);
        video = Optional.of(config);
        parameterSets = config.parameterSets();
        return true;
    }

    private boolean audioHeader(TsCodec codec, Bytes header) throws MalformedException {
        boolean repeated = audio.isPresent() && audio.get().codec() == codec && audio.get().header().equals(header);
        if (codec != TsCodec.AAC || repeated) {
            return false;
        }
        AudioSpecificConfig config = AudioSpecificConfig.parse(header);
        try {
            audio = Optional.of(AudioConfig.of(config, header));
            audioRefused = false;
        } catch (MalformedException e) {
            refuse(Codec.AAC, /* isTrack= */ true, e.getMessage());
        }
        return true;
    }

    /** The coding in the segments of a coding of messages; empty if there is none, which the sink is told once. */
    Optional<TsCodec> accepted(Codec codec, boolean isHeader) {
        Optional<TsCodec> accepted = switch (codec) {
            case AVC -> Optional.of(TsCodec.AVC);
            case HEVC -> options.hevc() ? Optional.of(TsCodec.HEVC) : Optional.empty();
            case AAC -> Optional.of(TsCodec.AAC);
            case MP3 -> Optional.of(TsCodec.MP3);
            case AC3 -> options.ac3() ? Optional.of(TsCodec.AC3) : Optional.empty();
            default -> Optional.empty();
        };
        if (accepted.isEmpty()) {
            boolean optional = codec == Codec.HEVC || codec == Codec.AC3;
            // A single coded frame between others is a mistake; a header, or the first that comes, is how the track is.
            boolean isTrack = isHeader || (codec.kind() == MediaKind.VIDEO ? video.isEmpty() : audio.isEmpty());
            String reason = optional ? " in MPEG-TS is switched off" : " cannot be in MPEG-TS segments that players take";
            refuse(codec, isTrack, codec.codecName() + reason);
        } else if (codec.kind() == MediaKind.VIDEO) {
            videoRefused = false;
        } else if (codec != Codec.AAC) {
            audioRefused = false;
        }
        return accepted;
    }

    private void refuse(Codec codec, boolean isTrack, String reason) {
        if (isTrack && codec.kind() == MediaKind.VIDEO) {
            videoRefused = true;
            video = Optional.empty();
        } else if (isTrack) {
            audioRefused = true;
            audio = Optional.empty();
        }
        if (refusals.size() < MAX_REFUSALS && refusals.add(codec + reason)) {
            sink.onTrackRefused(codec, reason);
        }
    }

    /** The configuration of a coded video frame; a track without header is one whose frames have their parameter sets. */
    VideoConfig videoOf(TsCodec codec) {
        if (video.isEmpty() || video.get().codec() != codec) {
            video = Optional.of(VideoConfig.withoutHeader(codec));
            parameterSets = List.of();
        }
        videoSilent = false;
        return video.get();
    }

    /** Finds the NAL units of a coded video frame; those of the frame before are forgotten. */
    VideoUnit scan(VideoConfig config, MediaFrame frame, TagBody body) {
        if (unit.isEmpty() || unitCodec != config.codec()) {
            unitCodec = config.codec();
            unit = Optional.of(new VideoUnit(unitCodec));
        }
        VideoUnit found = unit.get();
        found.scan(frame, body.from(), body.length(), config.nalUnitLengthBytes());
        pictureChanged = false;
        if (found.isRandomAccessPoint() && found.hasParameterSets()) {
            List<Bytes> own = found.parameterSets();
            pictureChanged = !VideoConfig.spsOf(unitCodec, own).equals(VideoConfig.spsOf(unitCodec, parameterSets));
            parameterSets = own;
        }
        return found;
    }

    /** Whether the frame that was scanned last has another picture than all before it. */
    boolean isPictureChanged() {
        return pictureChanged;
    }

    Optional<VideoConfig> currentVideo() {
        return video;
    }

    Optional<AudioConfig> currentAudio() {
        return audio;
    }

    /** The parameter sets in force: of the sequence header, or of a later random access point. */
    List<Bytes> parameterSets() {
        return parameterSets;
    }

    /**
     * The configuration of a coded audio frame.
     *
     * @return empty if there is none yet
     * @throws MalformedException if the frame does not begin as its codec wants
     */
    Optional<AudioConfig> audioOf(TsCodec codec, MediaFrame frame, TagBody body) throws MalformedException {
        if (codec == TsCodec.AAC) {
            return audio.filter(config -> config.codec() == TsCodec.AAC);
        }
        Bytes start = body.copy(frame, AudioConfig.FRAME_HEADER_BYTES);
        AudioConfig config = codec == TsCodec.AC3 ? AudioConfig.ofAc3(start) : AudioConfig.ofMp3(start);
        if (audio.isEmpty() || !audio.get().equals(config)) {
            audio = Optional.of(config);
        }
        return audio;
    }

    /** The video track has sent nothing for long: it is not waited for. */
    void videoFellSilent() {
        videoSilent = true;
    }

    boolean isVideoRefused() {
        return videoRefused;
    }

    boolean isAudioRefused() {
        return audioRefused;
    }

    /** Whether the track has been heard of, and is still alive. */
    boolean isVideoKnown() {
        return video.isPresent() && !videoSilent;
    }

    /** Whether the track is worth a second. */
    boolean mayComeLate(MediaKind kind) {
        return kind == MediaKind.VIDEO
                ? !videoRefused && !videoSilent && videoExpected != Expected.ABSENT
                : !audioRefused && audioExpected != Expected.ABSENT;
    }

    /** Whether somebody has said that the track exists. */
    boolean isAnnounced(MediaKind kind) {
        return kind == MediaKind.VIDEO
                ? video.isPresent() || videoExpected == Expected.PRESENT
                : audio.isPresent() || audioExpected == Expected.PRESENT;
    }
}
