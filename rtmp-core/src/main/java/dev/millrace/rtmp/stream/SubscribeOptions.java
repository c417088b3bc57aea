package dev.millrace.rtmp.stream;

import java.util.Objects;

/**
 * The part of a stream that one subscriber wants. Immutable.
 *
 * @param start the position where the subscriber starts
 * @param audio whether audio is delivered
 * @param video whether video is delivered
 * @param tracks the tracks that are delivered
 */
public record SubscribeOptions(StartPosition start, boolean audio, boolean video, Tracks tracks) {

    /** Which tracks a subscriber gets. */
    public enum Tracks {
        /**
         * The default track alone, in the form that every player reads: multitrack messages become plain, and Enhanced
         * AVC, AAC and MP3 get their legacy headers.
         */
        DEFAULT,
        /** All tracks, as they were published. */
        ALL
    }

    /** All messages as they were published, from the first frame on if it is still held. For recorders. */
    public static final SubscribeOptions EVERYTHING = new SubscribeOptions(StartPosition.FIRST_FRAME, true, true, Tracks.ALL);

    /** The default tracks from the newest keyframe on. For players. */
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
