package dev.millrace.flv;

import java.util.List;
import java.util.stream.Collectors;

/** Writes tags as the tables of these tests have them. */
final class TagText {

    private TagText() {}

    /** Form, frame type, packet type, multitrack type, nanoseconds. */
    static String header(VideoTag tag) {
        return (tag.enhanced() ? "ex " : "legacy ") + tag.frameType() + " " + tag.packetType() + " "
                + tag.multitrack().map(Enum::name).orElse("-") + " " + tag.timestampOffsetNanos();
    }

    /** Form, sound format, rate, size and type, packet type, multitrack type, nanoseconds. */
    static String header(AudioTag tag) {
        return (tag.enhanced() ? "ex " : "legacy ") + tag.soundFormat() + " " + tag.soundRate() + " " + tag.soundSize() + " " + tag.soundType()
                + " " + tag.packetType() + " " + tag.multitrack().map(Enum::name).orElse("-") + " " + tag.timestampOffsetNanos();
    }

    /** For each track its identifier, codec, composition time, and offset + length of the body. */
    static String tracks(List<TagTrack> tracks) {
        return tracks.stream()
                .map(track -> track.trackId() + " " + track.codec() + " " + track.compositionTimeMillis() + " " + track.bodyOffset() + "+"
                        + track.bodyLength())
                .collect(Collectors.joining("; "));
    }
}
