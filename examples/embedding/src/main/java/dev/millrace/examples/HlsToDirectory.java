package dev.millrace.examples;

import dev.millrace.hls.packager.HlsListener;
import dev.millrace.hls.packager.HlsOptions;
import dev.millrace.hls.packager.HlsPackager;
import dev.millrace.hls.packager.HlsSnapshot;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.store.SegmentContent;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.SubscribeOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Every stream as live HLS in a folder, for any web server: {@code index.m3u8}, {@code media.m3u8} and segments beside them. A playlist is replaced
 * as a whole, so that nobody reads half of one, and after the segments that it names. The web server should forbid caches to keep playlists.
 *
 * <p>A name keeps its packager, so that its playlist goes on when its publisher comes back; {@link HlsStations} shows how to forget names.
 */
public final class HlsToDirectory implements AutoCloseable {

    private static final long CLOSE_SECONDS = 10;

    private final Map<String, CompletableFuture<HlsPackager>> packagers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    /** One thread, so that an older playlist never replaces a newer one. */
    private final ExecutorService playlists = Executors.newSingleThreadExecutor();
    private final SegmentStores stores;
    private final Consumer<Path> written;
    private final RtmpServer server;

    private HlsToDirectory(int port, Path folder, Consumer<Path> written) {
        this.stores = SegmentStores.directory(folder, threads);
        this.written = written;
        this.server = RtmpServer.builder().port(port).listener(new RtmpListener() {
            @Override
            public void onPublishStarted(RtmpConnection connection, LiveStream stream) {
                follow(stream);
            }
        }).build();
    }

    /**
     * Runs until the process is told to stop, and ends the playlists then.
     *
     * @param arguments the folder
     */
    public static void main(String[] arguments) {
        Set<Path> known = ConcurrentHashMap.newKeySet();
        HlsToDirectory started = start(1935, Path.of(arguments[0]), index -> {
            if (known.add(index)) {
                System.out.println("Serve " + index);
            }
        });
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "shutdown"));
        System.out.println("Publish to rtmp://localhost:" + started.port() + "/live/NAME");
    }

    /**
     * Starts on a port.
     *
     * @param port 0 for any free one
     * @param folder gets a folder a stream
     * @param written hears which {@code index.m3u8} is new; may block
     * @return what is to be closed at the end
     */
    public static HlsToDirectory start(int port, Path folder, Consumer<Path> written) {
        HlsToDirectory started = new HlsToDirectory(port, folder, written);
        started.server.start().join();
        return started;
    }

    /**
     * Where it listens.
     *
     * @return the real port
     */
    public int port() {
        return server.activePort();
    }

    private void follow(LiveStream stream) {
        CompletableFuture<HlsPackager> opened = packagers.computeIfAbsent(stream.name(), this::open);
        opened.whenComplete((packager, failure) -> {
            if (failure == null) {
                stream.subscribe(packager.attach(), packager.executor(), SubscribeOptions.EVERYTHING);
            } else {
                packagers.remove(stream.name(), opened);
                System.err.println("no HLS of " + stream + ": " + failure);
            }
        });
    }

    private CompletableFuture<HlsPackager> open(String name) {
        SegmentStore store = stores.forStream(name);
        HlsListener listener = new HlsListener() {
            @Override
            public void onPlaylist(HlsSnapshot snapshot) {
                playlists.execute(() -> write(store, snapshot));
            }

            @Override
            public void onSegmentLost(String reason) {
                System.err.println("segment of " + name + " lost: " + reason);
            }
        };
        return HlsPackager.open(name, HlsOptions.DEFAULT, store, threads, listener).toCompletableFuture();
    }

    /** The media playlist first, since the other one names it. */
    private void write(SegmentStore store, HlsSnapshot snapshot) {
        try {
            Path folder = folderOf(store, snapshot);
            replace(folder.resolve("media.m3u8"), snapshot.media().render());
            replace(folder.resolve("index.m3u8"), snapshot.multivariant().render());
            written.accept(folder.resolve("index.m3u8"));
        } catch (IOException | UncheckedIOException e) {
            // The next one is tried in two seconds; until then players see the last.
            System.err.println("a playlist was not written: " + e);
        }
    }

    /** Where the segments are: the URIs in the playlist are relative to it. A stream's name is no file name, and so the store has made one of it. */
    private static Path folderOf(SegmentStore store, HlsSnapshot snapshot) throws IOException {
        for (MediaSegment segment : snapshot.media().segments()) {
            ObjectName id = ObjectName.ofFileName(segment.uri()).orElseThrow();
            if (store.read(id).toCompletableFuture().join().orElse(null) instanceof SegmentContent.InFile content) {
                return content.file().getParent();
            }
        }
        throw new IOException("none of its segments is there any more");
    }

    private static void replace(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(temporary, text);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Ends the streams and their playlists, and waits a little until all is written. */
    @Override
    public void close() {
        server.close().join();
        CompletableFuture<?>[] ends = packagers.values().stream()
                .map(opened -> opened.thenCompose(HlsPackager::end))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> ended = CompletableFuture.allOf(ends).completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS);
        ended.handle((done, failure) -> failure).join();
        playlists.shutdown();
        try {
            if (!playlists.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("a playlist was not written in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdown();
    }
}
