package dev.millrace.liveserver.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureScalerTest {

    @ParameterizedTest
    @CsvSource({"1920, 1080, 640, 360", "1920, 1080, 320, 180", "322, 182, 100, 57", "1080, 1920, 108, 192", "4000, 2, 16, 1", "320, 180, 319, 179"})
    void theAspectIsKept(int width, int height, int wanted, int expectedHeight) {
        BufferedImage scaled = PictureScaler.toWidth(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), wanted);
        assertEquals(wanted, scaled.getWidth());
        assertEquals(expectedHeight, scaled.getHeight());
    }

    @Test
    void nothingIsMadeWider() {
        BufferedImage picture = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
        assertSame(picture, PictureScaler.toWidth(picture, 20));
        assertSame(picture, PictureScaler.toWidth(picture, 4096));
    }

    @Test
    void aPixelIsTheMeanOfWhatItCovers() {
        BufferedImage picture = new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB);
        int[] greys = {0, 90, 255, 30, 120, 255, 255, 255, 255};
        for (int i = 0; i < greys.length; i++) {
            picture.setRGB(i % 3, i / 3, 0x010101 * greys[i]);
        }
        BufferedImage scaled = PictureScaler.toWidth(picture, 2);
        // (0 + 90/2 + 30/2 + 120/4) / 2.25
        assertEquals(0xFF000000 | 0x010101 * 40, scaled.getRGB(0, 0));
        assertEquals(0xFF000000 | 0x010101 * Math.round((45 + 255 + 30 + 127.5f) / 2.25f), scaled.getRGB(1, 0));
    }

    @Test
    void coloursStayApart() {
        BufferedImage picture = new BufferedImage(4, 1, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 4; x++) {
            picture.setRGB(x, 0, 0x10C0FF);
        }
        assertEquals(0xFF10C0FF, PictureScaler.toWidth(picture, 3).getRGB(1, 0));
    }
}
