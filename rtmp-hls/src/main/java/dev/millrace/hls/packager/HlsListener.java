package dev.millrace.hls.packager;

import dev.millrace.media.Codec;

/**
 * Hears what becomes of a stream's segments. Methods are called on the packager's executor and must not block; what they throw is counted and harms
 * nobody.
 */
public interface HlsListener {

    /** Hears nothing. */
    HlsListener NONE = new HlsListener() {};

    /**
     * A new state of the playlists can be fetched.
     *
     * @param snapshot the state
     */
    default void onPlaylist(HlsSnapshot snapshot) {}

    /**
     * A segment was lost: the store failed or was too slow. The next one that is listed is marked as a discontinuity.
     *
     * @param reason for a person
     */
    default void onSegmentLost(String reason) {}

    /**
     * A track does not go into MPEG-TS, or not by these options.
     *
     * @param codec of the track
     * @param reason for a person
     */
    default void onTrackRefused(Codec codec, String reason) {}

    /** The playlist has ended. */
    default void onEnded() {}

    /** The ended playlist and its segments need not be served any longer. */
    default void onExpired() {}
}
