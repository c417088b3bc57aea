package dev.millrace.flv;

import dev.millrace.media.Codec;
import java.util.Objects;

/**
 * One track inside a message. Immutable.
 *
 * @param trackId 0 to 255; 0 where the message names no track
 * @param codec coding of the track
 * @param compositionTimeMillis presentation time minus decoding time in milliseconds, -8388608 to 8388607; 0 where the message has none
 * @param bodyOffset index in the message of the first byte behind all headers and the composition time
 * @param bodyLength bytes of the body, 0 or more
 */
public record TagTrack(int trackId, Codec codec, int compositionTimeMillis, int bodyOffset, int bodyLength) {

    /** Checks for null. */
    public TagTrack {
        Objects.requireNonNull(codec, "codec");
    }
}
