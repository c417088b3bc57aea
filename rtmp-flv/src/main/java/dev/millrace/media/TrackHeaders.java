package dev.millrace.media;

import java.util.Objects;
import java.util.Optional;

/**
 * What is in force for one track. Immutable.
 *
 * @param kind audio or video
 * @param trackId 0 to 255
 * @param sequenceHeader the newest sequence header, one track a message
 * @param configuration the newest Enhanced RTMP configuration (channel layout or colour information) that came since
 */
public record TrackHeaders(MediaKind kind, int trackId, Optional<MediaFrame> sequenceHeader, Optional<MediaFrame> configuration) {

    /** Checks for null. */
    public TrackHeaders {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sequenceHeader, "sequenceHeader");
        Objects.requireNonNull(configuration, "configuration");
    }
}
