package dev.millrace.codec;

import dev.millrace.media.Bytes;
import java.util.Optional;

/** What is known of the coding of a track, whatever its kind. Immutable. */
public sealed interface TrackDescription permits VideoDescription, AudioDescription {

    /**
     * Returns the configuration record in force.
     *
     * @return empty if none came, or the codec has none
     */
    Bytes configuration();

    /**
     * Returns the codec string (RFC 6381).
     *
     * @return for example {@code avc1.64001f}
     */
    Optional<String> codecString();

    /**
     * Returns the name of the profile.
     *
     * @return for example {@code High}
     */
    Optional<String> profile();
}
