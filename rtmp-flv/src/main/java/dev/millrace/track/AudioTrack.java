package dev.millrace.track;

import dev.millrace.media.Codec;
import dev.millrace.media.MediaFrame;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An audio track at one moment.
 *
 * @param trackId 0 to 255
 * @param codec how it is coded
 * @param codecString what a playlist says of it
 * @param profile for people
 * @param sampleRateHz of what a decoder gives, 0 if it is not known
 * @param channels of what a decoder gives, 0 if it is not known
 * @param kilobitsPerSecond measured over the last seconds
 * @param sequenceHeader the newest
 */
public record AudioTrack(
        int trackId,
        Codec codec,
        Optional<String> codecString,
        Optional<String> profile,
        int sampleRateHz,
        int channels,
        OptionalInt kilobitsPerSecond,
        Optional<MediaFrame> sequenceHeader)
        implements Track {

    /** Checks for null. */
    public AudioTrack {
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(codecString, "codecString");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(kilobitsPerSecond, "kilobitsPerSecond");
        Objects.requireNonNull(sequenceHeader, "sequenceHeader");
    }
}
