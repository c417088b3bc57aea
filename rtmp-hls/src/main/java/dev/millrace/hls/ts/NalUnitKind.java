package dev.millrace.hls.ts;

/** What a NAL unit is to the muxer (ITU-T H.264, table 7-1; H.265, table 7-1). */
enum NalUnitKind {
    SLICE,
    RANDOM_ACCESS_SLICE,
    VPS,
    SPS,
    PPS,

    /** SEI, and all that is passed on unseen. */
    OTHER,

    /** Made anew for each access unit, so that there is exactly one. */
    ACCESS_UNIT_DELIMITER,

    /** Padding of an encoder for a channel of constant rate. */
    FILLER,

    /** Shorter than its header. */
    NONE;

    boolean isWritten() {
        return ordinal() < ACCESS_UNIT_DELIMITER.ordinal();
    }

    boolean isSlice() {
        return this == SLICE || this == RANDOM_ACCESS_SLICE;
    }

    boolean isParameterSet() {
        return this == VPS || this == SPS || this == PPS;
    }

    static NalUnitKind of(TsCodec codec, int firstByte, int length) {
        return codec == TsCodec.AVC ? avc(firstByte & 0x1F) : length < 2 ? NONE : hevc(firstByte >> 1 & 0x3F);
    }

    private static NalUnitKind avc(int type) {
        return switch (type) {
            case 1, 2, 3, 4 -> SLICE;
            case 5 -> RANDOM_ACCESS_SLICE;
            case 7 -> SPS;
            case 8 -> PPS;
            case 9 -> ACCESS_UNIT_DELIMITER;
            case 12 -> FILLER;
            default -> OTHER;
        };
    }

    private static NalUnitKind hevc(int type) {
        return switch (type) {
            case 16, 17, 18, 19, 20, 21 -> RANDOM_ACCESS_SLICE;
            case 32 -> VPS;
            case 33 -> SPS;
            case 34 -> PPS;
            case 35 -> ACCESS_UNIT_DELIMITER;
            case 38 -> FILLER;
            default -> type < 32 ? SLICE : OTHER;
        };
    }
}
