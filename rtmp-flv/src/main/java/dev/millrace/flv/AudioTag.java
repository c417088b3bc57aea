package dev.millrace.flv;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaKind;
import dev.millrace.tag.TagHeader;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The headers of an audio message, legacy or Enhanced (FLV E.4.2.1, Enhanced RTMP v2 "Enhanced Audio"). Immutable.
 *
 * <pre>
 * legacy     sound format (4) rate (2) size (1) type (1) | AAC: packet type (8) | body
 * Enhanced   9 (4) packet type (4) | ModEx records | multitrack type (4) packet type (4) | tracks
 * </pre>
 *
 * <p>Of a legacy message without packet type it says {@link AudioPacketType#CODED_FRAMES}.
 *
 * @param enhanced whether the first byte is that of Enhanced RTMP
 * @param soundFormat 0 to 15; 9 where {@code enhanced}
 * @param soundRate 0 to 3 for 5.5, 11, 22 and 44 kHz; 0 where {@code enhanced}; says nothing of AAC and Speex
 * @param soundSize 0 for 8 bits, 1 for 16 bits; 0 where {@code enhanced}
 * @param soundType 0 for mono, 1 for stereo; 0 where {@code enhanced}; says nothing of AAC and Speex
 * @param packetType what the message carries, in all of its tracks
 * @param multitrack how tracks are laid out; empty where the message names no track
 * @param timestampOffsetNanos 0 to 999999 nanoseconds, to be added to the presentation time
 * @param tracks one or more; no identifier twice
 */
public record AudioTag(
        boolean enhanced,
        int soundFormat,
        int soundRate,
        int soundSize,
        int soundType,
        AudioPacketType packetType,
        Optional<MultitrackType> multitrack,
        int timestampOffsetNanos,
        List<TagTrack> tracks) {

    /** Checks for null and copies the list. */
    public AudioTag {
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
     * @param body the whole message, at least one byte; borrowed
     * @return the headers
     * @throws MalformedException if a field is cut off or has a value that is not defined, or no track has a codec that is known: the reason
     *     then has its FourCC
     */
    public static AudioTag parse(byte[] body) throws MalformedException {
        return parse(Bytes.takeOver(body));
    }

    /**
     * Reads the headers of a message.
     *
     * <p>Reads 8 ModEx records and 16 tracks at most; further tracks are left out, as are a track identifier that came before and, where each
     * track names its codec, tracks of an unknown codec. Bodies are not looked into, and may be empty.
     *
     * @param body the whole message, at least one byte; borrowed
     * @return the headers
     * @throws MalformedException if a field is cut off or has a value that is not defined, or no track has a codec that is known: the reason
     *     then has its FourCC
     */
    public static AudioTag parse(Bytes body) throws MalformedException {
        TagHeader header = new TagHeader();
        header.parse(MediaKind.AUDIO, body);
        boolean enhanced = header.isEnhanced();
        int flags = header.soundFlags();
        return new AudioTag(
                enhanced,
                flags >> 4,
                enhanced ? 0 : flags >> 2 & 3,
                enhanced ? 0 : flags >> 1 & 1,
                enhanced ? 0 : flags & 1,
                AudioPacketType.ofNumber(header.packetType()),
                MultitrackType.of(header),
                header.timestampOffsetNanos(),
                TagTrack.of(header));
    }
}
