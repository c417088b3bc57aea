package dev.millrace.examples;

import dev.millrace.recording.DirectoryRecordings;
import dev.millrace.recording.FlvRecorder;
import dev.millrace.recording.Recording;
import dev.millrace.recording.RecordingListener;
import dev.millrace.recording.RecordingOptions;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.SubscribeOptions;
import dev.millrace.track.StreamTracks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry that hangs something on every stream: what follows its tracks, and, if wanted, a recorder. Shows how a host extends the registry by
 * wrapping it.
 */
final class WatchedStreams implements StreamRegistry, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedStreams.class);
    private static final long CLOSE_SECONDS = 3;

    private final StreamRegistry streams;
    private final Optional<Path> recordings;
    private final Optional<HlsStations> hls;
    private final Map<LiveStream, StreamTracks> tracks = new ConcurrentHashMap<>();

    private final ExecutorService executor;

    /**
     * Wraps a registry.
     *
     * @param streams where streams are
     * @param recordings where they are recorded, if they are
     * @param hls where they are packaged, if they are
     * @param executor for what hangs on them; recorders block on files, so it should have many threads
     */
    WatchedStreams(StreamRegistry streams, Optional<Path> recordings, Optional<HlsStations> hls, ExecutorService executor) {
        this.streams = streams;
        this.recordings = recordings;
        this.hls = hls;
        this.executor = executor;
    }

    /** As many threads as recorders write at a time. */
    static ExecutorService threads() {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "streams");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public CompletionStage<Publication> publish(StreamName name, StreamOptions options) {
        return streams.publish(name, options).thenApply(publication -> {
            watch(publication.stream());
            return publication;
        });
    }

    private void watch(LiveStream stream) {
        StreamTracks followed = new StreamTracks();
        tracks.put(stream, followed);
        stream.end().thenRun(() -> tracks.remove(stream));
        // Looks at some bytes of each message and never waits: not worth a thread of its own.
        stream.subscribe(followed, Runnable::run, SubscribeOptions.EVERYTHING);
        hls.ifPresent(stations -> stations.follow(stream));
        recordings.ifPresent(folder -> {
            DirectoryRecordings store = new DirectoryRecordings(folder, stream.name().path(), InstantSource.system());
            stream.subscribe(new FlvRecorder(store, RecordingOptions.DEFAULT, logged(stream)), executor, SubscribeOptions.EVERYTHING);
        });
    }

    private static RecordingListener logged(LiveStream stream) {
        return new RecordingListener() {
            @Override
            public void onFinished(Recording recording) {
                LOG.info("recorded {} of {}, {} bytes, {} frames lost", recording.duration(), stream.name(), recording.bytes(), recording.lostFrames());
            }

            @Override
            public void onFailed(Recording recording, IOException failure) {
                LOG.warn("recording of {} ended after {} bytes: {}", stream.name(), recording.bytes(), failure.toString());
            }
        };
    }

    @Override
    public CompletionStage<Optional<LiveStream>> find(StreamName name) {
        return streams.find(name);
    }

    @Override
    public Collection<LiveStream> streams() {
        return streams.streams();
    }

    /** What is known of a stream's tracks; nothing if it is over. */
    StreamTracks tracksOf(LiveStream stream) {
        return tracks.getOrDefault(stream, new StreamTracks());
    }

    /** Waits a little for recordings of streams that are over by now. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a recording was not finished in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
