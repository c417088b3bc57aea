package dev.millrace.liveserver.snapshot;

/**
 * The meaning of the samples of a picture (ITU-T H.264, E.2.1). Immutable.
 *
 * @param red weight of red in luma, KR
 * @param blue weight of blue in luma, KB
 * @param fullRange whether black is 0 and white 255, rather than 16 and 235
 */
record Colour(double red, double blue, boolean fullRange) {

    /** matrix_coefficients of a stream that does not say. */
    static final int UNSPECIFIED = 2;

    private static final int HD_LINES = 720;

    static Colour unspecified(int height) {
        return of(UNSPECIFIED, /* fullRange= */ false, height);
    }

    /**
     * The meaning of matrix_coefficients, table E-5.
     *
     * <p>Most encoders do not say. Then pictures from 720 lines on are BT.709 and smaller ones BT.601, as browsers and other players have it: a
     * snapshot stands beside the player. (FFmpeg's own scaler goes by the stream alone, and takes BT.601 for any size.)
     */
    static Colour of(int matrix, boolean fullRange, int height) {
        return switch (matrix) {
            case 1 -> new Colour(0.2126, 0.0722, fullRange);
            case 4 -> new Colour(0.30, 0.11, fullRange);
            case 5, 6 -> new Colour(0.299, 0.114, fullRange);
            case 7 -> new Colour(0.212, 0.087, fullRange);
            case 9, 10 -> new Colour(0.2627, 0.0593, fullRange);
            default -> of(height >= HD_LINES ? 1 : 6, fullRange, height);
        };
    }
}
