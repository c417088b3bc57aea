package dev.millrace.codec.nal;

/** The purpose of a NAL unit, whichever codec it belongs to (ITU-T H.264, H.265 and H.266, table 7-1 or table 5). */
public enum NalUnitKind {
    /** A part of a coded picture where decoding cannot start. */
    SLICE,
    /** A part of a coded picture after which all pictures can be decoded: IDR, and BLA with decodable leading pictures. */
    CLEAN_RANDOM_ACCESS_SLICE,
    /** A part of a coded picture where decoding can start, although pictures that are shown before it may be missing: CRA, BLA. */
    OPEN_RANDOM_ACCESS_SLICE,
    /** A part of a picture from which on decoding recovers over several pictures: GDR. */
    GRADUAL_RANDOM_ACCESS_SLICE,
    /** A video parameter set. */
    VPS,
    /** A sequence parameter set. */
    SPS,
    /** A picture parameter set. */
    PPS,
    /** Supplemental enhancement information ahead of the picture. */
    SEI,
    /** An access unit delimiter. */
    ACCESS_UNIT_DELIMITER,
    /** Padding of an encoder for a channel of constant rate. */
    FILLER,
    /** Everything that a decoder needs and nothing here looks at. */
    OTHER,
    /** Shorter than the header of a NAL unit. */
    TRUNCATED;

    /**
     * Returns whether this is a part of a coded picture.
     *
     * @return true for slices
     */
    public boolean isSlice() {
        return ordinal() <= GRADUAL_RANDOM_ACCESS_SLICE.ordinal();
    }

    /**
     * Returns whether this is a video, sequence or picture parameter set.
     *
     * @return true for parameter sets
     */
    public boolean isParameterSet() {
        return this == VPS || this == SPS || this == PPS;
    }
}
