package dev.millrace.flv;

import dev.millrace.tag.TagHeader;
import java.util.Optional;

/** How a message that names tracks is laid out (Enhanced RTMP v2, AvMultitrackType). */
public enum MultitrackType {
    /** One track, named by its identifier; wire number 0. */
    ONE_TRACK,
    /** Any number of tracks with one codec; wire number 1. */
    MANY_TRACKS,
    /** Any number of tracks, each with its codec; wire number 2. */
    MANY_TRACKS_MANY_CODECS;

    private static final MultitrackType[] BY_NUMBER = values();

    /** The type that a parsed header has. */
    static Optional<MultitrackType> of(TagHeader header) {
        int number = header.multitrackType();
        return number == TagHeader.NO_MULTITRACK ? Optional.empty() : Optional.of(BY_NUMBER[number]);
    }
}
