package dev.millrace.hls.packager;

import dev.millrace.media.Codec;

/**
 * Receives the events of one stream's packager. Methods are called on the packager's executor, those about opening and discarding on any thread; they
 * must not block. Exceptions are counted and do not affect the packager.
 */
public interface HlsListener {

    /** Ignores all events. */
    HlsListener NONE = new HlsListener() {};

    /**
     * A new version of the playlists can be fetched.
     *
     * @param snapshot the version
     */
    default void onPlaylist(HlsSnapshot snapshot) {}

    /**
     * A segment was lost: the store failed or was too slow. The next one that is listed is marked as a discontinuity.
     *
     * @param reason the reason, for a log
     */
    default void onSegmentLost(String reason) {}

    /**
     * A track was left out, because the container format cannot hold it or the options exclude it.
     *
     * @param codec of the track
     * @param reason the reason, for a log
     */
    default void onTrackRefused(Codec codec, String reason) {}

    /** The playlist has ended. */
    default void onEnded() {}

    /** The ended playlist and its segments are no longer needed by players. */
    default void onExpired() {}

    /**
     * The packager could not be opened by {@link HlsPackagers}, because the store failed. It is tried again while the source lives.
     *
     * @param failure the cause
     */
    default void onOpenFailed(Throwable failure) {}

    /**
     * The expired segments could not be deleted by {@link HlsPackagers}. It is tried again when the name is published again.
     *
     * @param failure the cause
     */
    default void onDiscardFailed(Throwable failure) {}
}
