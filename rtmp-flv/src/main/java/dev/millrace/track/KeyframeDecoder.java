package dev.millrace.track;

import java.util.concurrent.CompletionStage;

/**
 * Makes a picture of a keyframe. The library has none: a host brings one, on whatever executor it likes.
 *
 * @param <P> what a picture is to the host
 */
@FunctionalInterface
public interface KeyframeDecoder<P> {

    /**
     * Decodes.
     *
     * @param keyframe what to decode
     * @return completes with the picture; fails if the codec is not supported or the bytes are broken
     */
    CompletionStage<P> decode(Keyframe keyframe);
}
