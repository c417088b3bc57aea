package dev.millrace.rtmp.stream;

import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.stream.SubscribeOptions.Tracks;

/**
 * The part of a stream that a subscriber wants at the moment.
 *
 * @param audio whether audio is delivered
 * @param video whether video is delivered
 * @param tracks which tracks are delivered, and in which form
 */
record Wants(boolean audio, boolean video, Tracks tracks) {

    /** Everything, of the default tracks: what nearly all players want. */
    private static final Wants ALL_OF_DEFAULT = new Wants(true, true, Tracks.DEFAULT);

    /** Returns what options ask for; the same object for nearly all players, so that they are told apart quickly. */
    static Wants of(SubscribeOptions options) {
        Wants wants = new Wants(options.audio(), options.video(), options.tracks());
        return wants.equals(ALL_OF_DEFAULT) ? ALL_OF_DEFAULT : wants;
    }

    /** Whether messages of a kind are delivered. Data always are. */
    boolean includes(MediaKind kind) {
        return switch (kind) {
            case AUDIO -> audio;
            case VIDEO -> video;
            case DATA -> true;
        };
    }

    /** Returns the same with one kind turned on or off; data cannot be turned off. */
    Wants with(MediaKind kind, boolean wanted) {
        return switch (kind) {
            case AUDIO -> new Wants(wanted, video, tracks);
            case VIDEO -> new Wants(audio, wanted, tracks);
            case DATA -> this;
        };
    }

    /** Returns what both include. */
    Wants and(Wants other) {
        return new Wants(audio && other.audio, video && other.video, tracks);
    }
}
