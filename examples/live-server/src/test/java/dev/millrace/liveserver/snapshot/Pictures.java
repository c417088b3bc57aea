package dev.millrace.liveserver.snapshot;

import dev.millrace.flv.FlvReader;
import dev.millrace.flv.FlvTag;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.track.Keyframe;
import dev.millrace.track.LatestKeyframe;
import io.netty.buffer.Unpooled;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Keyframes and pictures of the tests, and how alike two pictures are. */
final class Pictures {

    private Pictures() {}

    static byte[] resource(String path) throws IOException {
        try (InputStream in = Objects.requireNonNull(Pictures.class.getResourceAsStream(path), path)) {
            return in.readAllBytes();
        }
    }

    /** The keyframe of a recording, as a stream's subscriber gets it. */
    static Keyframe keyframeOfFlv(String path) throws Exception {
        FlvReader reader = new FlvReader();
        reader.append(Unpooled.wrappedBuffer(resource(path)));
        reader.end();
        LatestKeyframe latest = new LatestKeyframe();
        for (Optional<FlvTag> tag = reader.read(); tag.isPresent(); tag = reader.read()) {
            latest.onFrame(tag.get().toFrame());
        }
        return latest.get().orElseThrow();
    }

    static Keyframe avc(byte[] byteStream) {
        return new Keyframe(Codec.AVC, Bytes.takeOver(byteStream), /* timestampMillis= */ 0, /* width= */ 0, /* height= */ 0);
    }

    static BufferedImage image(byte[] file) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(file));
    }

    /** Peak signal-to-noise ratio of luma, as JPEG weighs the colours. */
    static double lumaDecibels(BufferedImage one, BufferedImage other) {
        return decibels(one, other, new int[][] {{299, 587, 114}});
    }

    static double rgbDecibels(BufferedImage one, BufferedImage other) {
        return decibels(one, other, new int[][] {{1000, 0, 0}, {0, 1000, 0}, {0, 0, 1000}});
    }

    private static double decibels(BufferedImage one, BufferedImage other, int[][] weights) {
        double sum = 0;
        int pixels = one.getWidth() * one.getHeight();
        for (int i = 0; i < pixels; i++) {
            int a = one.getRGB(i % one.getWidth(), i / one.getWidth());
            int b = other.getRGB(i % one.getWidth(), i / one.getWidth());
            int red = (a >> 16 & 0xFF) - (b >> 16 & 0xFF);
            int green = (a >> 8 & 0xFF) - (b >> 8 & 0xFF);
            int blue = (a & 0xFF) - (b & 0xFF);
            for (int[] weight : weights) {
                double difference = (weight[0] * red + weight[1] * green + weight[2] * blue) / 1000.0;
                sum += difference * difference;
            }
        }
        return 10 * Math.log10(255 * 255 / (sum / pixels / weights.length));
    }
}
