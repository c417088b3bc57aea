package dev.millrace.examples;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.hls.origin.HlsOrigin;
import dev.millrace.hls.packager.HlsOptions;
import dev.millrace.hls.packager.HlsPackagers;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.LiveStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * RTMP in, HLS out, with the HTTP server of the JDK and no framework. {@link HlsPackagers} creates a packager
 * for each stream, {@link HlsOrigin} answers requests, and only {@link HlsHttpHandler} depends on the HTTP
 * server.
 *
 * <p>A slow client occupies a thread of this HTTP server while it downloads a segment: put a proxy or a cache
 * in front of it.
 */
public final class HlsWithJdkHttpServer implements AutoCloseable {

    private static final int HTTP_THREADS = 32;

    private final ExecutorService work = Executors.newCachedThreadPool();
    private final ExecutorService httpThreads = Executors.newFixedThreadPool(HTTP_THREADS);
    private final HlsPackagers packagers = new HlsPackagers(HlsOptions.DEFAULT, SegmentStores.inMemory(), work);
    private final RtmpServer rtmp;
    private final HttpServer http;

    private HlsWithJdkHttpServer(int rtmpPort, HttpServer http) {
        this.rtmp = RtmpServer.builder().port(rtmpPort).addListener(new RtmpListener() {
            @Override
            public void onPublishStarted(RtmpConnection connection, LiveStream stream) {
                packagers.follow(stream);
            }
        }).build();
        HlsOrigin origin = new HlsOrigin(packagers);
        http.setExecutor(httpThreads);
        http.createContext("/hls", new HlsHttpHandler(origin, httpThreads));
        this.http = http;
    }

    /**
     * Runs until the process is terminated.
     *
     * @param arguments none
     * @throws IOException if the port of HTTP cannot be used
     */
    public static void main(String[] arguments) throws IOException {
        HlsWithJdkHttpServer started = start(1935, 8080);
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "shutdown"));
        System.out.println("Publish to rtmp://localhost:" + started.rtmpPort() + "/live/NAME");
        System.out.println("Play http://localhost:" + started.httpPort() + "/hls/rtmp/live/NAME/index.m3u8");
    }

    /** Starts on two ports; 0 is any free one. */
    static HlsWithJdkHttpServer start(int rtmpPort, int httpPort) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(httpPort), /* backlog= */ 0);
        HlsWithJdkHttpServer started = new HlsWithJdkHttpServer(rtmpPort, http);
        started.rtmp.start().join();
        http.start();
        return started;
    }

    int rtmpPort() {
        return rtmp.activePort();
    }

    int httpPort() {
        return http.getAddress().getPort();
    }

    /** Closes publishers first, then the playlists, which end with their last segments, then the HTTP server. */
    @Override
    public void close() {
        rtmp.close().join();
        packagers.end().toCompletableFuture().join();
        http.stop(/* delay= */ 0);
        httpThreads.shutdown();
        work.shutdown();
    }
}
