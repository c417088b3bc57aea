package dev.millrace.flv;

import dev.millrace.media.Codec;
import dev.millrace.tag.TagHeader;
import java.util.ArrayList;
import java.util.List;
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

    /** The tracks of a parsed header. */
    static List<TagTrack> of(TagHeader header) {
        List<TagTrack> tracks = new ArrayList<>(header.trackCount());
        for (int i = 0; i < header.trackCount(); i++) {
            tracks.add(new TagTrack(
                    header.trackId(i),
                    header.codec(i),
                    header.compositionTimeMillis(i),
                    header.bodyOffset(i),
                    header.bodyLength(i)));
        }
        return tracks;
    }
}
