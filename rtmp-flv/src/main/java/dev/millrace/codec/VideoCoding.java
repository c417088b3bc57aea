package dev.millrace.codec;

import dev.millrace.codec.nal.NalUnitKind;
import dev.millrace.codec.nal.NalUnits;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import dev.millrace.media.RandomAccess;
import io.netty.buffer.ByteBuf;

/** The behaviour of a video codec. As it stands, that of one of which only the name and the sender's keyframe label are known. */
public sealed class VideoCoding extends Coding permits NalCoding, Av1Coding, VpCoding {

    VideoCoding() {}

    /**
     * Parses a configuration record.
     *
     * @param record the body of a sequence header; kept
     * @return what it says
     * @throws MalformedException if it is no configuration record of this codec
     */
    public VideoDescription configure(Bytes record) throws MalformedException {
        return VideoDescription.of(record, VideoDescription.Picture.UNKNOWN);
    }

    /**
     * Takes what an access unit says of the track itself: encoders change parameter sets and sizes without a new configuration record.
     *
     * @param known what was known before
     * @param message holds the access unit
     * @param offset index of its first byte
     * @param length its bytes
     * @param units its NAL units, if the codec has any
     * @param access whether decoding can start at it
     * @return what is known now; {@code known} itself if nothing changed
     * @throws MalformedException if the access unit carries a header that cannot be read
     */
    public VideoDescription learn(
            VideoDescription known, Bytes message, int offset, int length, NalUnits units, RandomAccess access) throws MalformedException {
        return known;
    }

    /** Compares what a decoder must be set up for: new picture parameter sets alone change nothing. */
    @Override
    public final boolean continues(TrackDescription before, TrackDescription now) {
        return now instanceof VideoDescription video
                && before instanceof VideoDescription old
                && video.decoderKey().equals(old.decoderKey());
    }

    /**
     * Returns whether access units are made of NAL units.
     *
     * @return true for AVC, HEVC and VVC
     */
    public boolean hasNalUnits() {
        return false;
    }

    /**
     * Returns the purpose of a NAL unit.
     *
     * @param message holds the NAL unit
     * @param offset index of its first byte
     * @param length its bytes, 1 or more
     * @return the kind
     * @throws IllegalStateException if the codec has no NAL units
     */
    public NalUnitKind kindOf(Bytes message, int offset, int length) {
        throw new IllegalStateException("a codec without NAL units");
    }

    /**
     * Returns whether an access unit is whole and has a picture in it, as far as this can be seen.
     *
     * @param message holds the access unit
     * @param offset index of its first byte
     * @param length its bytes
     * @param units its NAL units, if the codec has any
     * @return false if a decoder would have nothing to show
     */
    public boolean isDecodable(Bytes message, int offset, int length, NalUnits units) {
        return true;
    }

    /**
     * Returns whether decoding can start at an access unit. What is coded decides where this codec can be looked into, else the label.
     *
     * @param message holds the access unit
     * @param offset index of its first byte
     * @param length its bytes
     * @param units its NAL units, if the codec has any
     * @param labelled whether the sender calls it a keyframe
     * @return the kind of random access
     */
    public RandomAccess randomAccess(Bytes message, int offset, int length, NalUnits units, boolean labelled) {
        return labelled ? RandomAccess.CLEAN : RandomAccess.NONE;
    }

    /**
     * Returns whether decoding can start at an access unit without a label. Lengths of NAL units are taken to have four bytes.
     *
     * @param message holds the access unit
     * @param offset index of its first byte
     * @param length its bytes
     * @return true if the picture is complete if decoding starts with it
     */
    public final boolean isKeyframe(Bytes message, int offset, int length) {
        NalUnits units = new NalUnits();
        if (hasNalUnits()) {
            units.scan(message, offset, length, VideoDescription.DEFAULT_LENGTH_BYTES);
        }
        return randomAccess(message, offset, length, units, /* labelled= */ false).isImmediate();
    }

    /**
     * Returns whether an access unit has all parameter sets ahead of its first slice, so that decoding can start there with nothing else.
     *
     * @param message holds the access unit
     * @param ranges offset and length of each NAL unit
     * @return true if it has all; false for codecs without NAL units
     */
    public boolean hasParameterSets(Bytes message, int[] ranges) {
        return false;
    }

    /**
     * Writes an access unit as a decoder or a file takes it: NAL units as a byte stream, with what a decoder needs in front where it can start.
     *
     * @param known what is known of the track, this access unit included
     * @param message holds the access unit
     * @param offset index of its first byte
     * @param length its bytes
     * @param ranges offset and length of each NAL unit, if the codec has any
     * @param startsHere whether decoding can start at it
     * @param out grows by the access unit
     */
    public void write(
            VideoDescription known, Bytes message, int offset, int length, int[] ranges, boolean startsHere, ByteBuf out) {
        message.slice(offset, length).writeTo(out);
    }
}
