package dev.millrace.liveserver.snapshot;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes JPEG with the JDK's encoder, in memory. */
final class JpegWriter {

    /** Keeps the luma of noisy pictures at 40 dB and more, which 0.9 does not. */
    private static final float QUALITY = 0.95f;

    private JpegWriter() {}

    static byte[] write(BufferedImage picture) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(/* streamMetadata= */ null, new IIOImage(picture, /* thumbnails= */ null, /* metadata= */ null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
