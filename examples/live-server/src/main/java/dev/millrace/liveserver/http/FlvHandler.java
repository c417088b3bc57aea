package dev.millrace.liveserver.http;

import dev.millrace.flv.FlvHeader;
import dev.millrace.media.MediaKind;
import dev.millrace.media.StreamHeaders;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.track.StreamTracks;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;

/** Serves a stream as HTTP-FLV until the stream ends or the client leaves. Thread-safe. */
final class FlvHandler {

    static final String SUFFIX = ".flv";

    private static final String FLV = "video/x-flv";
    private static final int RETRY_SECONDS = 5;

    private final LiveStreams streams;
    private final FlvViewers viewers;

    FlvHandler(LiveStreams streams, FlvViewers viewers) {
        this.streams = streams;
        this.viewers = viewers;
    }

    /** Answers a path that ends with {@link #SUFFIX}. */
    void answer(Call call) throws BadRequestException {
        if (!call.isRead()) {
            JsonAnswers.methodNotAllowed(call, Call.READ_METHODS);
            return;
        }
        String path = call.rawPath();
        call.allowAllOrigins();
        Optional<LiveStream> stream = streams.streamOf(RawPath.streamOfPath(path.substring(1, path.length() - SUFFIX.length())));
        if (stream.isEmpty()) {
            JsonAnswers.error(call, 404, "no such stream");
            return;
        }
        if (call.isHead()) {
            setHead(call);
            call.send(200);
        } else {
            watch(call, stream.get());
        }
    }

    private static void setHead(Call call) {
        call.set(HttpHeader.CACHE_CONTROL, "no-store");
        call.set(HttpHeader.CONTENT_TYPE, FLV);
        if (call.request().getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1) {
            // Else the end of the connection is that of the response, which FFmpeg takes for a failure.
            call.set(HttpHeader.TRANSFER_ENCODING, "chunked");
        }
    }

    private void watch(Call call, LiveStream stream) {
        FlvViewer viewer = new FlvViewer(call, announced(stream), viewers::remove);
        if (viewers.add(viewer, stream)) {
            setHead(call);
            viewer.watch(stream);
        } else {
            JsonAnswers.unavailable(call, "too many viewers", RETRY_SECONDS);
        }
    }

    /** Some players wait for whatever the file header promises, so it promises what is there. */
    private FlvHeader announced(LiveStream stream) {
        StreamTracks tracks = streams.tracksOf(stream);
        StreamHeaders headers = stream.headers();
        boolean audio = tracks.audio().isPresent() || headers.track(MediaKind.AUDIO, 0).isPresent();
        boolean video = tracks.video().isPresent() || headers.track(MediaKind.VIDEO, 0).isPresent();
        return audio || video ? new FlvHeader(audio, video) : new FlvHeader(true, true);
    }
}
