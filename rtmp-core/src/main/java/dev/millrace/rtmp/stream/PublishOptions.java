package dev.millrace.rtmp.stream;

import java.util.Objects;

/**
 * How a name is claimed, and how its stream is kept. Immutable.
 *
 * @param options how the stream is kept and sent
 * @param takeover whether the publisher may take the name from another that still publishes
 * @param resume whether the publisher may continue a stream of the name that waits for its lost publisher; without it
 *     such a name is in use. Streams do not wait while {@link StreamOptions#resumeWindow()} is zero
 */
public record PublishOptions(StreamOptions options, Takeover takeover, boolean resume) {

    /** The default options of a stream, for a free name only. */
    public static final PublishOptions DEFAULT =
            new PublishOptions(StreamOptions.DEFAULT, Takeover.NEVER, /* resume= */ false);

    /** Checks for null. */
    public PublishOptions {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(takeover, "takeover");
    }

    /**
     * Returns the same with other options of the stream.
     *
     * @param other how the stream is kept and sent
     * @return new options
     */
    public PublishOptions withOptions(StreamOptions other) {
        return new PublishOptions(other, takeover, resume);
    }

    /**
     * Returns the same with another rule for a name in use.
     *
     * @param other whether the publisher may take the name
     * @return new options
     */
    public PublishOptions withTakeover(Takeover other) {
        return new PublishOptions(options, other, resume);
    }

    /**
     * Returns the same with or without the right to continue a stream.
     *
     * @param other true to allow it
     * @return new options
     */
    public PublishOptions withResume(boolean other) {
        return new PublishOptions(options, takeover, other);
    }
}
