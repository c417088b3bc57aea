package dev.millrace.hls.playlist;

/**
 * The display size of a picture, after cropping. Immutable.
 *
 * @param width pixels, 1 to 65,535
 * @param height pixels, 1 to 65,535
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8216#section-4.3.4.2">RFC 8216, 4.3.4.2</a>
 */
public record Resolution(int width, int height) {

    private static final int MAX_PIXELS = 0xFFFF;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is outside what is said above
     */
    public Resolution {
        Checks.range("RESOLUTION width", width, 1, MAX_PIXELS);
        Checks.range("RESOLUTION height", height, 1, MAX_PIXELS);
    }

    /** Returns the form of playlists, such as {@code 1920x1080}. */
    @Override
    public String toString() {
        return width + "x" + height;
    }
}
