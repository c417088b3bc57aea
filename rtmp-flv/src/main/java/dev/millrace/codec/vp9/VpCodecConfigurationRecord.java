package dev.millrace.codec.vp9;

import dev.millrace.bits.BitReader;
import dev.millrace.bits.Ranges;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;

/**
 * What a VP8 or VP9 decoder may know before the first frame: the body of a sequence header (VP Codec ISO Media File Format Binding). The size of a frame
 * is not in it. Immutable.
 *
 * <pre>
 * [version = 1 (8) | flags = 0 (24)] | profile (8) | level (8) | bit depth (4) chroma subsampling (3) full range (1) | primaries (8) | transfer (8)
 * | matrix (8) | size of initialization data = 0 (16)
 * </pre>
 *
 * <p>Enhanced RTMP has no version and flags in front, but senders write them: they are read where they are, and always written.
 *
 * @param profile 0 to 3
 * @param level ten times the number of the level, 0 to 255; 0 if not known
 * @param bitDepth bits of a sample: 8, 10 or 12
 * @param chromaSubsampling 0 for 4:2:0 vertical, 1 for 4:2:0 colocated, 2 for 4:2:2, 3 for 4:4:4, 4 to 7 reserved
 * @param fullRange whether all values of a sample are used
 * @param colourPrimaries as of ISO/IEC 23001-8, 2 if not known
 * @param transferCharacteristics as of ISO/IEC 23001-8, 2 if not known
 * @param matrixCoefficients as of ISO/IEC 23001-8, 2 if not known; relays of FFmpeg make it 0 where it was 2
 */
public record VpCodecConfigurationRecord(
        int profile,
        int level,
        int bitDepth,
        int chromaSubsampling,
        boolean fullRange,
        int colourPrimaries,
        int transferCharacteristics,
        int matrixCoefficients) {

    /** Version 1 and no flags, as a FullBox of ISO/IEC 14496-12 begins. */
    private static final int VERSION_AND_FLAGS = 0x0100_0000;

    private static final int BYTES_WITH_VERSION = 12;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit its field, or {@code bitDepth} is not 8, 10 or 12
     */
    public VpCodecConfigurationRecord {
        Ranges.check("profile", profile, 0, 3);
        Ranges.check("level", level, 0, 255);
        if (!isBitDepth(bitDepth)) {
            throw new IllegalArgumentException("bitDepth " + bitDepth + " is not 8, 10 or 12");
        }
        Ranges.check("chromaSubsampling", chromaSubsampling, 0, 7);
        Ranges.check("colourPrimaries", colourPrimaries, 0, 255);
        Ranges.check("transferCharacteristics", transferCharacteristics, 0, 255);
        Ranges.check("matrixCoefficients", matrixCoefficients, 0, 255);
    }

    /**
     * Parses a record, with or without version and flags. Initialization data, which VP8 and VP9 do not have, is not looked at.
     *
     * @param body the record
     * @return its values
     * @throws MalformedException if it is cut off, or profile or bit depth do not exist
     */
    public static VpCodecConfigurationRecord parse(Bytes body) throws MalformedException {
        BitReader in = new BitReader(body);
        if (body.size() >= BYTES_WITH_VERSION && new BitReader(body).u32("version, flags") == VERSION_AND_FLAGS) {
            in.skip(8 + 24, "version, flags");
        }
        int profile = in.u(8, "profile");
        if (profile > 3) {
            throw new MalformedException("profile " + profile + " is not 0 to 3");
        }
        int level = in.u(8, "level");
        int bitDepth = in.u(4, "bitDepth");
        if (!isBitDepth(bitDepth)) {
            throw new MalformedException("bitDepth " + bitDepth + " is not 8, 10 or 12");
        }
        VpCodecConfigurationRecord read = new VpCodecConfigurationRecord(profile, level, bitDepth, in.u(3, "chromaSubsampling"),
                in.flag("videoFullRangeFlag"), in.u(8, "colourPrimaries"), in.u(8, "transferCharacteristics"), in.u(8, "matrixCoefficients"));
        in.skip(16, "codecInitializationDataSize");
        return read;
    }

    /**
     * Writes the record, with version and flags.
     *
     * @param out grows by 12 bytes
     */
    public void writeTo(ByteBuf out) {
        out.writeInt(VERSION_AND_FLAGS);
        out.writeByte(profile);
        out.writeByte(level);
        out.writeByte(bitDepth << 4 | chromaSubsampling << 1 | (fullRange ? 1 : 0));
        out.writeByte(colourPrimaries);
        out.writeByte(transferCharacteristics);
        out.writeByte(matrixCoefficients);
        out.writeShort(0); // codecInitializationDataSize
    }

    /**
     * What a playlist or a MIME type says of a VP9 stream, without the colours.
     *
     * @return for example {@code vp09.00.10.08}
     */
    public String codecString() {
        return String.format("vp09.%02d.%02d.%02d", profile, level, bitDepth);
    }

    private static boolean isBitDepth(int bits) {
        return bits == 8 || bits == 10 || bits == 12;
    }
}
