package dev.millrace.hls.origin;

import dev.millrace.hls.playlist.MediaPlaylist;
import java.util.OptionalInt;

/**
 * A place in the media playlist that a request can wait for (draft-pantos-hls-rfc8216bis, 6.2.5.2).
 *
 * @param mediaSequence number of a segment
 * @param part index of a part of the segment, counted from 0; empty for the whole segment
 */
record PlaylistPosition(long mediaSequence, OptionalInt part) {

    /**
     * Whether a playlist has the position, or will never have it. A playlist without parts has a part as soon as it has the segment, or a
     * later one.
     */
    boolean isReached(MediaPlaylist playlist) {
        return playlist.ended() || playlist.nextMediaSequence() > mediaSequence;
    }
}
