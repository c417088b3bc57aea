package dev.millrace.liveserver.http;

import dev.millrace.track.Keyframe;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** Encodes a keyframe as JPEG. Implementations are thread-safe and do not block. */
@FunctionalInterface
public interface SnapshotSource {

    /**
     * Makes a picture.
     *
     * @param keyframe what to decode
     * @param widthPixels to scale to; empty for the picture's own size
     * @return completes on any thread with a JPEG file, which belongs to the caller; fails with
     *     {@link dev.millrace.liveserver.snapshot.UnsupportedCodecException}, with {@link java.util.concurrent.RejectedExecutionException} if there
     *     is too much to do, or with anything else if the keyframe cannot be decoded
     */
    CompletionStage<byte[]> jpeg(Keyframe keyframe, OptionalInt widthPixels);
}
