package dev.millrace.codec;

import dev.millrace.media.Codec;

/**
 * The behaviour of a codec: one object for each, in one exhaustive table. Whatever depends on the codec of a track asks here. Thread-safe.
 *
 * <p>To add a codec, add a constant to {@link Codec}, a package with its configuration record and headers, and a row to {@link #of}; the
 * compiler names what is missing.
 */
public abstract sealed class Coding permits VideoCoding, AudioCoding, Coding.OfData {

    Coding() {}

    /**
     * Returns the behaviour of a codec.
     *
     * @param codec any codec
     * @return the same object at each call
     */
    public static Coding of(Codec codec) {
        return TABLE[codec.ordinal()];
    }

    /**
     * Returns the behaviour of a video codec.
     *
     * @param codec a codec of video
     * @return the same object at each call
     * @throws IllegalArgumentException if the codec is not one of video
     */
    public static VideoCoding ofVideo(Codec codec) {
        if (of(codec) instanceof VideoCoding coding) {
            return coding;
        }
        throw new IllegalArgumentException("codec " + codec + " is not a video codec");
    }

    /**
     * Returns the behaviour of an audio codec.
     *
     * @param codec a codec of audio
     * @return the same object at each call
     * @throws IllegalArgumentException if the codec is not one of audio
     */
    public static AudioCoding ofAudio(Codec codec) {
        if (of(codec) instanceof AudioCoding coding) {
            return coding;
        }
        throw new IllegalArgumentException("codec " + codec + " is not an audio codec");
    }

    private static Coding create(Codec codec) {
        return switch (codec) {
            case AVC -> new AvcCoding();
            case HEVC -> new HevcCoding();
            case VVC -> new VvcCoding();
            case AV1 -> new Av1Coding();
            case VP9 -> new Vp9Coding();
            case VP8 -> new Vp8Coding();
            case SORENSON_H263, SCREEN, SCREEN2, VP6, VP6_ALPHA, H263, MPEG4_PART2 -> new VideoCoding();
            case AAC -> new AacCoding();
            case MP3 -> new Mp3Coding();
            case OPUS -> new OpusCoding();
            case FLAC -> new FlacCoding();
            case AC3 -> new Ac3Coding(/* enhancedAllowed= */ false);
            case EAC3 -> new Ac3Coding(/* enhancedAllowed= */ true);
            case PCM, ADPCM, NELLYMOSER, G711_ALAW, G711_ULAW, SPEEX, DEVICE_SPECIFIC -> new AudioCoding();
            case NONE -> new OfData();
        };
    }

    private static final Coding[] TABLE = table();

    private static Coding[] table() {
        Codec[] codecs = Codec.values();
        Coding[] table = new Coding[codecs.length];
        for (Codec codec : codecs) {
            table[codec.ordinal()] = create(codec);
        }
        return table;
    }

    /**
     * Returns whether coded frames have a composition time in the Enhanced header (Enhanced RTMP v2, "Enhanced Video").
     *
     * @return true for AVC, HEVC and VVC
     */
    public boolean hasCompositionTime() {
        return false;
    }

    /**
     * Returns whether the track has a configuration record. AC-3, E-AC-3 and MP3 have none: each frame says everything, and the body of their
     * sequence start may be empty.
     *
     * @return false if a sequence start without a body is legal
     */
    public boolean hasConfigurationRecord() {
        return true;
    }

    /**
     * Returns whether a decoder that was set up for one description of a track can go on with another.
     *
     * @param before what the decoder was set up for
     * @param now what is in force now
     * @return true if nothing changed that a decoder needs
     */
    public boolean continues(TrackDescription before, TrackDescription now) {
        return now.equals(before);
    }

    /** No coded media. */
    static final class OfData extends Coding {}
}
