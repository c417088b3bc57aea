package dev.millrace.liveserver.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YuvPictureTest {

    private static byte[] plane(int samples, int value) {
        byte[] plane = new byte[samples];
        Arrays.fill(plane, (byte) (value - 128));
        return plane;
    }

    /** The sample values of the primary colours are those of the two recommendations, with a matrix that BT.709 calls 1 and BT.601 6. */
    @ParameterizedTest
    @CsvSource({
        "6, false, 81, 90, 240, 255, 0, 0",
        "6, false, 145, 54, 34, 0, 255, 0",
        "6, false, 41, 240, 110, 0, 0, 255",
        "1, false, 63, 102, 240, 255, 0, 0",
        "1, false, 173, 42, 26, 0, 255, 0",
        "1, false, 32, 240, 118, 0, 0, 255",
        "9, false, 74, 97, 240, 255, 0, 0",
        "6, true, 76, 85, 255, 255, 0, 0",
        "1, true, 182, 30, 12, 0, 255, 0",
        "6, false, 16, 128, 128, 0, 0, 0",
        "6, false, 235, 128, 128, 255, 255, 255",
        "6, false, 255, 128, 128, 255, 255, 255",
        "1, true, 235, 128, 128, 235, 235, 235"
    })
    void coloursAreThoseOfTheRecommendations(int matrix, boolean fullRange, int y, int cb, int cr, int red, int green, int blue) {
        byte[][] planes = {plane(4, y), plane(1, cb), plane(1, cr)};
        Colour colour = Colour.of(matrix, fullRange, /* height= */ 2);
        BufferedImage rgb = new YuvPicture(planes, /* stride= */ 2, new AvcSequence.Window(0, 0, 2, 2), colour).toRgb();
        for (int i = 0; i < 4; i++) {
            int pixel = rgb.getRGB(i & 1, i >> 1);
            assertEquals(red, pixel >> 16 & 0xFF, 2);
            assertEquals(green, pixel >> 8 & 0xFF, 2);
            assertEquals(blue, pixel & 0xFF, 2);
        }
    }

    @Test
    void aStreamThatDoesNotSayIsTakenByItsSize() {
        assertEquals(Colour.of(6, false, 719), Colour.unspecified(719));
        assertEquals(Colour.of(1, false, 720), Colour.unspecified(720));
        assertEquals(Colour.of(1, true, 1080), Colour.of(Colour.UNSPECIFIED, true, 1080));
        assertEquals(Colour.of(1, false, 1080), Colour.of(/* GBR, which 4:2:0 cannot be */ 0, false, 1080));
    }

    @Test
    void onlyTheWindowIsShown() {
        byte[] luma = plane(16 * 16, 16);
        luma[6 * 16 + 4] = (byte) (235 - 128);
        YuvPicture picture =
                new YuvPicture(new byte[][] {luma, plane(64, 128), plane(64, 128)}, 16, new AvcSequence.Window(4, 6, 2, 4), Colour.unspecified(4));
        BufferedImage rgb = picture.toRgb();
        assertEquals(2, rgb.getWidth());
        assertEquals(4, rgb.getHeight());
        assertEquals(0xFFFFFFFF, rgb.getRGB(0, 0));
        assertEquals(0xFF000000, rgb.getRGB(1, 0));
    }
}
