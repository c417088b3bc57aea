package dev.millrace.codec;

import dev.millrace.media.Bytes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of the coding of a video track. Immutable.
 *
 * @param configuration the configuration record in force; empty if none came
 * @param nalUnitLengthBytes bytes of the length before each NAL unit, 1, 2 or 4
 * @param parameterSets what a decoder needs before a random access point, in decoding order; empty if they are not all known
 * @param decoderKey a decoder can go on as long as this is equal
 * @param picture what is known of the pictures
 */
public record VideoDescription(
        Bytes configuration, int nalUnitLengthBytes, List<Bytes> parameterSets, List<Bytes> decoderKey, Picture picture)
        implements TrackDescription {

    /** Bytes of a length where no configuration record says otherwise: every known encoder writes four. */
    static final int DEFAULT_LENGTH_BYTES = 4;

    /** Nothing but the codec is known. */
    public static final VideoDescription UNKNOWN =
            new VideoDescription(Bytes.EMPTY, DEFAULT_LENGTH_BYTES, List.of(), List.of(), Picture.UNKNOWN);

    /** Checks for null and copies the lists. */
    public VideoDescription {
        Objects.requireNonNull(configuration, "configuration");
        parameterSets = List.copyOf(parameterSets);
        decoderKey = List.copyOf(decoderKey);
        Objects.requireNonNull(picture, "picture");
    }

    @Override
    public Optional<String> codecString() {
        return picture.codecString();
    }

    @Override
    public Optional<String> profile() {
        return picture.profile();
    }

    /** A codec without NAL units whose decoder starts anew with each record. */
    static VideoDescription of(Bytes configuration, Picture picture) {
        return new VideoDescription(configuration, DEFAULT_LENGTH_BYTES, List.of(), List.of(configuration), picture);
    }

    VideoDescription withPicture(Picture other) {
        return picture.equals(other)
                ? this
                : new VideoDescription(configuration, nalUnitLengthBytes, parameterSets, decoderKey, other);
    }

    /**
     * What is known of the pictures of a track. Immutable.
     *
     * @param codecString RFC 6381, such as {@code avc1.64001f}
     * @param profile for people, such as {@code High}
     * @param width in samples as shown, 0 if not known
     * @param height in samples as shown, 0 if not known
     * @param framesPerSecond as the parameter set or sequence header says it
     */
    public record Picture(
            Optional<String> codecString, Optional<String> profile, int width, int height, OptionalDouble framesPerSecond) {

        static final Picture UNKNOWN = new Picture(Optional.empty(), Optional.empty(), 0, 0, OptionalDouble.empty());

        /** Checks for null. */
        public Picture {
            Objects.requireNonNull(codecString, "codecString");
            Objects.requireNonNull(profile, "profile");
            Objects.requireNonNull(framesPerSecond, "framesPerSecond");
        }

        Picture withSize(int newWidth, int newHeight) {
            return new Picture(codecString, profile, newWidth, newHeight, framesPerSecond);
        }
    }
}
