package dev.millrace.hls.packager;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Finds streams by name, for an origin. Implementations are thread-safe. */
@FunctionalInterface
public interface HlsStreams {

    /**
     * Looks for a stream. On a miss a host may start one, and complete later.
     *
     * @param streamPath percent-decoded once: {@code rtmp/live/test123}. Segments are not empty, {@code .} or {@code ..}; there are no
     *     backslashes, control or formatting characters, and no <code>${</code>. It is text from a client otherwise, and no file name
     * @return completes on any thread; empty if there is no such stream, or it is over and has expired. The same object each time as long
     *     as a stream lives. An origin answers a failure with 500, and 503 if it takes too long
     */
    CompletionStage<Optional<HlsStream>> find(String streamPath);
}
