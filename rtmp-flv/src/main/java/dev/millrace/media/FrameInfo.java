package dev.millrace.media;

import java.util.Objects;

/**
 * What is known of a message without decoding it. Immutable.
 *
 * @param kind audio, video or data
 * @param role what the message does
 * @param codec coding of the track; {@link Codec#NONE} for data and where no codec is named
 * @param trackId 0 to 255; 0 is the default track and what a message without track means; the lowest of them where a message holds several
 * @param keyframe whether decoding can start at this coded video frame
 * @param manyTracks whether the message may hold frames of more than one track (Enhanced RTMP multitrack types 1 and 2)
 */
public record FrameInfo(MediaKind kind, FrameRole role, Codec codec, int trackId, boolean keyframe, boolean manyTracks) {

    /** The stream's metadata. */
    public static final FrameInfo METADATA = new FrameInfo(MediaKind.DATA, FrameRole.METADATA, Codec.NONE, 0, false, false);

    /** A data message that is not metadata. */
    public static final FrameInfo DATA = new FrameInfo(MediaKind.DATA, FrameRole.DATA, Codec.NONE, 0, false, false);

    /**
     * Checks what can be checked.
     *
     * @throws IllegalArgumentException if {@code trackId} is not 0 to 255, or {@code keyframe} is set on anything but coded video
     */
    public FrameInfo {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(codec, "codec");
        if (trackId < 0 || trackId > 255) {
            throw new IllegalArgumentException("trackId " + trackId + " is not 0 to 255");
        }
        if (keyframe && (kind != MediaKind.VIDEO || role != FrameRole.CODED)) {
            throw new IllegalArgumentException("keyframe on " + kind + " " + role);
        }
    }
}
