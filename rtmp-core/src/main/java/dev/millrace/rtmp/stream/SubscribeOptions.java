package dev.millrace.rtmp.stream;

import java.util.Objects;

/**
 * What one subscriber wants of a stream. Immutable.
 *
 * @param start where it starts
 * @param audio whether it wants audio
 * @param video whether it wants video
 * @param tracks which tracks
 */
public record SubscribeOptions(StartPosition start, boolean audio, boolean video, Tracks tracks) {

    /** Which tracks a subscriber gets. */
    public enum Tracks {
        /**
         * The default track alone, in the form that every player reads: what is multitrack becomes plain, and Enhanced AVC, AAC and MP3 get their
         * legacy headers.
         */
        DEFAULT,
        /** All tracks, as they were published. */
        ALL
    }

    /** Everything, as it was published, from the first frame on if it is still held: what a recorder gets. */
    public static final SubscribeOptions EVERYTHING = new SubscribeOptions(StartPosition.FIRST_FRAME, true, true, Tracks.ALL);

    /** The default tracks from the newest keyframe on: what a player gets. */
    public static final SubscribeOptions PLAYER = new SubscribeOptions(StartPosition.NEWEST_KEYFRAME, true, true, Tracks.DEFAULT);

    /** Checks for null. */
    public SubscribeOptions {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(tracks, "tracks");
    }

    /**
     * Returns the same options with another position.
     *
     * @param other where to start
     * @return new options
     */
    public SubscribeOptions withStart(StartPosition other) {
        return new SubscribeOptions(other, audio, video, tracks);
    }

    /**
     * Returns the same options with or without audio.
     *
     * @param other whether audio is wanted
     * @return new options
     */
    public SubscribeOptions withAudio(boolean other) {
        return new SubscribeOptions(start, other, video, tracks);
    }

    /**
     * Returns the same options with or without video.
     *
     * @param other whether video is wanted
     * @return new options
     */
    public SubscribeOptions withVideo(boolean other) {
        return new SubscribeOptions(start, audio, other, tracks);
    }

    /**
     * Returns the same options with other tracks.
     *
     * @param other which tracks
     * @return new options
     */
    public SubscribeOptions withTracks(Tracks other) {
        return new SubscribeOptions(start, audio, video, other);
    }
}
