package dev.millrace.flv;

import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The headers of a video message, legacy or Enhanced (FLV E.4.3.1, Enhanced RTMP v2 "Enhanced Video"). Immutable.
 *
 * <pre>
 * legacy     0 frame type (3) codec id (4) | AVC, HEVC, AV1: packet type (8) composition time (24) | body
 * Enhanced   1 frame type (3) packet type (4) | ModEx records | multitrack type (4) packet type (4) | tracks
 * </pre>
 *
 * <p>Of a legacy message without packet type it says {@link VideoPacketType#CODED_FRAMES}.
 *
 * @param enhanced whether the first byte is that of Enhanced RTMP
 * @param frameType 0 to 7: 1 key, 2 inter, 3 disposable inter, 4 generated key, 5 command; the others are reserved, 0 is sent nevertheless
 * @param packetType what the message carries, in all of its tracks
 * @param multitrack how tracks are laid out; empty where the message names no track
 * @param timestampOffsetNanos 0 to 999999 nanoseconds, to be added to the presentation time
 * @param tracks one or more, none for a command; no identifier twice
 */
public record VideoTag(
        boolean enhanced,
        int frameType,
        VideoPacketType packetType,
        Optional<MultitrackType> multitrack,
        int timestampOffsetNanos,
        List<TagTrack> tracks) {

    static final int ENHANCED_BIT = 0x80;
    static final int FRAME_TYPE_COMMAND = 5;

    /** Checks for null and copies the list. */
    public VideoTag {
        Objects.requireNonNull(packetType, "packetType");
        Objects.requireNonNull(multitrack, "multitrack");
        tracks = List.copyOf(tracks);
    }

    /**
     * Reads the headers of a message.
     *
     * <p>Reads 8 ModEx records and 16 tracks at most; further tracks are left out, as are a track identifier that came before and, where each
     * track names its codec, tracks of an unknown codec. Bodies are not looked into, and may be empty.
     *
     * @param body the whole message; borrowed
     * @return the headers
     * @throws MalformedException if a field is cut off or has a value that is not defined, or no track has a codec that is known: the reason
     *     then has its FourCC
     */
    public static VideoTag parse(byte[] body) throws MalformedException {
        return parse(Bytes.takeOver(body));
    }

    /**
     * Reads the headers of a message.
     *
     * <p>Reads 8 ModEx records and 16 tracks at most; further tracks are left out, as are a track identifier that came before and, where each
     * track names its codec, tracks of an unknown codec. Bodies are not looked into, and may be empty.
     *
     * @param body the whole message; borrowed
     * @return the headers
     * @throws MalformedException if a field is cut off or has a value that is not defined, or no track has a codec that is known: the reason
     *     then has its FourCC
     */
    public static VideoTag parse(Bytes body) throws MalformedException {
        TagReader in = new TagReader(body);
        int first = in.unsignedByte("video header");
        int frameType = first >> 4 & 7;
        if ((first & ENHANCED_BIT) == 0) {
            return parseLegacy(frameType, first & 0x0F, in);
        }
        ModEx modEx = ModEx.read(first & 0x0F, in);
        int nanos = modEx.timestampOffsetNanos();
        if (frameType == FRAME_TYPE_COMMAND && modEx.packetType() != VideoPacketType.METADATA.number()) {
            return new VideoTag(true, frameType, VideoPacketType.COMMAND, Optional.empty(), nanos, List.of());
        }
        int packetType = modEx.packetType();
        Optional<MultitrackType> multitrack = Optional.empty();
        if (packetType == VideoPacketType.MULTITRACK) {
            int types = in.unsignedByte("multitrack header");
            multitrack = Optional.of(MultitrackType.ofNumber(types >> 4));
            packetType = types & 0x0F;
        }
        VideoPacketType type = VideoPacketType.ofNumber(packetType);
        TagTracks tracks = new TagTracks(MediaKind.VIDEO, /* composed= */ type == VideoPacketType.CODED_FRAMES, in);
        return new VideoTag(true, frameType, type, multitrack, nanos, tracks.read(multitrack));
    }

    private static VideoTag parseLegacy(int frameType, int codecId, TagReader in) throws MalformedException {
        if (frameType == FRAME_TYPE_COMMAND) {
            return legacy(frameType, VideoPacketType.COMMAND, List.of());
        }
        Codec codec = legacyCodec(codecId);
        VideoPacketType type = VideoPacketType.CODED_FRAMES;
        int compositionTimeMillis = 0;
        if (codec == Codec.AVC || codec == Codec.HEVC || codec == Codec.AV1) {
            type = legacyPacketType(in.unsignedByte("AVCPacketType"));
            if (type == VideoPacketType.CODED_FRAMES) {
                compositionTimeMillis = in.signedMedium("composition time");
            } else {
                // No composition time, though its bytes are there. Some senders end a sequence without them.
                boolean cutOff = type == VideoPacketType.SEQUENCE_END && in.remaining() < 3;
                in.skip(cutOff ? in.remaining() : 3, "composition time");
            }
        }
        return legacy(frameType, type, List.of(new TagTrack(0, codec, compositionTimeMillis, in.position(), in.remaining())));
    }

    private static VideoTag legacy(int frameType, VideoPacketType packetType, List<TagTrack> tracks) {
        return new VideoTag(false, frameType, packetType, Optional.empty(), 0, tracks);
    }

    private static VideoPacketType legacyPacketType(int number) throws MalformedException {
        return switch (number) {
            case 0 -> VideoPacketType.SEQUENCE_START;
            case 1 -> VideoPacketType.CODED_FRAMES;
            case 2 -> VideoPacketType.SEQUENCE_END;
            default -> throw new MalformedException("AVCPacketType " + number + " is not 0 to 2");
        };
    }

    /** 8, 9, 12 and 13 are not in the FLV specification, but are sent. */
    private static Codec legacyCodec(int codecId) throws MalformedException {
        return switch (codecId) {
            case 2 -> Codec.SORENSON_H263;
            case 3 -> Codec.SCREEN;
            case 4 -> Codec.VP6;
            case 5 -> Codec.VP6_ALPHA;
            case 6 -> Codec.SCREEN2;
            case 7 -> Codec.AVC;
            case 8 -> Codec.H263;
            case 9 -> Codec.MPEG4_PART2;
            case 12 -> Codec.HEVC;
            case 13 -> Codec.AV1;
            default -> throw new MalformedException("video codec id " + codecId + " is not 2 to 9, 12 or 13");
        };
    }
}
