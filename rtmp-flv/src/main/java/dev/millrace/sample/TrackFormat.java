package dev.millrace.sample;

import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.MediaKind;
import java.util.Optional;

/** How one track is coded: all that a decoder or a muxer must know before a sample. Immutable. */
public sealed interface TrackFormat permits VideoFormat, AudioFormat {

    /**
     * Returns the track.
     *
     * @return 0 for the default track, at most 255; video and audio count separately
     */
    int trackId();

    /**
     * Returns the codec.
     *
     * @return a codec of video or audio
     */
    Codec codec();

    /**
     * Returns whether the track is audio or video.
     *
     * @return the kind of the codec
     */
    default MediaKind kind() {
        return codec().kind();
    }

    /**
     * Returns the configuration record: the body of the sequence header, without tag header.
     *
     * @return the record of {@code avcC}, {@code hvcC}, {@code av1C} or {@code vpcC}, an AudioSpecificConfig, OpusHead or STREAMINFO; empty if none
     *     came, or the codec has none
     */
    Bytes configuration();

    /**
     * Returns the codec string of playlists and MIME types (RFC 6381).
     *
     * @return for example {@code avc1.64001f} or {@code mp4a.40.2}; empty if it is not known, or the codec has none
     */
    Optional<String> codecString();

    /**
     * Returns the name of the profile.
     *
     * @return for example {@code High} or {@code LC}; empty if it is not known
     */
    Optional<String> profile();

    /**
     * Returns whether a decoder that was set up for another format of the track can go on with this one. It can if the sequence parameter sets,
     * sequence header, AudioSpecificConfig or what else the codec has are equal; new picture parameter sets alone change nothing.
     *
     * @param before the other format
     * @return true if nothing changed that a decoder must be set up for; always if {@code before} is this object
     */
    boolean continues(TrackFormat before);
}
