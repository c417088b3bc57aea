package dev.millrace.tag;

import dev.millrace.codec.Coding;
import dev.millrace.codec.legacy.LegacySound;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaKind;
import dev.millrace.media.StreamHeaders;
import java.util.Arrays;
import java.util.Optional;

/**
 * The headers of one audio or video message, and where the body of each of its tracks is (FLV E.4.2.1 and E.4.3.1; Enhanced RTMP v2).
 *
 * <pre>
 * legacy audio     sound format (4) rate (2) size (1) type (1) | AAC: packet type (8) | body
 * legacy video     0 frame type (3) codec id (4) | AVC, HEVC, AV1: packet type (8) composition time (24) | body
 * Enhanced audio   9 (4) packet type (4) | ModEx records | multitrack type (4) packet type (4) | tracks
 * Enhanced video   1 frame type (3) packet type (4) | ModEx records | multitrack type (4) packet type (4) | tracks
 *
 * no multitrack            FourCC | body
 * one track                FourCC | track id (8) | body
 * many tracks              FourCC | { track id (8) | size (24) | body } ...
 * many tracks and codecs   { FourCC | track id (8) | size (24) | body } ...
 * </pre>
 *
 * where the body of an Enhanced track starts with a composition time (24) if the packet type and the codec have one.
 *
 * <p>One object parses any number of messages, one after the other, without allocation. Confined to one thread.
 */
public final class TagHeader extends TagReader {

    /** Tracks taken from one message: as many as are kept of a stream. */
    public static final int MAX_TRACKS = StreamHeaders.MAX_TRACKS;

    /** Sound format of an Enhanced audio header. */
    public static final int ENHANCED_SOUND_FORMAT = 9;

    /** Bit of the first byte of an Enhanced video header. */
    public static final int ENHANCED_VIDEO_BIT = 0x80;

    /** Frame type of a hint to seeking players. */
    public static final int FRAME_TYPE_COMMAND = 5;

    /** Packet type of a command, which has no wire number. */
    public static final int NO_PACKET_TYPE = -1;

    /** A message that names no track. */
    public static final int NO_MULTITRACK = -1;

    /** Multitrack type of a message with one track, which it names. */
    public static final int ONE_TRACK = 0;

    /** Packet type of audio and video that is followed by a composition time in the Enhanced header of some codecs. */
    public static final int CODED_FRAMES = 1;

    /** Packet type of Enhanced audio with a multitrack header. */
    public static final int AUDIO_MULTITRACK = 5;

    /** Packet type of Enhanced video with a multitrack header. */
    public static final int VIDEO_MULTITRACK = 6;

    private static final int SEQUENCE_START = 0;
    private static final int SEQUENCE_END = 2;
    private static final int CODED_FRAMES_X = 3;
    private static final int VIDEO_METADATA = 4;
    private static final int MULTICHANNEL_CONFIG = 4;
    private static final int MPEG2TS_SEQUENCE_START = 5;
    private static final int MANY_TRACKS_MANY_CODECS = 2;

    private static final int FRAME_TYPE_KEY = 1;
    private static final int FRAME_TYPE_INTER = 2;
    private static final int FRAME_TYPE_DISPOSABLE_INTER = 3;
    private static final int FRAME_TYPE_GENERATED_KEY = 4;

    private static final int COMPOSITION_TIME_BYTES = 3;

    // Fields of a track.
    private static final int TRACK_ID = 0;
    private static final int CODEC = 1; // ordinal
    private static final int COMPOSITION_TIME_MILLIS = 2;
    private static final int BODY_OFFSET = 3;
    private static final int BODY_LENGTH = 4;
    private static final int FIELDS = 5;

    private static final Codec[] CODECS = Codec.values();

    private MediaKind kind = MediaKind.DATA;
    private int first;
    private boolean enhanced;
    private FrameRole role = FrameRole.COMMAND;
    private int packetType;
    private int multitrackType;
    private int timestampOffsetNanos;

    private int trackCount;
    /** The fields of each track, one track after the other. Nearly all messages have one track. */
    private int[] tracks = new int[FIELDS];

    /** Creates a parser. */
    public TagHeader() {}

    /**
     * Parses the headers of a message, and forgets those of the one before.
     *
     * <p>Reads 8 ModEx records and 16 tracks at most. Further tracks are left out, as are a track identifier that came before and, where each
     * track names its codec, tracks of an unknown codec. Bodies are not looked into, and may be empty.
     *
     * @param messageKind audio or video
     * @param message the whole message; its bytes are not kept
     * @throws MalformedException if a field is cut off or has a value that is not defined, or no track has a codec that is known; what this
     *     object then says is undefined
     */
    public void parse(MediaKind messageKind, Bytes message) throws MalformedException {
        begin(message);
        kind = messageKind;
        trackCount = 0;
        packetType = NO_PACKET_TYPE;
        multitrackType = NO_MULTITRACK;
        timestampOffsetNanos = 0;
        first = unsignedByte(kind == MediaKind.VIDEO ? "video header" : "audio header");
        if (kind == MediaKind.VIDEO) {
            enhanced = (first & ENHANCED_VIDEO_BIT) != 0;
        } else {
            enhanced = first >> 4 == ENHANCED_SOUND_FORMAT;
        }
        if (enhanced) {
            parseEnhanced();
        } else if (kind == MediaKind.VIDEO) {
            parseLegacyVideo();
        } else {
            parseLegacyAudio();
        }
        end();
    }

    private void parseLegacyAudio() throws MalformedException {
        Codec codec = legacyAudioCodec(first >> 4);
        packetType = CODED_FRAMES;
        role = FrameRole.CODED;
        if (codec == Codec.AAC) {
            packetType = unsignedByte("AACPacketType");
            role = switch (packetType) {
                case SEQUENCE_START -> FrameRole.SEQUENCE_HEADER;
                case CODED_FRAMES -> FrameRole.CODED;
                default -> throw new MalformedException("AACPacketType " + packetType + " is not 0 or 1");
            };
        }
        addTrack(0, codec, 0, remaining());
    }

    private void parseLegacyVideo() throws MalformedException {
        if (frameType() == FRAME_TYPE_COMMAND) {
            role = FrameRole.COMMAND;
            return;
        }
        Codec codec = legacyVideoCodec(first & 0x0F);
        packetType = CODED_FRAMES;
        role = FrameRole.CODED;
        int compositionTimeMillis = 0;
        if (codec == Codec.AVC || codec == Codec.HEVC || codec == Codec.AV1) {
            packetType = unsignedByte("AVCPacketType");
            role = switch (packetType) {
                case SEQUENCE_START -> FrameRole.SEQUENCE_HEADER;
                case CODED_FRAMES -> FrameRole.CODED;
                case SEQUENCE_END -> FrameRole.SEQUENCE_END;
                default -> throw new MalformedException("AVCPacketType " + packetType + " is not 0 to 2");
            };
            if (role == FrameRole.CODED) {
                compositionTimeMillis = signedMedium("composition time");
            } else {
                // No composition time, though its bytes are there. Some senders end a sequence without them.
                boolean cutOff = role == FrameRole.SEQUENCE_END && remaining() < COMPOSITION_TIME_BYTES;
                skip(cutOff ? remaining() : COMPOSITION_TIME_BYTES, "composition time");
            }
        }
        addTrack(0, codec, compositionTimeMillis, remaining());
    }

    private void parseEnhanced() throws MalformedException {
        packetType = first & 0x0F;
        if (packetType == ModEx.PACKET_TYPE) {
            ModEx modEx = ModEx.read(packetType, this);
            packetType = modEx.packetType();
            timestampOffsetNanos = modEx.timestampOffsetNanos();
        }
        boolean video = kind == MediaKind.VIDEO;
        if (video && frameType() == FRAME_TYPE_COMMAND && packetType != VIDEO_METADATA) {
            packetType = NO_PACKET_TYPE;
            role = FrameRole.COMMAND;
            return;
        }
        if (packetType == (video ? VIDEO_MULTITRACK : AUDIO_MULTITRACK)) {
            int types = unsignedByte("multitrack header");
            multitrackType = types >> 4;
            packetType = types & 0x0F;
            if (multitrackType > MANY_TRACKS_MANY_CODECS) {
                throw new MalformedException("multitrack type " + multitrackType + " is not 0 to 2");
            }
        }
        role = video ? videoRole(packetType) : audioRole(packetType);
        parseTracks();
        if (video && packetType == MPEG2TS_SEQUENCE_START) {
            requireAv1();
        }
    }

    private static FrameRole videoRole(int packetType) throws MalformedException {
        return switch (packetType) {
            case SEQUENCE_START, MPEG2TS_SEQUENCE_START -> FrameRole.SEQUENCE_HEADER;
            case CODED_FRAMES, CODED_FRAMES_X -> FrameRole.CODED;
            case SEQUENCE_END -> FrameRole.SEQUENCE_END;
            case VIDEO_METADATA -> FrameRole.CONFIGURATION;
            default -> throw new MalformedException("video packet type " + packetType + " is not 0 to 5");
        };
    }

    private static FrameRole audioRole(int packetType) throws MalformedException {
        return switch (packetType) {
            case SEQUENCE_START -> FrameRole.SEQUENCE_HEADER;
            case CODED_FRAMES -> FrameRole.CODED;
            case SEQUENCE_END -> FrameRole.SEQUENCE_END;
            case MULTICHANNEL_CONFIG -> FrameRole.CONFIGURATION;
            default -> throw new MalformedException("audio packet type " + packetType + " is not 0, 1, 2 or 4");
        };
    }

    private void parseTracks() throws MalformedException {
        if (multitrackType == MANY_TRACKS_MANY_CODECS) {
            int fourCc;
            do {
                fourCc = fourCc();
                parseSized(Codec.ofFourCc(kind, fourCc));
            } while (remaining() > 0 && trackCount < MAX_TRACKS);
            if (trackCount == 0) {
                throw unknown(fourCc);
            }
            return;
        }
        int fourCc = fourCc();
        Optional<Codec> codec = Codec.ofFourCc(kind, fourCc);
        if (codec.isEmpty()) {
            throw unknown(fourCc);
        }
        if (multitrackType == NO_MULTITRACK) {
            parseTrack(0, codec.get(), remaining());
        } else if (multitrackType == ONE_TRACK) {
            int trackId = unsignedByte("track id");
            parseTrack(trackId, codec.get(), remaining());
        } else {
            do {
                parseSized(codec);
            } while (remaining() > 0 && trackCount < MAX_TRACKS);
        }
    }

    /** Parses one track with its size. One whose codec is not known, or whose identifier came before, is left out. */
    private void parseSized(Optional<Codec> codec) throws MalformedException {
        int trackId = unsignedByte("track id");
        int size = unsignedMedium("track size");
        if (codec.isEmpty() || indexOf(trackId) >= 0) {
            skipTrack(trackId, size);
            return;
        }
        parseTrack(trackId, codec.get(), size);
    }

    private void parseTrack(int trackId, Codec codec, int size) throws MalformedException {
        int compositionTimeMillis = 0;
        int length = size;
        boolean composed = kind == MediaKind.VIDEO && packetType == CODED_FRAMES;
        if (composed && size > 0 && Coding.of(codec).hasCompositionTime()) {
            if (size < COMPOSITION_TIME_BYTES) {
                throw new MalformedException("track " + trackId + " of " + size + " bytes has no room for a composition time");
            }
            compositionTimeMillis = signedMedium("composition time");
            length -= COMPOSITION_TIME_BYTES;
        }
        addTrack(trackId, codec, compositionTimeMillis, length);
    }

    private void addTrack(int trackId, Codec codec, int compositionTimeMillis, int length) throws MalformedException {
        int at = trackCount * FIELDS;
        if (at == tracks.length) {
            tracks = Arrays.copyOf(tracks, MAX_TRACKS * FIELDS);
        }
        tracks[at + TRACK_ID] = trackId;
        tracks[at + CODEC] = codec.ordinal();
        tracks[at + COMPOSITION_TIME_MILLIS] = compositionTimeMillis;
        tracks[at + BODY_OFFSET] = skipTrack(trackId, length);
        tracks[at + BODY_LENGTH] = length;
        trackCount++;
    }

    /** For other codecs it is not defined, and must not be taken for their configuration record. */
    private void requireAv1() throws MalformedException {
        for (int i = 0; i < trackCount; i++) {
            if (codec(i) != Codec.AV1) {
                throw new MalformedException("MPEG2TSSequenceStart of " + codec(i) + " is not that of AV1");
            }
        }
    }

    private MalformedException unknown(int fourCc) {
        StringBuilder text = new StringBuilder();
        for (int shift = 24; shift >= 0; shift -= 8) {
            int character = fourCc >> shift & 0xFF;
            boolean plain = character > ' ' && character < 0x7F && character != '\\' && character != '"';
            text.append(plain ? String.valueOf((char) character) : String.format("\\x%02x", character));
        }
        return new MalformedException((kind == MediaKind.VIDEO ? "video" : "audio") + " FourCC \"" + text + "\" is not known");
    }

    /** 13 is not in the FLV specification, but is sent. */
    private static Codec legacyAudioCodec(int soundFormat) throws MalformedException {
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

    /** 8, 9, 12 and 13 are not in the FLV specification, but are sent. */
    private static Codec legacyVideoCodec(int codecId) throws MalformedException {
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

    /**
     * Parses the headers of a message, and leaves out tracks with an empty body where their role needs one.
     *
     * @param messageKind audio or video
     * @param message the whole message; its bytes are not kept
     * @throws MalformedException as {@link #parse}, and if no track is left that a message must have
     */
    public void parseNonEmpty(MediaKind messageKind, Bytes message) throws MalformedException {
        parse(messageKind, message);
        if (role == FrameRole.COMMAND) {
            return;
        }
        int kept = 0;
        for (int i = 0; i < trackCount; i++) {
            if (bodyLength(i) > 0 || mayBeEmpty(codec(i))) {
                System.arraycopy(tracks, i * FIELDS, tracks, FIELDS * kept++, FIELDS);
            }
        }
        if (kept == 0) {
            throw new MalformedException(codec(0) + " " + role + " is empty: ignored");
        }
        trackCount = kept;
    }

    private boolean mayBeEmpty(Codec codec) {
        return role == FrameRole.SEQUENCE_END
                || role == FrameRole.SEQUENCE_HEADER && !Coding.of(codec).hasConfigurationRecord();
    }

    /**
     * Returns whether the message is audio or video.
     *
     * @return the kind
     */
    public MediaKind kind() {
        return kind;
    }

    /**
     * Returns whether the header is that of Enhanced RTMP.
     *
     * @return false for a legacy header
     */
    public boolean isEnhanced() {
        return enhanced;
    }

    /**
     * Returns the frame type of video.
     *
     * @return 0 to 7: 1 key, 2 inter, 3 disposable inter, 4 generated key, 5 command; the others are reserved. 0 for audio
     */
    public int frameType() {
        return kind == MediaKind.VIDEO ? first >> 4 & 7 : 0;
    }

    /**
     * Returns whether the frame type says that decoding can start here.
     *
     * @return true for a key frame and a generated key frame
     */
    public boolean isLabelledKey() {
        return frameType() == FRAME_TYPE_KEY || frameType() == FRAME_TYPE_GENERATED_KEY;
    }

    /**
     * Returns whether the frame type says that decoding cannot start here.
     *
     * @return true for an inter frame and a disposable inter frame; false for reserved types, which say nothing
     */
    public boolean isLabelledInter() {
        return frameType() == FRAME_TYPE_INTER || frameType() == FRAME_TYPE_DISPOSABLE_INTER;
    }

    /**
     * Returns the first byte of legacy audio: sound format, rate, size and type.
     *
     * @return 0 to 255
     */
    public int soundFlags() {
        return first;
    }

    /**
     * Returns what the fields of a legacy audio header say of the sound.
     *
     * @return empty where they say nothing
     */
    public Optional<LegacySound> legacySound() {
        return enhanced ? Optional.empty() : LegacySound.of(first >> 4, first >> 2 & 3, first >> 1 & 1, first & 1);
    }

    /**
     * Returns what the message does.
     *
     * @return a role of audio or video
     */
    public FrameRole role() {
        return role;
    }

    /**
     * Returns the packet type, in the numbers of Enhanced RTMP for legacy headers too.
     *
     * @return the wire number, or {@link #NO_PACKET_TYPE} for a command
     */
    public int packetType() {
        return packetType;
    }

    /**
     * Returns how tracks are laid out.
     *
     * @return the wire number, or {@link #NO_MULTITRACK}
     */
    public int multitrackType() {
        return multitrackType;
    }

    /**
     * Returns whether the message may hold several tracks.
     *
     * @return true for multitrack types 1 and 2
     */
    public boolean hasManyTracks() {
        return multitrackType > ONE_TRACK;
    }

    /**
     * Returns what is to be added to the presentation time.
     *
     * @return 0 to 999999 nanoseconds
     */
    public int timestampOffsetNanos() {
        return timestampOffsetNanos;
    }

    /**
     * Returns how many tracks the message has.
     *
     * @return 0 for a command, else 1 to {@link #MAX_TRACKS}; no identifier twice
     */
    public int trackCount() {
        return trackCount;
    }

    /**
     * Returns the place of a track in the message.
     *
     * @param trackId the track, 0 to 255
     * @return its index, or -1 if it is not there
     */
    public int indexOf(int trackId) {
        for (int i = 0; i < trackCount; i++) {
            if (trackId(i) == trackId) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Returns the place of the track with the lowest identifier.
     *
     * @return its index
     */
    public int lowestTrack() {
        int lowest = 0;
        for (int i = 1; i < trackCount; i++) {
            lowest = trackId(i) < trackId(lowest) ? i : lowest;
        }
        return lowest;
    }

    /**
     * Returns the identifier of a track.
     *
     * @param index 0 to {@code trackCount() - 1}
     * @return 0 to 255; 0 where the message names no track
     */
    public int trackId(int index) {
        return tracks[index * FIELDS + TRACK_ID];
    }

    /**
     * Returns the codec of a track.
     *
     * @param index 0 to {@code trackCount() - 1}
     * @return the codec
     */
    public Codec codec(int index) {
        return CODECS[tracks[index * FIELDS + CODEC]];
    }

    /**
     * Returns presentation time minus decoding time of a track.
     *
     * @param index 0 to {@code trackCount() - 1}
     * @return milliseconds, -8388608 to 8388607; 0 where the message has none
     */
    public int compositionTimeMillis(int index) {
        return tracks[index * FIELDS + COMPOSITION_TIME_MILLIS];
    }

    /**
     * Returns where the body of a track begins, behind all headers and the composition time.
     *
     * @param index 0 to {@code trackCount() - 1}
     * @return index in the message
     */
    public int bodyOffset(int index) {
        return tracks[index * FIELDS + BODY_OFFSET];
    }

    /**
     * Returns how long the body of a track is.
     *
     * @param index 0 to {@code trackCount() - 1}
     * @return bytes, 0 or more
     */
    public int bodyLength(int index) {
        return tracks[index * FIELDS + BODY_LENGTH];
    }
}
