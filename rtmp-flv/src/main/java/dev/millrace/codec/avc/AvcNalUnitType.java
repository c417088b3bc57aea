package dev.millrace.codec.avc;

import dev.millrace.codec.nal.NalUnitKind;
import dev.millrace.media.Bytes;
import java.util.Arrays;

/** The type of an H.264 NAL unit (ITU-T H.264, table 7-1). Types that are reserved, unspecified or of no interest here are {@link #OTHER}. */
public enum AvcNalUnitType {
    /** A slice of a picture that is no IDR picture. */
    NON_IDR_SLICE(1, NalUnitKind.SLICE),
    /** A slice data partition A. */
    PARTITION_A(2, NalUnitKind.SLICE),
    /** A slice data partition B. */
    PARTITION_B(3, NalUnitKind.SLICE),
    /** A slice data partition C. */
    PARTITION_C(4, NalUnitKind.SLICE),
    /** A slice of an IDR picture. */
    IDR_SLICE(5, NalUnitKind.CLEAN_RANDOM_ACCESS_SLICE),
    /** Supplemental enhancement information. */
    SEI(6, NalUnitKind.SEI),
    /** A sequence parameter set. */
    SPS(7, NalUnitKind.SPS),
    /** A picture parameter set. */
    PPS(8, NalUnitKind.PPS),
    /** An access unit delimiter. */
    ACCESS_UNIT_DELIMITER(9, NalUnitKind.ACCESS_UNIT_DELIMITER),
    /** The end of a sequence. */
    END_OF_SEQUENCE(10, NalUnitKind.OTHER),
    /** The end of a stream. */
    END_OF_STREAM(11, NalUnitKind.OTHER),
    /** Filler data. */
    FILLER_DATA(12, NalUnitKind.FILLER),
    /** A sequence parameter set extension. */
    SPS_EXTENSION(13, NalUnitKind.OTHER),
    /** Any other type. */
    OTHER(-1, NalUnitKind.OTHER);

    private static final AvcNalUnitType[] BY_NUMBER = new AvcNalUnitType[32];

    static {
        Arrays.fill(BY_NUMBER, OTHER);
        for (AvcNalUnitType type : values()) {
            if (type != OTHER) {
                BY_NUMBER[type.number] = type;
            }
        }
    }

    private final int number;
    private final NalUnitKind kind;

    AvcNalUnitType(int number, NalUnitKind kind) {
        this.number = number;
        this.kind = kind;
    }

    /**
     * Returns the type of a NAL unit.
     *
     * @param nalUnit the NAL unit from its header on
     * @return the type
     * @throws IndexOutOfBoundsException if it is shorter than its header of one byte
     */
    public static AvcNalUnitType of(Bytes nalUnit) {
        return ofHeader(nalUnit.byteAt(0));
    }

    /**
     * Returns the type that a header names.
     *
     * @param typeByte the first byte of the header
     * @return the type
     */
    public static AvcNalUnitType ofHeader(int typeByte) {
        return BY_NUMBER[typeByte & 0x1F];
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
