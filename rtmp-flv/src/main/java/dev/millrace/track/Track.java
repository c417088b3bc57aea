package dev.millrace.track;

import dev.millrace.media.Codec;
import dev.millrace.sample.TrackFormat;
import java.util.Optional;
import java.util.OptionalInt;

/** One track at one moment: its format, and what was measured. Immutable. */
public sealed interface Track permits VideoTrack, AudioTrack {

    /**
     * Returns how the track is coded.
     *
     * @return the format of its newest header or sample
     */
    TrackFormat format();

    /**
     * Returns the measured bit rate.
     *
     * @return kilobits a second of coded frames over the last seconds; empty in the first second
     */
    OptionalInt kilobitsPerSecond();

    /**
     * Returns the track.
     *
     * @return 0 for the default track, at most 255
     */
    default int trackId() {
        return format().trackId();
    }

    /**
     * Returns the codec.
     *
     * @return that of the format
     */
    default Codec codec() {
        return format().codec();
    }

    /**
     * Returns the codec string of playlists (RFC 6381).
     *
     * @return for example {@code avc1.64001f}; empty if it is not known, or the codec has none
     */
    default Optional<String> codecString() {
        return format().codecString();
    }

    /**
     * Returns the name of the profile.
     *
     * @return for example {@code High}; empty if it is not known
     */
    default Optional<String> profile() {
        return format().profile();
    }
}
