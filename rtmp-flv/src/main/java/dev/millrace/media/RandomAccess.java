package dev.millrace.media;

/** Whether a decoder can start at an access unit, and what it then shows. */
public enum RandomAccess {
    /** Decoding cannot start here. */
    NONE,
    /** Decoding starts here, and nothing that follows refers to anything before: IDR pictures, key frames of AV1, VP8 and VP9. */
    CLEAN,
    /**
     * Decoding starts here, but pictures that follow in decoding order and are shown before this one may be missing: CRA and BLA pictures,
     * and I pictures with a recovery point (open groups of pictures).
     */
    OPEN,
    /** Decoding starts here, and pictures are complete only after some more of them: periodic intra refresh. */
    GRADUAL;

    /**
     * Returns whether the picture itself is complete if decoding starts with it.
     *
     * @return true for {@link #CLEAN} and {@link #OPEN}
     */
    public boolean isImmediate() {
        return this == CLEAN || this == OPEN;
    }
}
