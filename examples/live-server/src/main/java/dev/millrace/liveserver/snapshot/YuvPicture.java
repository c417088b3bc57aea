package dev.millrace.liveserver.snapshot;

import dev.millrace.liveserver.snapshot.AvcSequence.Window;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * A decoded picture, 4:2:0.
 *
 * @param planes Y, Cb, Cr; each sample minus 128, as JCodec has them; not changed any more
 * @param stride the samples of a line of the first plane; the others have half of it
 * @param window the cropping window
 * @param colour the meaning of the samples
 */
record YuvPicture(byte[][] planes, int stride, Window window, Colour colour) {

    private static final int JCODEC_OFFSET = 128;
    private static final int CHROMA_ZERO = 128;

    /** Bits behind the point. Products of a sample, a weight below 4 and this stay within 32 bits. */
    private static final int FRACTION_BITS = 16;

    private static final double ONE = 1 << FRACTION_BITS;

    /** As RGB at the same size. Each chroma sample holds for its four pixels: the JPEG encoder puts them together again. */
    BufferedImage toRgb() {
        BufferedImage image = new BufferedImage(window.width(), window.height(), BufferedImage.TYPE_INT_RGB);
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        double green = 1 - colour.red() - colour.blue();
        double lumaGain = colour.fullRange() ? 1 : 255.0 / 219;
        double chromaGain = colour.fullRange() ? 1 : 255.0 / 224;
        int black = colour.fullRange() ? 0 : 16;
        int luma = fixed(lumaGain);
        int redOfCr = fixed(2 * (1 - colour.red()) * chromaGain);
        int blueOfCb = fixed(2 * (1 - colour.blue()) * chromaGain);
        int greenOfCr = fixed(2 * (1 - colour.red()) * colour.red() / green * chromaGain);
        int greenOfCb = fixed(2 * (1 - colour.blue()) * colour.blue() / green * chromaGain);
        int half = 1 << FRACTION_BITS - 1;
        for (int row = 0; row < window.height(); row++) {
            int lumaLine = (window.top() + row) * stride + window.left();
            int chromaLine = (window.top() + row >> 1) * (stride >> 1);
            for (int column = 0; column < window.width(); column++) {
                int chroma = chromaLine + (window.left() + column >> 1);
                int y = (planes[0][lumaLine + column] + JCODEC_OFFSET - black) * luma + half;
                int cb = planes[1][chroma] + JCODEC_OFFSET - CHROMA_ZERO;
                int cr = planes[2][chroma] + JCODEC_OFFSET - CHROMA_ZERO;
                int r = clip(y + cr * redOfCr >> FRACTION_BITS);
                int g = clip(y - cb * greenOfCb - cr * greenOfCr >> FRACTION_BITS);
                int b = clip(y + cb * blueOfCb >> FRACTION_BITS);
                pixels[row * window.width() + column] = r << 16 | g << 8 | b;
            }
        }
        return image;
    }

    private static int fixed(double gain) {
        return (int) Math.round(gain * ONE);
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
