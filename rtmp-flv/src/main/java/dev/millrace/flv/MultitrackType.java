package dev.millrace.flv;

import dev.millrace.media.MalformedException;

/** How a message that names tracks is laid out (Enhanced RTMP v2, AvMultitrackType). */
public enum MultitrackType {
    /** One track, named by its identifier; wire number 0. */
    ONE_TRACK,
    /** Any number of tracks with one codec; wire number 1. */
    MANY_TRACKS,
    /** Any number of tracks, each with its codec; wire number 2. */
    MANY_TRACKS_MANY_CODECS;

    private static final MultitrackType[] BY_NUMBER = values();

    static MultitrackType ofNumber(int number) throws MalformedException {
        if (number >= BY_NUMBER.length) {
            throw new MalformedException("multitrack type " + number + " is not 0 to 2");
        }
        return BY_NUMBER[number];
    }
}
