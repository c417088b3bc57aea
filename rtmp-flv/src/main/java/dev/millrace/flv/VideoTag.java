package dev.millrace.flv;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaKind;
import dev.millrace.tag.TagHeader;
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
        TagHeader header = new TagHeader();
        header.parse(MediaKind.VIDEO, body);
        return new VideoTag(
                header.isEnhanced(),
                header.frameType(),
                VideoPacketType.ofNumber(header.packetType()),
                MultitrackType.of(header),
                header.timestampOffsetNanos(),
                TagTrack.of(header));
    }
}
