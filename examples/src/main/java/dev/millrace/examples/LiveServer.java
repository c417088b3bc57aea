package dev.millrace.examples;

import dev.millrace.hls.origin.HlsOrigin;
import dev.millrace.hls.origin.OriginOptions;
import dev.millrace.hls.packager.HlsOptions;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.media.Scheduler;
import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.PublishDecision;
import dev.millrace.rtmp.connection.PublishRequest;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A live streaming server: takes RTMP from encoders, gives it to players, and lists the streams over HTTP. */
@Command(
        name = "live-server",
        description = "Takes live RTMP streams from encoders and gives them to players. Every application and stream name is accepted.",
        mixinStandardHelpOptions = true,
        version = "Millrace live-server 0.1.0-SNAPSHOT",
        sortOptions = false)
public final class LiveServer implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(LiveServer.class);
    private static final long CLOSE_SECONDS = 4;
    private static final int MAX_MERGE_MILLIS = 5_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "0.0.0.0", description = "Address to listen on. Default: ${DEFAULT-VALUE}")
    private String host;

    @Option(
            names = "--rtmp-port",
            paramLabel = "PORT",
            defaultValue = "1935",
            description = "Port for encoders and players, 0 for any free one. Default: ${DEFAULT-VALUE}")
    private int rtmpPort;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8082",
            description = "Port for the list of streams, 0 for any free one. Default: ${DEFAULT-VALUE}")
    private int httpPort;

    @Option(names = "--record", description = "Records every stream as FLV under the data folder, in recordings/.")
    private boolean record;

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = "Folder for what is stored. Default: ${DEFAULT-VALUE}")
    private Path data;

    @Option(names = "--hls", paramLabel = "on|off", defaultValue = "on", description = "Every stream as HLS under /hls/. Default: ${DEFAULT-VALUE}")
    private Switch hls;

    @Option(
            names = "--hls-store",
            paramLabel = "STORE",
            defaultValue = "memory",
            description = "Where segments are kept: ${COMPLETION-CANDIDATES}, the latter under the data folder. Default: ${DEFAULT-VALUE}")
    private HlsStore hlsStore;

    @Option(
            names = "--merge-window",
            paramLabel = "MS",
            defaultValue = "0",
            description = "How long frames may wait so that fewer writes go out: adds to latency, saves processor time. Default: ${DEFAULT-VALUE}")
    private int mergeWindowMillis;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            defaultValue = "nio",
            description = "How to wait for sockets: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private EventLoops.Kind transport;

    @Option(
            names = "--warm-up",
            paramLabel = "on|off",
            defaultValue = "on",
            description = "Some seconds of made-up traffic at the start, so that the first players are served fast. Default: ${DEFAULT-VALUE}")
    private Switch warmUp;

    /** A word for yes and one for no. */
    private enum Switch {
        on,
        off
    }

    /** Where segments are kept. */
    private enum HlsStore {
        memory,
        directory
    }

    /** Made by the command line. */
    LiveServer() {}

    /**
     * Runs the server until the process is told to stop.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        int exitCode = new CommandLine(new LiveServer()).execute(arguments);
        if (exitCode != CommandLine.ExitCode.OK) {
            System.exit(exitCode);
        }
    }

    /**
     * Starts the server. It goes on when this returns.
     *
     * @return 0 if it runs, 1 if a port is taken or cannot be opened for another reason
     */
    @Override
    public Integer call() {
        checkPort("--rtmp-port", rtmpPort);
        checkPort("--http-port", httpPort);
        if (mergeWindowMillis < 0 || mergeWindowMillis > MAX_MERGE_MILLIS) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--merge-window " + mergeWindowMillis + " is not 0 to " + MAX_MERGE_MILLIS);
        }
        EventLoops loops;
        try {
            loops = EventLoops.of(transport);
        } catch (IllegalStateException e) {
            return failed("--transport " + transport, e);
        }
        Optional<Path> recordings = record ? Optional.of(data.resolve("recordings")) : Optional.empty();
        ExecutorService threads = WatchedStreams.threads();
        Optional<HlsStations> stations = hls == Switch.on ? Optional.of(stations(threads)) : Optional.empty();
        Optional<HlsOrigin> origin = stations.map(
                known -> new HlsOrigin(known, OriginOptions.DEFAULT, Scheduler.shared(), InstantSource.system()));
        WatchedStreams streams = new WatchedStreams(StreamRegistry.inMemory(), recordings, stations, threads);
        RtmpServer rtmp = loops.under(RtmpServer.builder().host(host).port(rtmpPort).registry(streams).access(access())).build();
        try {
            rtmp.start().join();
        } catch (CompletionException e) {
            loops.close();
            return failed("RTMP port " + rtmpPort, e.getCause());
        }
        HttpApi http;
        try {
            http = HttpApi.start(host, httpPort, streams, origin);
        } catch (IOException e) {
            close(rtmp);
            loops.close();
            return failed("HTTP port " + httpPort, e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            close(rtmp);
            stations.ifPresent(HlsStations::close);
            http.close();
            loops.close();
            streams.close();
        }, "shutdown"));
        greet(rtmp.activePort(), http.port());
        if (warmUp == Switch.on) {
            rtmp.warmUp().exceptionally(failure -> {
                LOG.info("not warmed up: {}", failure.toString());
                return null;
            });
        }
        return CommandLine.ExitCode.OK;
    }

    private HlsStations stations(ExecutorService threads) {
        SegmentStores stores =
                hlsStore == HlsStore.memory ? SegmentStores.inMemory() : SegmentStores.directory(data.resolve("hls"), threads);
        return new HlsStations(HlsOptions.DEFAULT, stores, threads);
    }

    /** Everybody may do everything; streams are sent as the options say. */
    private AccessPolicy access() {
        PublishDecision accept =
                PublishDecision.accept().with(StreamOptions.DEFAULT.withMergeWindow(Duration.ofMillis(mergeWindowMillis)));
        return new AccessPolicy() {
            @Override
            public CompletionStage<PublishDecision> publish(PublishRequest request) {
                return CompletableFuture.completedStage(accept);
            }
        };
    }

    private void checkPort(String option, int port) {
        if (port < 0 || port > 65_535) {
            throw new CommandLine.ParameterException(spec.commandLine(), option + " " + port + " is not 0 to 65535");
        }
    }

    private int failed(String what, Throwable cause) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(cause instanceof BindException ? what + " on " + host + " cannot be used: " + cause.getMessage() : what + ": " + cause);
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static void close(RtmpServer rtmp) {
        try {
            rtmp.close().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The process ends now in any case, and the sockets with it.
            System.err.println("not everything was closed in time: " + e);
        }
    }

    private void greet(int rtmp, int http) {
        String shown = host.equals("0.0.0.0") ? "localhost" : host;
        String url = "rtmp://" + shown + ":" + rtmp + "/live/test123";
        PrintWriter out = spec.commandLine().getOut();
        out.println("Listening for RTMP on " + host + ":" + rtmp + ", for HTTP on " + host + ":" + http);
        out.println("Publish: ffmpeg -re -i INPUT -c copy -f flv " + url);
        out.println("    OBS: server rtmp://" + shown + ":" + rtmp + "/live, stream key test123");
        out.println("Play:    ffplay " + url);
        if (hls == Switch.on) {
            out.println("HLS:     http://" + shown + ":" + http + "/hls/rtmp/live/test123/index.m3u8");
        }
        out.println("Streams: http://" + shown + ":" + http + "/api/v1/rtmp/streams");
        out.flush();
    }
}
