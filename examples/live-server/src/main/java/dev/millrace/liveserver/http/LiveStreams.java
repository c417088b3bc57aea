package dev.millrace.liveserver.http;

import dev.millrace.hls.packager.HlsStatistics;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.track.Keyframe;
import dev.millrace.track.StreamTracks;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The live streams, as the HTTP server sees them. Implementations are thread-safe and do not block. */
public interface LiveStreams {

    /**
     * All live streams.
     *
     * @return a snapshot in no order
     */
    Collection<LiveStream> streams();

    /**
     * What is known of a stream's tracks.
     *
     * @param stream live or over
     * @return nothing known if it is over
     */
    StreamTracks tracksOf(LiveStream stream);

    /**
     * The newest keyframe of a stream's default video track.
     *
     * @param stream live or over
     * @return empty if none came so far, or it is over
     */
    Optional<Keyframe> keyframeOf(LiveStream stream);

    /**
     * How many recorders are at work on a stream.
     *
     * @param stream live or over
     * @return 0 or more
     */
    int recordersOf(LiveStream stream);

    /**
     * What the packagers of streams have done.
     *
     * @return by public name of the stream, of streams that are live or still served; empty without HLS
     */
    Map<String, HlsStatistics> hlsStatistics();

    /**
     * Finds a live stream.
     *
     * @param name its name
     * @return empty if there is none
     */
    default Optional<LiveStream> streamOf(StreamName name) {
        return streams().stream().filter(stream -> stream.streamName().equals(name)).findFirst();
    }
}
