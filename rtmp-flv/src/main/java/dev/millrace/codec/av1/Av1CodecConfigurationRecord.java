package dev.millrace.codec.av1;

import dev.millrace.bits.BitReader;
import dev.millrace.bits.Ranges;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What an AV1 decoder has to know before the first frame: the body of a sequence header message (AV1 in ISOBMFF, 2.3.3). Immutable.
 *
 * <pre>
 * marker = 1 (1) version = 1 (7) | profile (3) level (5) | tier (1) high_bitdepth (1) twelve_bit (1) monochrome (1) subsampling_x (1) subsampling_y (1)
 * chroma_sample_position (2) | 000 presentation delay present (1) presentation delay - 1, or 0000 (4) | OBUs
 * </pre>
 *
 * @param profile seq_profile, 0 to 7: 0 is Main, 1 High, 2 Professional
 * @param level seq_level_idx_0, 0 to 31
 * @param highTier seq_tier_0: high tier, not main tier
 * @param highBitdepth high_bitdepth: more than 8 bits
 * @param twelveBit twelve_bit: 12 bits rather than 10
 * @param monochrome whether there is no chroma
 * @param chromaSubsamplingX whether chroma has half the width
 * @param chromaSubsamplingY whether chroma has half the height
 * @param chromaSamplePosition 0 if not known, 1 vertical, 2 colocated, 3 reserved
 * @param initialPresentationDelay frames to decode before the first is shown, 1 to 16; empty if not known
 * @param configObus a sequence header and metadata; those of a temporal unit need not be the same bytes
 */
public record Av1CodecConfigurationRecord(
        int profile,
        int level,
        boolean highTier,
        boolean highBitdepth,
        boolean twelveBit,
        boolean monochrome,
        boolean chromaSubsamplingX,
        boolean chromaSubsamplingY,
        int chromaSamplePosition,
        OptionalInt initialPresentationDelay,
        Bytes configObus) {

    private static final int MARKER_AND_VERSION = 0x81;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public Av1CodecConfigurationRecord {
        Ranges.check("profile", profile, 0, 7);
        Ranges.check("level", level, 0, 31);
        Ranges.check("chromaSamplePosition", chromaSamplePosition, 0, 3);
        Ranges.check("initialPresentationDelay", initialPresentationDelay.orElse(1), 1, 16);
        Objects.requireNonNull(configObus, "configObus");
    }

    /**
     * Parses a record.
     *
     * @param body the record
     * @return its values; the OBUs share the bytes
     * @throws MalformedException if it is cut off, or of another version
     */
    public static Av1CodecConfigurationRecord parse(Bytes body) throws MalformedException {
        BitReader in = new BitReader(body);
        int version = in.u(8, "marker, version");
        if (version != MARKER_AND_VERSION) {
            throw new MalformedException("marker and version " + version + " are not " + MARKER_AND_VERSION);
        }
        int profile = in.u(3, "seq_profile");
        int level = in.u(5, "seq_level_idx_0");
        boolean highTier = in.flag("seq_tier_0");
        boolean highBitdepth = in.flag("high_bitdepth");
        boolean twelveBit = in.flag("twelve_bit");
        boolean monochrome = in.flag("monochrome");
        boolean subsamplingX = in.flag("chroma_subsampling_x");
        boolean subsamplingY = in.flag("chroma_subsampling_y");
        int samplePosition = in.u(2, "chroma_sample_position");
        in.skip(3, "reserved");
        boolean delayPresent = in.flag("initial_presentation_delay_present");
        int delay = 1 + in.u(4, "initial_presentation_delay_minus_one");
        return new Av1CodecConfigurationRecord(profile, level, highTier, highBitdepth, twelveBit, monochrome, subsamplingX, subsamplingY, samplePosition,
                delayPresent ? OptionalInt.of(delay) : OptionalInt.empty(), in.bytes(in.remainingBytes(), "configOBUs"));
    }

    /**
     * Writes the record.
     *
     * @param out grows by the record
     */
    public void writeTo(ByteBuf out) {
        out.writeByte(MARKER_AND_VERSION);
        out.writeByte(profile << 5 | level);
        out.writeByte(bit(highTier, 7) | bit(highBitdepth, 6) | bit(twelveBit, 5) | bit(monochrome, 4) | bit(chromaSubsamplingX, 3)
                | bit(chromaSubsamplingY, 2) | chromaSamplePosition);
        out.writeByte(initialPresentationDelay.isPresent() ? 0b1_0000 | initialPresentationDelay.getAsInt() - 1 : 0);
        configObus.writeTo(out);
    }

    /**
     * Parses the sequence header among the OBUs.
     *
     * @return what it says
     * @throws MalformedException if there is none, or it is damaged
     */
    public Av1SequenceHeader sequenceHeader() throws MalformedException {
        for (Av1Obu obu : Av1TemporalUnit.obus(configObus)) {
            if (obu.type() == Av1Obu.SEQUENCE_HEADER) {
                return Av1SequenceHeader.parse(obu.payload());
            }
        }
        throw new MalformedException("no sequence header in configOBUs of " + configObus.size() + " bytes, wanted 1");
    }

    /**
     * Bits of a sample.
     *
     * @return 8, 10 or 12
     */
    public int bitDepth() {
        return highBitdepth ? twelveBit ? 12 : 10 : 8;
    }

    /**
     * The profile as people call it.
     *
     * @return for example {@code Main}
     */
    public String profileName() {
        return av1Profile().profileName();
    }

    /**
     * The level as people write it.
     *
     * @return for example {@code 5.1}
     */
    public String levelName() {
        return av1Profile().levelName();
    }

    /**
     * What a playlist or a MIME type says of the stream (AV1 in ISOBMFF, section 5), without the colours.
     *
     * @return for example {@code av01.0.04M.08}
     */
    public String codecString() {
        return av1Profile().codecString();
    }

    private Av1Profile av1Profile() {
        return new Av1Profile(profile, level, highTier, bitDepth());
    }

    private static int bit(boolean flag, int shift) {
        return flag ? 1 << shift : 0;
    }
}
