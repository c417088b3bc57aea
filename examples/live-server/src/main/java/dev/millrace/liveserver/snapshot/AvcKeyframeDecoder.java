package dev.millrace.liveserver.snapshot;

import dev.millrace.media.Codec;
import dev.millrace.track.Keyframe;
import dev.millrace.track.KeyframeDecoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Decodes AVC in baseline, main and high profile, in pure Java with JCodec.
 *
 * <p>A stage fails with {@link UnsupportedCodecException} if the keyframe is something else, and with {@link IOException} if it is broken.
 * Thread-safe: it keeps nothing.
 */
final class AvcKeyframeDecoder implements KeyframeDecoder<BufferedImage> {

    private final Executor executor;

    /** Decodes on the executor; a picture of 1920x1080 takes some tenths of a second. */
    AvcKeyframeDecoder(Executor executor) {
        this.executor = executor;
    }

    @Override
    public CompletionStage<BufferedImage> decode(Keyframe keyframe) {
        CompletableFuture<BufferedImage> picture = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                picture.complete(decodeNow(keyframe));
            } catch (Exception | Error e) {
                picture.completeExceptionally(e);
            }
        });
        return picture;
    }

    private static BufferedImage decodeNow(Keyframe keyframe) throws IOException, UnsupportedCodecException {
        if (keyframe.codec() != Codec.AVC) {
            throw new UnsupportedCodecException(keyframe.codec().codecName() + ": there is no decoder in pure Java for it, only for avc");
        }
        return AvcPictureDecoder.decode(keyframe.accessUnit()).toRgb();
    }
}
