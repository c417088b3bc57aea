package dev.millrace.liveserver.http;

import dev.millrace.media.EndReason;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.StreamName;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the streams as JSON, and closes a stream on request. Thread-safe. */
final class StreamsApi {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsApi.class);
    private static final String STREAM_METHODS = "GET, HEAD, DELETE";
    private static final String SNAPSHOT = "/snapshot";

    private final LiveStreams streams;
    private final StreamJson json;
    private final StreamPictures snapshots;
    private final AdminAccess access;

    StreamsApi(LiveStreams streams, StreamJson json, StreamPictures snapshots, AdminAccess access) {
        this.streams = streams;
        this.json = json;
        this.snapshots = snapshots;
        this.access = access;
    }

    /** All streams. */
    void list(Call call) {
        if (!call.isRead()) {
            JsonAnswers.methodNotAllowed(call, Call.READ_METHODS);
            return;
        }
        call.allowAllOrigins();
        call.set(HttpHeader.LINK, "</openapi.json>; rel=\"service-desc\"");
        JsonAnswers.send(call, 200, json.list(call.request()));
    }

    /** What lies below: one stream, or its picture. */
    void below(Call call, String rawRest) throws BadRequestException {
        boolean snapshot = rawRest.endsWith(SNAPSHOT);
        String rawId = snapshot ? rawRest.substring(0, rawRest.length() - SNAPSHOT.length()) : rawRest;
        if (rawId.isEmpty() || rawId.indexOf('/') >= 0) {
            JsonAnswers.notFound(call);
            return;
        }
        Optional<StreamName> name = RawPath.streamOfId(rawId);
        if (snapshot) {
            picture(call, name);
        } else {
            one(call, name);
        }
    }

    private void picture(Call call, Optional<StreamName> name) throws BadRequestException {
        if (!call.isRead()) {
            JsonAnswers.methodNotAllowed(call, Call.READ_METHODS);
            return;
        }
        call.allowAllOrigins();
        Optional<LiveStream> stream = name.flatMap(streams::streamOf);
        if (stream.isPresent()) {
            snapshots.answer(call, stream.get());
        } else {
            noSuchStream(call);
        }
    }

    private void one(Call call, Optional<StreamName> name) {
        if (call.isRead()) {
            call.allowAllOrigins();
            name.flatMap(streams::streamOf).ifPresentOrElse(
                    stream -> JsonAnswers.send(call, 200, json.detail(stream, call.request())), () -> noSuchStream(call));
        } else if (!call.method().equals("DELETE")) {
            JsonAnswers.methodNotAllowed(call, STREAM_METHODS);
        } else if (access.allows(call)) {
            name.flatMap(streams::streamOf).ifPresentOrElse(stream -> close(call, stream), () -> noSuchStream(call));
        }
    }

    /** The publisher's connection, if it has one, ends with the stream. */
    private static void close(Call call, LiveStream stream) {
        LOG.info("{} is closed over HTTP by {}", stream.streamName(), call.request().getConnectionMetaData().getRemoteSocketAddress());
        stream.close(EndReason.CLOSED_BY_HOST);
        call.send(204);
    }

    private static void noSuchStream(Call call) {
        JsonAnswers.error(call, 404, "no such stream");
    }
}
