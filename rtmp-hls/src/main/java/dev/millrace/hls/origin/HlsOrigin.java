package dev.millrace.hls.origin;

import dev.millrace.hls.packager.HlsSnapshot;
import dev.millrace.hls.packager.HlsStream;
import dev.millrace.hls.packager.HlsStreams;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.media.Scheduler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Answers the HTTP requests of players. Thread-safe.
 *
 * <p>Of each stream there are, relative to where the host has mounted the origin:
 *
 * <pre>
 * /rtmp/live/test123/index.m3u8               the multivariant playlist: what players are given
 * /rtmp/live/test123/media.m3u8               the media playlist
 * /rtmp/live/test123/0123456789ab-17.ts       a segment, with the extension of its format
 * /rtmp/live/test123/0123456789ab-init-0.mp4  an initialization segment, where the format has them
 * /rtmp/live/test123/KEY_ID.key               a key, where segments are encrypted
 * </pre>
 *
 * <p>The path of the stream may also be one segment, {@code /rtmp%2Flive%2Ftest123/index.m3u8}. Percent-encoding is decoded once; malformed
 * encoding, dot segments, empty segments, invisible characters and paths that are too long get 400. Anything else that is unknown gets 404.
 *
 * <p>A request for a playlist is held until the first segment is listed, since players fail on an empty playlist; so are requests that the
 * host has not answered. After {@link OriginOptions#firstSegmentWait()} they get 503. The query of a playlist request is appended to the
 * URIs in the playlist. Playlists are gzip-encoded if the client accepts it, except with a query; segments support byte ranges.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8216">RFC 8216, HTTP Live Streaming</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110">RFC 9110, HTTP Semantics</a>
 */
public final class HlsOrigin {

    /** Players request a playlist once in a target duration; two requests may get lost. */
    private static final int VIEWER_TARGET_DURATIONS = 3;

    private final HlsStreams streams;
    private final OriginOptions options;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Answers answers;
    private final PlaylistAnswers playlists;
    private final SegmentAnswers segments;
    private final HostQuestions questions;
    private final PlaylistWaits waits;
    private final Viewers viewers;

    /**
     * Creates an origin with {@linkplain OriginOptions#DEFAULT default options}.
     *
     * @param streams finds the streams
     */
    public HlsOrigin(HlsStreams streams) {
        this(streams, OriginOptions.DEFAULT);
    }

    /**
     * Creates an origin.
     *
     * @param streams finds the streams
     * @param options how to answer
     */
    public HlsOrigin(HlsStreams streams, OriginOptions options) {
        this(streams, options, Scheduler.shared(), InstantSource.system());
    }

    /**
     * Creates an origin with a scheduler and a clock of the caller's.
     *
     * @param streams finds the streams
     * @param options how to answer
     * @param scheduler ends the waiting
     * @param clock of the same time as {@code scheduler}
     */
    public HlsOrigin(HlsStreams streams, OriginOptions options, Scheduler scheduler, InstantSource clock) {
        this.streams = Objects.requireNonNull(streams, "streams");
        this.options = Objects.requireNonNull(options, "options");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.clock = Objects.requireNonNull(clock, "clock");
        answers = new Answers(options);
        playlists = new PlaylistAnswers(answers);
        segments = new SegmentAnswers(answers);
        questions = new HostQuestions(answers, options.maxWaiters());
        waits = new PlaylistWaits(answers, options.maxWaiters());
        viewers = new Viewers(options.maxViewers());
    }

    /**
     * Answers a request. Every request is answered, malformed ones too.
     *
     * @param request the request of a client
     * @return never fails; completes at once or on any thread, such as those of the store, the packager or the scheduler, so a host
     *     continues on a thread of its own. Cancelling its {@code toCompletableFuture()} when the client has disconnected releases a request
     *     that is held
     */
    public CompletionStage<HlsResponse> handle(HlsRequest request) {
        Exchange exchange = new Exchange(Objects.requireNonNull(request, "request"), answers);
        Instant deadline = clock.instant().plus(options.firstSegmentWait());
        exchange.run(() -> begin(exchange));
        exchange.run(() -> exchange.giveUpAt(deadline, scheduler));
        return exchange.answer();
    }

    private void begin(Exchange exchange) {
        HlsRequest request = exchange.request();
        boolean isOptions = request.method().equals("OPTIONS");
        if (!isOptions && !request.method().equals("GET") && !request.method().equals("HEAD")) {
            exchange.answer(answers.methodNotAllowed());
            return;
        }
        try {
            Optional<RequestPath> path = RequestPath.parse(request.rawPath());
            Optional<String> query = RequestQuery.forChildren(request.rawQuery());
            if (isOptions) {
                exchange.answer(answers.options());
            } else if (path.isEmpty()) {
                exchange.answer(answers.notFound());
            } else {
                find(exchange, path.get(), query);
            }
        } catch (BadRequestException e) {
            exchange.answer(answers.badRequest(e));
        }
    }

    private void find(Exchange exchange, RequestPath path, Optional<String> query) {
        questions.ask(exchange, streams.find(path.streamPath()), stream -> {
            if (stream.isPresent()) {
                serve(exchange, path, query, stream.get());
            } else {
                exchange.answer(answers.notFound());
            }
        });
    }

    private void serve(Exchange exchange, RequestPath path, Optional<String> query, HlsStream stream) {
        if (path.file() instanceof RequestedFile.Playlist which) {
            waits.await(path.streamPath(), stream, Optional.empty(), exchange, snapshot ->
                    playlist(exchange, path.streamPath(), which, query, snapshot));
        } else if (path.file() instanceof RequestedFile.StoredObject object) {
            object(exchange, path.streamPath(), object.name(), stream);
        } else if (path.file() instanceof RequestedFile.Key key) {
            exchange.answer(segments.answer(stream.key(key.id())));
        } else {
            throw new AssertionError(path.file().getClass());
        }
    }

    private void playlist(
            Exchange exchange, String streamPath, RequestedFile.Playlist which, Optional<String> query, HlsSnapshot snapshot) {
        if (snapshot.media().segments().isEmpty()) {
            exchange.answer(answers.unavailable("no segment yet"));
            return;
        }
        count(exchange, streamPath, Optional.of(snapshot));
        exchange.answer(playlists.answer(exchange.request(), snapshot, which, query));
    }

    private void object(Exchange exchange, String streamPath, ObjectName name, HlsStream stream) {
        questions.ask(exchange, stream.store().read(name), content -> {
            if (content.isEmpty()) {
                exchange.answer(answers.notFound());
                return;
            }
            count(exchange, streamPath, stream.snapshot());
            exchange.answer(segments.answer(exchange.request(), stream, name, content.get()));
        });
    }

    /** Counts a viewer only when a stream was found, so that requests for unknown names use no memory. */
    private void count(Exchange exchange, String streamPath, Optional<HlsSnapshot> snapshot) {
        if (snapshot.isPresent() && exchange.request().method().equals("GET")) {
            long seconds = VIEWER_TARGET_DURATIONS * (long) snapshot.get().media().targetDurationSeconds();
            viewers.seen(streamPath, exchange.request(), clock.instant(), seconds);
        }
    }

    /**
     * Returns the number of viewers of a stream: sessions that requested something of it within its last three target durations. A session
     * is identified by {@code X-Playback-Session-Id}, or by address and user agent.
     *
     * @param streamPath decoded, as for {@link HlsStreams#find}
     * @return 0 or more; 0 for unknown streams
     */
    public int viewers(String streamPath) {
        return viewers.count(Objects.requireNonNull(streamPath, "streamPath"), clock.instant());
    }

    /** Returns the number of requests and viewers that are kept, for tests: 0 once all are answered and gone. */
    int held() {
        return questions.open() + waits.streams() + waits.waiting() + viewers.total();
    }
}
