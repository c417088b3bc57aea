package dev.millrace.codec.hevc;

import dev.millrace.codec.nal.NalUnitKind;
import dev.millrace.media.Bytes;
import java.util.Arrays;

/** The type of an H.265 NAL unit (ITU-T H.265, table 7-1). Types that are reserved, unspecified or of no interest here are {@link #OTHER}. */
public enum HevcNalUnitType {
    /** A trailing picture that no other refers to. */
    TRAIL_N(0, NalUnitKind.SLICE),
    /** A trailing picture. */
    TRAIL_R(1, NalUnitKind.SLICE),
    /** A temporal sub-layer access picture that no other refers to. */
    TSA_N(2, NalUnitKind.SLICE),
    /** A temporal sub-layer access picture. */
    TSA_R(3, NalUnitKind.SLICE),
    /** A step-wise temporal sub-layer access picture that no other refers to. */
    STSA_N(4, NalUnitKind.SLICE),
    /** A step-wise temporal sub-layer access picture. */
    STSA_R(5, NalUnitKind.SLICE),
    /** A random access decodable leading picture that no other refers to. */
    RADL_N(6, NalUnitKind.SLICE),
    /** A random access decodable leading picture. */
    RADL_R(7, NalUnitKind.SLICE),
    /** A random access skipped leading picture that no other refers to. */
    RASL_N(8, NalUnitKind.SLICE),
    /** A random access skipped leading picture. */
    RASL_R(9, NalUnitKind.SLICE),
    /** A broken link access picture with leading pictures. */
    BLA_W_LP(16, NalUnitKind.OPEN_RANDOM_ACCESS_SLICE),
    /** A broken link access picture with decodable leading pictures. */
    BLA_W_RADL(17, NalUnitKind.CLEAN_RANDOM_ACCESS_SLICE),
    /** A broken link access picture without leading pictures. */
    BLA_N_LP(18, NalUnitKind.CLEAN_RANDOM_ACCESS_SLICE),
    /** An IDR picture with decodable leading pictures. */
    IDR_W_RADL(19, NalUnitKind.CLEAN_RANDOM_ACCESS_SLICE),
    /** An IDR picture without leading pictures. */
    IDR_N_LP(20, NalUnitKind.CLEAN_RANDOM_ACCESS_SLICE),
    /** A clean random access picture, whose leading pictures may refer to what is before it. */
    CRA_NUT(21, NalUnitKind.OPEN_RANDOM_ACCESS_SLICE),
    /** A video parameter set. */
    VPS_NUT(32, NalUnitKind.VPS),
    /** A sequence parameter set. */
    SPS_NUT(33, NalUnitKind.SPS),
    /** A picture parameter set. */
    PPS_NUT(34, NalUnitKind.PPS),
    /** An access unit delimiter. */
    AUD_NUT(35, NalUnitKind.ACCESS_UNIT_DELIMITER),
    /** The end of a sequence. */
    EOS_NUT(36, NalUnitKind.OTHER),
    /** The end of a bitstream. */
    EOB_NUT(37, NalUnitKind.OTHER),
    /** Filler data. */
    FD_NUT(38, NalUnitKind.FILLER),
    /** Supplemental enhancement information ahead of the picture. */
    PREFIX_SEI_NUT(39, NalUnitKind.SEI),
    /** Supplemental enhancement information behind the picture. */
    SUFFIX_SEI_NUT(40, NalUnitKind.OTHER),
    /** Any other type. */
    OTHER(-1, NalUnitKind.OTHER);

    private static final HevcNalUnitType[] BY_NUMBER = new HevcNalUnitType[64];

    static {
        Arrays.fill(BY_NUMBER, OTHER);
        for (HevcNalUnitType type : values()) {
            if (type != OTHER) {
                BY_NUMBER[type.number] = type;
            }
        }
    }

    private final int number;
    private final NalUnitKind kind;

    HevcNalUnitType(int number, NalUnitKind kind) {
        this.number = number;
        this.kind = kind;
    }

    /**
     * Returns the type of a NAL unit.
     *
     * @param nalUnit the NAL unit from its header on
     * @return the type
     * @throws IndexOutOfBoundsException if it is shorter than its header of two bytes
     */
    public static HevcNalUnitType of(Bytes nalUnit) {
        return ofHeader(nalUnit.byteAt(0));
    }

    /**
     * Returns the type that a header names.
     *
     * @param typeByte the first byte of the header
     * @return the type
     */
    public static HevcNalUnitType ofHeader(int typeByte) {
        return BY_NUMBER[typeByte >> 1 & 0x3F];
    }

    /**
     * Returns the purpose of NAL units of this type.
     *
     * @return the kind
     */
    public NalUnitKind kind() {
        return kind;
    }
}
