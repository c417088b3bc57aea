package dev.millrace.codec;

import dev.millrace.media.Bytes;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of the coding of an audio track; a decoder can go on as long as this is equal. Immutable.
 *
 * @param configuration the configuration record in force; empty if none came, or the codec has none
 * @param codecString RFC 6381, such as {@code mp4a.40.2}
 * @param profile for people, such as {@code LC}
 * @param sampleRateHz what a decoder gives, 0 if not known
 * @param channels what a decoder gives, 0 if not known
 * @param codedSampleRateHz the rate that {@code samplesPerFrame} counts, 0 if not known
 * @param samplesPerFrame samples for each channel in each frame; 0 if frames differ, or if it is not known
 */
public record AudioDescription(
        Bytes configuration,
        Optional<String> codecString,
        Optional<String> profile,
        int sampleRateHz,
        int channels,
        int codedSampleRateHz,
        int samplesPerFrame)
        implements TrackDescription {

    /** Nothing but the codec is known. */
    public static final AudioDescription UNKNOWN =
            new AudioDescription(Bytes.EMPTY, Optional.empty(), Optional.empty(), 0, 0, 0, 0);

    /** Checks for null. */
    public AudioDescription {
        Objects.requireNonNull(configuration, "configuration");
        Objects.requireNonNull(codecString, "codecString");
        Objects.requireNonNull(profile, "profile");
    }

    static AudioDescription of(Bytes configuration, String codecString, int sampleRateHz, int channels, int samplesPerFrame) {
        return new AudioDescription(
                configuration, Optional.of(codecString), Optional.empty(), sampleRateHz, channels, sampleRateHz, samplesPerFrame);
    }
}
