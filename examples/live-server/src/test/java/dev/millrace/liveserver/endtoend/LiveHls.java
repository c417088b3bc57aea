package dev.millrace.liveserver.endtoend;

import dev.millrace.examples.endtoend.RunningTool;
import dev.millrace.examples.endtoend.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A LiveServer with publishers and collectors of its HLS, all of which end with it. Publishers may be started by any thread. */
final class LiveHls implements AutoCloseable {

    private final Path folder;
    private final LiveServerProcess server;
    private final String rtmp;
    private final String hls;
    private final Tool ffmpeg = Tool.ffmpeg();
    private final AtomicInteger logs = new AtomicInteger();
    private final List<AutoCloseable> running = new CopyOnWriteArrayList<>();

    private LiveHls(Path folder, LiveServerProcess server) throws InterruptedException {
        this.folder = folder;
        this.server = server;
        this.rtmp = server.awaitLine("^Publish: .*(rtmp://127\\.0\\.0\\.1:\\d+/live/)");
        this.hls = server.awaitLine("^HLS: +(http://127\\.0\\.0\\.1:\\d+/hls/rtmp/live/)");
    }

    /** Starts a server; the folder is for logs. */
    static LiveHls start(Path folder, String... options) throws IOException, InterruptedException {
        LiveServerProcess server = LiveServerProcess.start(options);
        try {
            return new LiveHls(folder, server);
        } catch (InterruptedException | RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    /** Where players find a stream. */
    String index(String key) {
        return hls + key + "/index.m3u8";
    }

    /** The port of HTTP. */
    String httpPort() {
        return hls.replaceAll(".*:(\\d+)/.*", "$1");
    }

    /** Publishes what FFmpeg reads, as it is and at the pace of its times. */
    RunningTool publish(String key, String... input) {
        List<String> arguments = new ArrayList<>(List.of("-v", "error", "-re"));
        arguments.addAll(List.of(input));
        arguments.addAll(List.of("-c", "copy", "-f", "flv", rtmp + key));
        try {
            RunningTool publisher = RunningTool.start(ffmpeg, folder.resolve("publisher" + logs.getAndIncrement() + ".log"), arguments);
            running.add(publisher);
            return publisher;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Collects a stream from now on. */
    HlsCollector collect(String key) {
        HlsCollector collector = HlsCollector.start(hls + key + "/media.m3u8");
        running.add(collector);
        return collector;
    }

    /** Kills the server. */
    @Override
    public void close() {
        running.forEach(each -> {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        server.close();
    }
}
