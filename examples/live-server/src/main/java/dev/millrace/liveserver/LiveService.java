package dev.millrace.liveserver;

import dev.millrace.hls.origin.HlsOrigin;
import dev.millrace.hls.packager.HlsOptions;
import dev.millrace.hls.packager.HlsPackagers;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.liveserver.http.HttpServerOptions;
import dev.millrace.liveserver.http.LiveHttpServer;
import dev.millrace.liveserver.http.RtmpClients;
import dev.millrace.liveserver.snapshot.Snapshots;
import dev.millrace.media.Scheduler;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that {@link LiveServer} runs: event loops, a registry whose streams get recorders and packagers,
 * the RTMP server and the HTTP server. Thread-safe; closed once.
 */
final class LiveService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveService.class);

    private static final StreamName DEMO = new StreamName("live/demo");

    /** Whoever sends SIGTERM sends SIGKILL after a while: ten seconds at the least. */
    private static final Duration CLOSE = Duration.ofSeconds(8);

    private final InstantSource clock = InstantSource.system();

    /** What is to be closed, the newest first. */
    private final Deque<Closing> parts = new ArrayDeque<>();

    private int rtmpPort;
    private int httpPort;

    /** Ends something before a time; what is not done then is given up. */
    private interface Closing {
        void close(Instant until);
    }

    private LiveService() {}

    /**
     * Starts everything, or nothing.
     *
     * @param options checked
     * @param version what it says of itself
     * @return a service at work
     * @throws IOException if a port is taken or something else is not to be had; its message is for the user
     */
    static LiveService start(LiveServerOptions options, String version) throws IOException {
        LiveService service = new LiveService();
        try {
            service.open(options, version);
            return service;
        } catch (IOException | RuntimeException e) {
            service.close();
            throw e;
        }
    }

    private void open(LiveServerOptions options, String version) throws IOException {
        EventLoops loops = loops(options.running.transport);
        parts.push(until -> loops.close());
        ExecutorService threads = WatchedStreams.threads();
        Optional<HlsPackagers> packagers = options.streams.hls.isOn() ? Optional.of(packagers(options.streams, threads)) : Optional.empty();
        Optional<Path> recordings = options.streams.record ? Optional.of(options.streams.data.resolve("recordings")) : Optional.empty();
        StreamRegistry registry = StreamRegistry.inMemory();
        WatchedStreams streams = WatchedStreams.of(registry, recordings, packagers, threads);
        parts.push(until -> await("a recording", streams.end(), until));
        packagers.ifPresent(known -> parts.push(until -> await("a playlist", known.end(), until)));

        StreamOptions streamOptions = StreamOptions.DEFAULT.withMergeWindow(options.running.mergeWindow());
        RtmpClients clients = new RtmpClients();
        RtmpServer rtmp = loops.under(RtmpServer.builder()
                        .host(options.listening.host)
                        .port(options.listening.rtmpPort)
                        .registry(registry)
                        .access(new PublishKey(options.access.publishKey, streamOptions))
                        .addListener(clients))
                .build();
        listen(rtmp, options.listening);
        parts.push(until -> await("a connection", rtmp.close(), until));
        rtmpPort = rtmp.activePort();

        if (options.streams.demo) {
            registry.publish(DEMO, streamOptions).thenAccept(publication -> {
                DemoStream demo = new DemoStream(publication, Scheduler.shared(), clock);
                parts.push(until -> demo.close());
            });
        }
        listenForHttp(options, version, streams, clients, packagers);
        if (options.running.warmUp.isOn()) {
            CompletableFuture<Void> warm = rtmp.warmUp().thenRunAsync(WatchWarmUp::run, threads);
            packagers.ifPresentOrElse(known -> logged(warm.thenRunAsync(HlsWarmUp::run, threads)), () -> logged(warm));
        }
    }

    private static void logged(CompletableFuture<Void> warmUp) {
        warmUp.exceptionally(failure -> {
            LOG.info("not warmed up: {}", failure.toString());
            return null;
        });
    }

    private static EventLoops loops(EventLoops.Kind kind) throws IOException {
        try {
            return EventLoops.of(kind);
        } catch (IllegalStateException e) {
            throw new IOException("--transport " + kind + ": " + e.getMessage(), e);
        }
    }

    private static HlsPackagers packagers(LiveServerOptions.Streams options, ExecutorService threads) {
        SegmentStores stores = switch (options.hlsStore) {
            case memory -> SegmentStores.inMemory();
            case directory -> SegmentStores.directory(options.data.resolve("hls"), threads);
        };
        // On the publisher's own thread: to wake another for each message costs far more than what is done with it, and nothing there blocks.
        return new HlsPackagers(HlsOptions.DEFAULT.withGrace(options.hlsGrace()), stores, Runnable::run, HlsLog::new);
    }

    private static void listen(RtmpServer rtmp, LiveServerOptions.Listening options) throws IOException {
        try {
            rtmp.start().join();
        } catch (CompletionException e) {
            throw failure("RTMP port " + options.rtmpPort, options.host, e.getCause());
        }
    }

    private void listenForHttp(
            LiveServerOptions options, String version, WatchedStreams streams, RtmpClients clients, Optional<HlsPackagers> packagers)
            throws IOException {
        LiveServerOptions.Listening listening = options.listening;
        Optional<HlsOrigin> origin = packagers.map(HlsOrigin::new);
        Snapshots snapshots = new Snapshots();
        parts.addLast(until -> snapshots.close());
        HttpServerOptions http = HttpServerOptions.of(listening.host, listening.httpPort, rtmpPort, version)
                .withPublishKey(options.access.publishKey.isPresent())
                .withAdminToken(options.access.adminToken);
        LiveHttpServer server;
        try {
            server = LiveHttpServer.start(http, streams, clients, origin, snapshots::jpeg);
        } catch (IOException e) {
            throw failure("HTTP port " + listening.httpPort, listening.host, e);
        }
        httpPort = server.port();
        // Last of all, so that whoever plays can still learn that it is over.
        parts.addLast(until -> server.close());
        parts.push(until -> server.announceClose());
    }

    private static IOException failure(String what, String host, Throwable cause) {
        String text = cause instanceof BindException ? what + " on " + host + " cannot be used: " + cause.getMessage() : what + ": " + cause;
        return new IOException(text, cause);
    }

    int rtmpPort() {
        return rtmpPort;
    }

    int httpPort() {
        return httpPort;
    }

    private void await(String what, CompletionStage<?> end, Instant until) {
        try {
            end.toCompletableFuture().get(Math.max(0, Duration.between(clock.instant(), until).toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("{} was not ended in time: {}", what, e.toString());
        }
    }

    /** Tells players, ends playlists and recordings, and closes, within nine seconds. */
    @Override
    public void close() {
        Instant until = clock.instant().plus(CLOSE);
        parts.forEach(part -> part.close(until));
    }
}
