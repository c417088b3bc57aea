package dev.millrace.sample;

import dev.millrace.codec.VideoDescription;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** How a video track is coded. Immutable; equal formats have equal configurations and parameter sets. */
public final class VideoFormat implements TrackFormat {

    private final int trackId;
    private final Codec codec;
    private final VideoDescription description;

    VideoFormat(int trackId, Codec codec, VideoDescription description) {
        this.trackId = trackId;
        this.codec = codec;
        this.description = description;
    }

    @Override
    public int trackId() {
        return trackId;
    }

    @Override
    public Codec codec() {
        return codec;
    }

    VideoDescription description() {
        return description;
    }

    @Override
    public Bytes configuration() {
        return description.configuration();
    }

    @Override
    public Optional<String> codecString() {
        return description.picture().codecString();
    }

    @Override
    public Optional<String> profile() {
        return description.picture().profile();
    }

    /**
     * Returns the width of the picture.
     *
     * @return samples as shown, without sample aspect ratio; 0 if it is not known
     */
    public int width() {
        return description.picture().width();
    }

    /**
     * Returns the height of the picture.
     *
     * @return samples as shown, of a frame also where fields are coded; 0 if it is not known
     */
    public int height() {
        return description.picture().height();
    }

    /**
     * Returns the frame rate that the parameter sets or the sequence header state.
     *
     * @return frames a second; empty if they do not
     */
    public OptionalDouble framesPerSecond() {
        return description.picture().framesPerSecond();
    }

    /**
     * Returns what a decoder must be given before a random access point: of the configuration record, or of a later access unit that had its own.
     *
     * @return VPS, SPS and PPS of H.264 and H.265 in decoding order, each from its header on; the OBUs of AV1; empty if they are not all known, or the
     *     codec has none
     */
    public List<Bytes> parameterSets() {
        return description.parameterSets();
    }

    /**
     * Returns the size of the length before each NAL unit of a message.
     *
     * @return 1, 2 or 4 bytes
     */
    public int nalUnitLengthBytes() {
        return description.nalUnitLengthBytes();
    }

    @Override
    public boolean continues(TrackFormat before) {
        return this == before
                || before instanceof VideoFormat other
                        && trackId == other.trackId
                        && codec == other.codec
                        && description.decoderKey().equals(other.description.decoderKey());
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof VideoFormat format
                        && trackId == format.trackId
                        && codec == format.codec
                        && description.equals(format.description);
    }

    @Override
    public int hashCode() {
        return Objects.hash(trackId, codec, description.decoderKey());
    }

    /** A line for a person. */
    @Override
    public String toString() {
        return "video track " + trackId + " " + codecString().orElse(codec.codecName()) + " " + width() + "x" + height();
    }
}
