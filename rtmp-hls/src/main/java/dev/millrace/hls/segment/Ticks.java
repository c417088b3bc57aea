package dev.millrace.hls.segment;

/** The clock of playlists: ticks of 90 kHz. */
final class Ticks {

    static final long PER_SECOND = SegmentMuxer.TICKS_PER_SECOND;

    private Ticks() {}

    /** Exact for whole milliseconds. */
    static long ofMicros(long micros) {
        return Math.floorDiv(micros * 9, 100);
    }

    /** Converts a time from one number of units in a second to another, rounded to the nearest. */
    static long rescale(long time, int from, int to) {
        return from == to ? time : Math.floorDiv(time * to + from / 2, from);
    }
}
