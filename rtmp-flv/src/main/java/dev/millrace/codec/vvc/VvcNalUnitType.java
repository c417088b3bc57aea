package dev.millrace.codec.vvc;

import dev.millrace.codec.nal.NalUnitKind;
import dev.millrace.media.Bytes;
import java.util.Arrays;

/** The type of an H.266 NAL unit (ITU-T H.266, table 5). Types that are reserved, unspecified or of no interest here are {@link #OTHER}. */
public enum VvcNalUnitType {
    /** A trailing picture. */
    TRAIL_NUT(0, NalUnitKind.SLICE),
    /** A step-wise temporal sub-layer access picture. */
    STSA_NUT(1, NalUnitKind.SLICE),
    /** A random access decodable leading picture. */
    RADL_NUT(2, NalUnitKind.SLICE),
    /** A random access skipped leading picture. */
    RASL_NUT(3, NalUnitKind.SLICE),
    /** An IDR picture with decodable leading pictures. */
    IDR_W_RADL(7, NalUnitKind.CLEAN_RANDOM_ACCESS_SLICE),
    /** An IDR picture without leading pictures. */
    IDR_N_LP(8, NalUnitKind.CLEAN_RANDOM_ACCESS_SLICE),
    /** A clean random access picture. */
    CRA_NUT(9, NalUnitKind.OPEN_RANDOM_ACCESS_SLICE),
    /** A gradual decoding refresh picture. */
    GDR_NUT(10, NalUnitKind.GRADUAL_RANDOM_ACCESS_SLICE),
    /** A video parameter set. */
    VPS_NUT(14, NalUnitKind.VPS),
    /** A sequence parameter set. */
    SPS_NUT(15, NalUnitKind.SPS),
    /** A picture parameter set. */
    PPS_NUT(16, NalUnitKind.PPS),
    /** An access unit delimiter. */
    AUD_NUT(20, NalUnitKind.ACCESS_UNIT_DELIMITER),
    /** Supplemental enhancement information ahead of the picture. */
    PREFIX_SEI_NUT(23, NalUnitKind.SEI),
    /** Filler data. */
    FD_NUT(25, NalUnitKind.FILLER),
    /** Any other type. */
    OTHER(-1, NalUnitKind.OTHER);

    private static final VvcNalUnitType[] BY_NUMBER = new VvcNalUnitType[32];

    static {
        Arrays.fill(BY_NUMBER, OTHER);
        for (VvcNalUnitType type : values()) {
            if (type != OTHER) {
                BY_NUMBER[type.number] = type;
            }
        }
    }

    private final int number;
    private final NalUnitKind kind;

    VvcNalUnitType(int number, NalUnitKind kind) {
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
    public static VvcNalUnitType of(Bytes nalUnit) {
        return ofHeader(nalUnit.byteAt(1));
    }

    /**
     * Returns the type that a header names.
     *
     * @param typeByte the second byte of the header
     * @return the type
     */
    public static VvcNalUnitType ofHeader(int typeByte) {
        return BY_NUMBER[typeByte >> 3 & 0x1F];
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
