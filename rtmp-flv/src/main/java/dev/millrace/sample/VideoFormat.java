package dev.millrace.sample;

import dev.millrace.codec.VideoDescription;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import java.util.List;
import java.util.OptionalDouble;

/** How a video track is coded. Immutable. */
public final class VideoFormat extends TrackFormat {

    private final VideoDescription description;

    VideoFormat(int trackId, Codec codec, VideoDescription description) {
        super(trackId, codec, description);
        this.description = description;
    }

    VideoDescription description() {
        return description;
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

    /** A line for a person. */
    @Override
    public String toString() {
        return "video track " + trackId() + " " + codecString().orElse(codec().codecName()) + " " + width() + "x" + height();
    }
}
