package dev.millrace.flv;

import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaKind;
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

    static final int ENHANCED_FORMAT = 9;

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
        TagReader in = new TagReader(body);
        int first = in.unsignedByte("audio header");
        if (first >> 4 != ENHANCED_FORMAT) {
            return parseLegacy(first, in);
        }
        ModEx modEx = ModEx.read(first & 0x0F, in);
        int packetType = modEx.packetType();
        Optional<MultitrackType> multitrack = Optional.empty();
        if (packetType == AudioPacketType.MULTITRACK) {
            int types = in.unsignedByte("multitrack header");
            multitrack = Optional.of(MultitrackType.ofNumber(types >> 4));
            packetType = types & 0x0F;
        }
        AudioPacketType type = AudioPacketType.ofNumber(packetType);
        List<TagTrack> tracks = new TagTracks(MediaKind.AUDIO, /* composed= */ false, in).read(multitrack);
        return new AudioTag(true, ENHANCED_FORMAT, 0, 0, 0, type, multitrack, modEx.timestampOffsetNanos(), tracks);
    }

    private static AudioTag parseLegacy(int first, TagReader in) throws MalformedException {
        int soundFormat = first >> 4;
        Codec codec = legacyCodec(soundFormat);
        AudioPacketType type = codec == Codec.AAC ? legacyPacketType(in.unsignedByte("AACPacketType")) : AudioPacketType.CODED_FRAMES;
        TagTrack track = new TagTrack(0, codec, 0, in.position(), in.remaining());
        return new AudioTag(false, soundFormat, first >> 2 & 3, first >> 1 & 1, first & 1, type, Optional.empty(), 0, List.of(track));
    }

    private static AudioPacketType legacyPacketType(int number) throws MalformedException {
        return switch (number) {
            case 0 -> AudioPacketType.SEQUENCE_START;
            case 1 -> AudioPacketType.CODED_FRAMES;
            default -> throw new MalformedException("AACPacketType " + number + " is not 0 or 1");
        };
    }

    /** 13 is not in the FLV specification, but is sent. */
    private static Codec legacyCodec(int soundFormat) throws MalformedException {
        return switch (soundFormat) {
            case 0, 3 -> Codec.PCM;
            case 1 -> Codec.ADPCM;
            case 2, 14 -> Codec.MP3;
            case 4, 5, 6 -> Codec.NELLYMOSER;
            case 7 -> Codec.G711_ALAW;
            case 8 -> Codec.G711_ULAW;
            case 10 -> Codec.AAC;
            case 11 -> Codec.SPEEX;
            case 13 -> Codec.OPUS;
            case 15 -> Codec.DEVICE_SPECIFIC;
            default -> throw new MalformedException("sound format " + soundFormat + " is reserved");
        };
    }
}
