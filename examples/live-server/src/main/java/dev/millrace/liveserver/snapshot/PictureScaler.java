package dev.millrace.liveserver.snapshot;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;

/**
 * Scales a picture down: each new pixel is the mean of the area it covers. Uses no AWT graphics, which may
 * need fonts and a display.
 */
final class PictureScaler {

    private static final int CHANNELS = 3;
    private static final int BITS = 8;

    private PictureScaler() {}

    /** A picture of that width, the aspect kept and at least a line high; the same picture if that is not narrower. Wants TYPE_INT_RGB. */
    static BufferedImage toWidth(BufferedImage picture, int width) {
        if (width >= picture.getWidth()) {
            return picture;
        }
        int height = Math.max(1, Math.round((float) picture.getHeight() * width / picture.getWidth()));
        int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] target = ((DataBufferInt) scaled.getRaster().getDataBuffer()).getData();
        double step = (double) picture.getHeight() / height;
        double[] sums = new double[width * CHANNELS];
        double[] line = new double[width * CHANNELS];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, 0);
            double from = y * step;
            double to = Math.min(picture.getHeight(), from + step);
            for (int row = (int) from; row < to; row++) {
                shrinkLine(pixels, row * picture.getWidth(), picture.getWidth(), line);
                double weight = (Math.min(row + 1, to) - Math.max(row, from)) / step;
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += line[i] * weight;
                }
            }
            for (int x = 0; x < width; x++) {
                target[y * width + x] = pixel(sums, x * CHANNELS);
            }
        }
        return scaled;
    }

    /** One line, three channels a new pixel. */
    private static void shrinkLine(int[] pixels, int start, int width, double[] line) {
        int newWidth = line.length / CHANNELS;
        double step = (double) width / newWidth;
        for (int x = 0; x < newWidth; x++) {
            double from = x * step;
            double to = Math.min(width, from + step);
            double red = 0;
            double green = 0;
            double blue = 0;
            for (int column = (int) from; column < to; column++) {
                double weight = (Math.min(column + 1, to) - Math.max(column, from)) / step;
                int pixel = pixels[start + column];
                red += (pixel >> 2 * BITS & 0xFF) * weight;
                green += (pixel >> BITS & 0xFF) * weight;
                blue += (pixel & 0xFF) * weight;
            }
            line[x * CHANNELS] = red;
            line[x * CHANNELS + 1] = green;
            line[x * CHANNELS + 2] = blue;
        }
    }

    private static int pixel(double[] sums, int at) {
        int pixel = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
            pixel = pixel << BITS | Math.min(255, (int) (sums[at + channel] + 0.5));
        }
        return pixel;
    }
}
