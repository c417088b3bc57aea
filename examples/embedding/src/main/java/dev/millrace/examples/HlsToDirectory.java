package dev.millrace.examples;

import dev.millrace.hls.packager.HlsListener;
import dev.millrace.hls.packager.HlsOptions;
import dev.millrace.hls.packager.HlsPackagers;
import dev.millrace.hls.packager.HlsSnapshot;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentContent;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.LiveStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes every stream as live HLS to a folder, for any web server: {@code index.m3u8}, {@code media.m3u8} and
 * the segments. A playlist is replaced atomically, after the segments that it lists. The web server should
 * forbid caching of playlists.
 *
 * <p>A playlist continues when its publisher reconnects. When a stream has ended and players no longer need
 * it, its playlists and segments are deleted.
 */
public final class HlsToDirectory implements AutoCloseable {

    private static final long CLOSE_SECONDS = 10;
    private static final String INDEX = "index.m3u8";
    private static final String MEDIA = "media.m3u8";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    /** One thread, so that an older playlist never replaces a newer one. */
    private final ExecutorService playlists = Executors.newSingleThreadExecutor();
    private final SegmentStores stores;
    private final HlsPackagers packagers;
    private final Consumer<Path> written;
    private final RtmpServer server;

    private HlsToDirectory(int port, Path folder, Consumer<Path> written) {
        this.stores = SegmentStores.directory(folder, threads);
        this.packagers = new HlsPackagers(HlsOptions.DEFAULT, stores, threads, Playlists::new);
        this.written = written;
        this.server = RtmpServer.builder().port(port).addListener(new RtmpListener() {
            @Override
            public void onPublishStarted(RtmpConnection connection, LiveStream stream) {
                packagers.follow(stream);
            }
        }).build();
    }

    /**
     * Runs until the process is terminated, then ends the playlists.
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
     * @param folder receives one folder for each stream
     * @param written called with each {@code index.m3u8} that was written; may block
     * @return a running instance, which the caller closes
     */
    public static HlsToDirectory start(int port, Path folder, Consumer<Path> written) {
        HlsToDirectory started = new HlsToDirectory(port, folder, written);
        started.server.start().join();
        return started;
    }

    /**
     * Returns the port of RTMP.
     *
     * @return the actual port
     */
    public int port() {
        return server.activePort();
    }

    /** Writes the playlists of one stream. */
    private final class Playlists implements HlsListener {

        private final String name;

        /** Confined to the thread that writes playlists. */
        private Optional<Path> folder = Optional.empty();

        private Playlists(String name) {
            this.name = name;
        }

        @Override
        public void onPlaylist(HlsSnapshot snapshot) {
            playlists.execute(() -> write(snapshot));
        }

        /** Writes the media playlist first, because the multivariant playlist names it. */
        private void write(HlsSnapshot snapshot) {
            try {
                Path target = folderOf(stores.forStream(name), snapshot);
                folder = Optional.of(target);
                replace(target.resolve(MEDIA), snapshot.media().render());
                replace(target.resolve(INDEX), snapshot.multivariant().render());
                written.accept(target.resolve(INDEX));
            } catch (IOException | UncheckedIOException e) {
                // The next version follows in two seconds; until then players see the previous one.
                System.err.println("a playlist was not written: " + e);
            }
        }

        /** Deletes the playlists, because their segments are being deleted. */
        @Override
        public void onExpired() {
            playlists.execute(() -> folder.ifPresent(target -> {
                try {
                    Files.deleteIfExists(target.resolve(INDEX));
                    Files.deleteIfExists(target.resolve(MEDIA));
                } catch (IOException e) {
                    System.err.println("a playlist was not deleted: " + e);
                }
            }));
        }

        @Override
        public void onSegmentLost(String reason) {
            System.err.println("segment of " + name + " lost: " + reason);
        }

        @Override
        public void onOpenFailed(Throwable failure) {
            System.err.println("no HLS of " + name + ": " + failure);
        }
    }

    /** Returns the folder that the store chose for a stream; URIs in the playlist are relative to it. */
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

    /** Ends the streams and their playlists, and waits for pending writes for a limited time. */
    @Override
    public void close() {
        server.close().join();
        packagers.end().toCompletableFuture().completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS).join();
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
