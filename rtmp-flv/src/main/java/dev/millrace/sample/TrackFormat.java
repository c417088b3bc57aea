package dev.millrace.sample;

import dev.millrace.codec.Coding;
import dev.millrace.codec.TrackDescription;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.MediaKind;
import java.util.Objects;
import java.util.Optional;

/** How one track is coded: all that a decoder or a muxer must know before a sample. Immutable; equal formats have equal configurations. */
public abstract sealed class TrackFormat permits VideoFormat, AudioFormat {

    private final int trackId;
    private final Codec codec;
    private final TrackDescription description;

    TrackFormat(int trackId, Codec codec, TrackDescription description) {
        this.trackId = trackId;
        this.codec = codec;
        this.description = description;
    }

    /**
     * Returns the track.
     *
     * @return 0 for the default track, at most 255; video and audio count separately
     */
    public final int trackId() {
        return trackId;
    }

    /**
     * Returns the codec.
     *
     * @return a codec of video or audio
     */
    public final Codec codec() {
        return codec;
    }

    /**
     * Returns whether the track is audio or video.
     *
     * @return the kind of the codec
     */
    public final MediaKind kind() {
        return codec.kind();
    }

    /**
     * Returns the configuration record: the body of the sequence header, without tag header.
     *
     * @return the record of {@code avcC}, {@code hvcC}, {@code av1C} or {@code vpcC}, an AudioSpecificConfig, OpusHead or STREAMINFO; empty if none
     *     came, or the codec has none
     */
    public final Bytes configuration() {
        return description.configuration();
    }

    /**
     * Returns the codec string of playlists and MIME types (RFC 6381).
     *
     * @return for example {@code avc1.64001f} or {@code mp4a.40.2}; empty if it is not known, or the codec has none
     */
    public final Optional<String> codecString() {
        return description.codecString();
    }

    /**
     * Returns the name of the profile.
     *
     * @return for example {@code High} or {@code LC}; empty if it is not known
     */
    public final Optional<String> profile() {
        return description.profile();
    }

    /**
     * Returns whether a decoder that was set up for another format of the track can go on with this one. It can if the sequence parameter sets,
     * sequence header, AudioSpecificConfig or what else the codec has are equal; new picture parameter sets alone change nothing.
     *
     * @param before the other format
     * @return true if nothing changed that a decoder must be set up for; always if {@code before} is this object
     */
    public final boolean continues(TrackFormat before) {
        return this == before
                || trackId == before.trackId
                        && codec == before.codec
                        && Coding.of(codec).continues(before.description, description);
    }

    @Override
    public final boolean equals(Object other) {
        return this == other
                || other instanceof TrackFormat format
                        && trackId == format.trackId
                        && codec == format.codec
                        && description.equals(format.description);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(trackId, codec, description);
    }
}
