package dev.millrace.track;

import dev.millrace.media.Codec;
import dev.millrace.media.MediaFrame;
import java.util.Optional;
import java.util.OptionalInt;

/** One track at one moment. Immutable. */
public sealed interface Track permits VideoTrack, AudioTrack {

    /**
     * The track.
     *
     * @return 0 for the default one, at most 255
     */
    int trackId();

    /**
     * How it is coded.
     *
     * @return the codec of its newest header or frame
     */
    Codec codec();

    /**
     * What a playlist says of it (RFC 6381).
     *
     * @return for example {@code avc1.64001f}, or empty where it is not known or there is none
     */
    Optional<String> codecString();

    /**
     * The profile for people.
     *
     * @return for example {@code High}, or empty
     */
    Optional<String> profile();

    /**
     * The sequence header in force.
     *
     * @return the message, or empty if none came
     */
    Optional<MediaFrame> sequenceHeader();

    /**
     * Measured over the last seconds.
     *
     * @return kilobits a second of coded frames, or empty in the first second
     */
    OptionalInt kilobitsPerSecond();
}
