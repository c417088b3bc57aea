package dev.millrace.flv;

import dev.millrace.media.Codec;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaKind;
import java.util.List;
import java.util.Optional;

/**
 * A tag as frames see it, audio or video. Immutable.
 *
 * @param kind audio or video
 * @param enhanced whether the first byte is that of Enhanced RTMP
 * @param frameType as in {@link VideoTag}; 0 for audio
 * @param role what the message does
 * @param packetType wire number of the packet type; -1 for a command
 * @param multitrack how tracks are laid out
 * @param tracks those that carry something, in the order of the message: one or more, none for a command
 */
record FrameTag(
        MediaKind kind,
        boolean enhanced,
        int frameType,
        FrameRole role,
        int packetType,
        Optional<MultitrackType> multitrack,
        List<TagTrack> tracks) {

    private static final int FRAME_TYPE_KEY = 1;
    private static final int FRAME_TYPE_INTER = 2;
    private static final int FRAME_TYPE_DISPOSABLE_INTER = 3;
    private static final int FRAME_TYPE_GENERATED_KEY = 4;

    static FrameTag ofVideo(byte[] message) throws MalformedException {
        VideoTag tag = VideoTag.parse(message);
        FrameRole role = switch (tag.packetType()) {
            case SEQUENCE_START, MPEG2TS_SEQUENCE_START -> FrameRole.SEQUENCE_HEADER;
            case CODED_FRAMES, CODED_FRAMES_X -> FrameRole.CODED;
            case SEQUENCE_END -> FrameRole.SEQUENCE_END;
            case METADATA -> FrameRole.CONFIGURATION;
            case COMMAND -> FrameRole.COMMAND;
        };
        List<TagTrack> tracks = role == FrameRole.COMMAND ? List.of() : withoutEmpty(role, tag.tracks());
        if (tag.packetType() == VideoPacketType.MPEG2TS_SEQUENCE_START) {
            requireAv1(tracks);
        }
        return new FrameTag(MediaKind.VIDEO, tag.enhanced(), tag.frameType(), role, tag.packetType().number(), tag.multitrack(), tracks);
    }

    static FrameTag ofAudio(byte[] message) throws MalformedException {
        AudioTag tag = AudioTag.parse(message);
        FrameRole role = switch (tag.packetType()) {
            case SEQUENCE_START -> FrameRole.SEQUENCE_HEADER;
            case CODED_FRAMES -> FrameRole.CODED;
            case SEQUENCE_END -> FrameRole.SEQUENCE_END;
            case MULTICHANNEL_CONFIG -> FrameRole.CONFIGURATION;
        };
        List<TagTrack> tracks = withoutEmpty(role, tag.tracks());
        return new FrameTag(MediaKind.AUDIO, tag.enhanced(), 0, role, tag.packetType().number(), tag.multitrack(), tracks);
    }

    private static List<TagTrack> withoutEmpty(FrameRole role, List<TagTrack> tracks) throws MalformedException {
        if (tracks.size() == 1 && tracks.get(0).bodyLength() > 0) {
            return tracks; // as nearly always
        }
        List<TagTrack> full = tracks.stream().filter(track -> track.bodyLength() > 0 || mayBeEmpty(role, track.codec())).toList();
        if (full.isEmpty()) {
            throw new MalformedException(tracks.get(0).codec() + " " + role + " is empty: ignored");
        }
        return full;
    }

    /** AC-3, E-AC-3 and MP3 say all in their frames: they have no configuration record. */
    private static boolean mayBeEmpty(FrameRole role, Codec codec) {
        boolean recordless = codec == Codec.AC3 || codec == Codec.EAC3 || codec == Codec.MP3;
        return role == FrameRole.SEQUENCE_END || role == FrameRole.SEQUENCE_HEADER && recordless;
    }

    /** For other codecs it is not defined, and must not be taken for their configuration record. */
    private static void requireAv1(List<TagTrack> tracks) throws MalformedException {
        for (TagTrack track : tracks) {
            if (track.codec() != Codec.AV1) {
                throw new MalformedException("MPEG2TSSequenceStart of " + track.codec() + " is not that of AV1");
            }
        }
    }

    boolean manyTracks() {
        return multitrack.isPresent() && multitrack.get() != MultitrackType.ONE_TRACK;
    }

    /** What is known of the whole message: that is, of its lowest track. */
    FrameInfo info(byte[] message) {
        if (role == FrameRole.COMMAND) {
            return new FrameInfo(kind, role, Codec.NONE, 0, false, false);
        }
        TagTrack lowest = tracks.get(0);
        for (TagTrack track : tracks) {
            lowest = track.trackId() < lowest.trackId() ? track : lowest;
        }
        return info(message, lowest, manyTracks());
    }

    /** What is known of one track, alone in its message or not. */
    FrameInfo info(byte[] message, TagTrack track, boolean manyTracks) {
        return new FrameInfo(kind, role, track.codec(), track.trackId(), isKeyframe(message, track), manyTracks);
    }

    private boolean isKeyframe(byte[] message, TagTrack track) {
        if (kind != MediaKind.VIDEO || role != FrameRole.CODED) {
            return false;
        }
        return switch (frameType) {
            case FRAME_TYPE_KEY, FRAME_TYPE_GENERATED_KEY -> true;
            case FRAME_TYPE_INTER, FRAME_TYPE_DISPOSABLE_INTER -> false;
            default -> enhanced && Keyframes.isKeyframe(message, track); // reserved types say nothing
        };
    }
}
