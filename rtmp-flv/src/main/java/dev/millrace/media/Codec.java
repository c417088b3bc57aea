package dev.millrace.media;

import java.util.Optional;

/** The coding of a track, whichever header form announced it. */
public enum Codec {
    /** H.264. */
    AVC(MediaKind.VIDEO, "avc", "avc1"),
    /** H.265. */
    HEVC(MediaKind.VIDEO, "hevc", "hvc1"),
    /** H.266. */
    VVC(MediaKind.VIDEO, "vvc", "vvc1"),
    /** AV1. */
    AV1(MediaKind.VIDEO, "av1", "av01"),
    /** VP8. */
    VP8(MediaKind.VIDEO, "vp8", "vp08"),
    /** VP9. */
    VP9(MediaKind.VIDEO, "vp9", "vp09"),
    /** Sorenson Spark. */
    SORENSON_H263(MediaKind.VIDEO, "sorenson-h263", ""),
    /** Screen video, first version. */
    SCREEN(MediaKind.VIDEO, "screen", ""),
    /** Screen video, second version. */
    SCREEN2(MediaKind.VIDEO, "screen2", ""),
    /** On2 VP6. */
    VP6(MediaKind.VIDEO, "vp6", ""),
    /** On2 VP6 with an alpha channel. */
    VP6_ALPHA(MediaKind.VIDEO, "vp6-alpha", ""),
    /** H.263 proper, codec identifier 8 of some senders. */
    H263(MediaKind.VIDEO, "h263", ""),
    /** MPEG-4 part 2, codec identifier 9 of some senders. */
    MPEG4_PART2(MediaKind.VIDEO, "mpeg4", ""),
    /** AAC in any profile. */
    AAC(MediaKind.AUDIO, "aac", "mp4a"),
    /** MPEG audio layer III. */
    MP3(MediaKind.AUDIO, "mp3", ".mp3"),
    /** Opus. */
    OPUS(MediaKind.AUDIO, "opus", "Opus"),
    /** FLAC. */
    FLAC(MediaKind.AUDIO, "flac", "fLaC"),
    /** AC-3. */
    AC3(MediaKind.AUDIO, "ac-3", "ac-3"),
    /** E-AC-3. */
    EAC3(MediaKind.AUDIO, "ec-3", "ec-3"),
    /** Linear PCM, in the byte order of the sender or little-endian. */
    PCM(MediaKind.AUDIO, "pcm", ""),
    /** ADPCM. */
    ADPCM(MediaKind.AUDIO, "adpcm", ""),
    /** Nellymoser at any rate. */
    NELLYMOSER(MediaKind.AUDIO, "nellymoser", ""),
    /** G.711 A-law. */
    G711_ALAW(MediaKind.AUDIO, "g711-alaw", ""),
    /** G.711 mu-law. */
    G711_ULAW(MediaKind.AUDIO, "g711-ulaw", ""),
    /** Speex. */
    SPEEX(MediaKind.AUDIO, "speex", ""),
    /** Sound of the sender's device, coding unknown. */
    DEVICE_SPECIFIC(MediaKind.AUDIO, "device-specific", ""),
    /** Data, and messages that carry no coded media. */
    NONE(MediaKind.DATA, "none", "");

    private final MediaKind kind;
    private final String codecName;
    private final String fourCc;

    Codec(MediaKind kind, String codecName, String fourCc) {
        this.kind = kind;
        this.codecName = codecName;
        this.fourCc = fourCc;
    }

    /**
     * Finds the codec of an Enhanced RTMP FourCC.
     *
     * @param kind audio or video: the two have separate sets
     * @param fourCc the four bytes as they stand in the message, first byte in the highest bits
     * @return the codec, or empty if the FourCC is none that the specification lists
     */
    public static Optional<Codec> ofFourCc(MediaKind kind, int fourCc) {
        for (Codec codec : VALUES) {
            if (codec.kind == kind && !codec.fourCc.isEmpty() && codec.fourCcValue() == fourCc) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }

    private static final Codec[] VALUES = values();

    /**
     * What the codec codes.
     *
     * @return audio, video, or data for {@link #NONE}
     */
    public MediaKind kind() {
        return kind;
    }

    /**
     * The name shown to people and in interfaces: {@code avc}, {@code hevc}, {@code aac}, {@code ac-3} and so on.
     *
     * @return a name in lower case
     */
    public String codecName() {
        return codecName;
    }

    /**
     * The FourCC of Enhanced RTMP.
     *
     * @return four characters, or empty if the codec only exists with a legacy header
     */
    public Optional<String> fourCc() {
        return fourCc.isEmpty() ? Optional.empty() : Optional.of(fourCc);
    }

    /**
     * The FourCC as it stands on the wire.
     *
     * @return the four bytes, first one in the highest bits
     * @throws IllegalStateException if the codec has no FourCC
     */
    public int fourCcValue() {
        if (fourCc.isEmpty()) {
            throw new IllegalStateException(this + " has no FourCC");
        }
        return fourCc.charAt(0) << 24 | fourCc.charAt(1) << 16 | fourCc.charAt(2) << 8 | fourCc.charAt(3);
    }
}
