package dev.millrace.track;

import dev.millrace.media.Codec;
import dev.millrace.media.MediaFrame;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A video track at one moment.
 *
 * @param trackId 0 to 255
 * @param codec how it is coded
 * @param codecString what a playlist says of it
 * @param profile for people
 * @param width of the picture as shown, in samples, 0 if it is not known
 * @param height of the picture as shown, in samples, 0 if it is not known
 * @param framesPerSecond what the sequence header says, or else what was measured
 * @param kilobitsPerSecond measured over the last seconds
 * @param keyframeIntervalMillis between the last two keyframes
 * @param sequenceHeader the newest
 */
public record VideoTrack(
        int trackId,
        Codec codec,
        Optional<String> codecString,
        Optional<String> profile,
        int width,
        int height,
        OptionalDouble framesPerSecond,
        OptionalInt kilobitsPerSecond,
        OptionalLong keyframeIntervalMillis,
        Optional<MediaFrame> sequenceHeader)
        implements Track {

    /** Checks for null. */
    public VideoTrack {
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(codecString, "codecString");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(framesPerSecond, "framesPerSecond");
        Objects.requireNonNull(kilobitsPerSecond, "kilobitsPerSecond");
        Objects.requireNonNull(keyframeIntervalMillis, "keyframeIntervalMillis");
        Objects.requireNonNull(sequenceHeader, "sequenceHeader");
    }
}
