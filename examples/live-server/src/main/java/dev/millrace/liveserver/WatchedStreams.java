package dev.millrace.liveserver;

import dev.millrace.hls.packager.HlsPackagers;
import dev.millrace.hls.packager.HlsStatistics;
import dev.millrace.liveserver.http.LiveStreams;
import dev.millrace.media.EndReason;
import dev.millrace.recording.DirectoryRecordings;
import dev.millrace.recording.FlvRecorder;
import dev.millrace.recording.Recording;
import dev.millrace.recording.RecordingListener;
import dev.millrace.recording.RecordingOptions;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.StartPosition;
import dev.millrace.rtmp.stream.StreamListener;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.SubscribeOptions;
import dev.millrace.rtmp.stream.Subscription;
import dev.millrace.track.Keyframe;
import dev.millrace.track.LatestKeyframe;
import dev.millrace.track.StreamTracks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds subscribers to every stream of a registry: one for its tracks, one for its newest keyframe, and, if configured, a recorder and a packager.
 * Shows how a host listens to a registry. Costs the memory of one keyframe a stream. Thread-safe.
 */
final class WatchedStreams implements StreamListener, LiveStreams, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedStreams.class);
    private static final long MAX_CLOSE_SECONDS = 60;

    /** For what looks at some bytes of each message, or copies a keyframe, and never waits: that is not worth a thread of its own. */
    private static final Executor PUBLISHERS_THREAD = Runnable::run;

    private static final SubscribeOptions VIDEO =
            SubscribeOptions.EVERYTHING.withStart(StartPosition.NEWEST_KEYFRAME).withAudio(false);

    private final StreamRegistry streams;
    private final Optional<Path> recordings;
    private final Optional<HlsPackagers> hls;
    private final Map<LiveStream, Watched> watched = new ConcurrentHashMap<>();

    private final ExecutorService executor;

    /** What hangs on one stream. */
    private record Watched(StreamTracks tracks, LatestKeyframe keyframe, Optional<Subscription> recorder) {}

    private WatchedStreams(StreamRegistry streams, Optional<Path> recordings, Optional<HlsPackagers> hls, ExecutorService executor) {
        this.streams = streams;
        this.recordings = recordings;
        this.hls = hls;
        this.executor = executor;
    }

    /**
     * Starts watching a registry.
     *
     * @param streams a registry without streams
     * @param recordings the folder of recordings, if streams are recorded
     * @param hls the packagers, if streams are packaged
     * @param executor runs the subscribers; recorders block on files, so it should have many threads
     */
    static WatchedStreams of(StreamRegistry streams, Optional<Path> recordings, Optional<HlsPackagers> hls, ExecutorService executor) {
        WatchedStreams watched = new WatchedStreams(streams, recordings, hls, executor);
        streams.addListener(watched);
        return watched;
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
    public void onStreamStarted(LiveStream stream) {
        StreamTracks tracks = new StreamTracks();
        LatestKeyframe keyframe = new LatestKeyframe();
        stream.subscribe(tracks, PUBLISHERS_THREAD, SubscribeOptions.EVERYTHING);
        stream.subscribe(keyframe, PUBLISHERS_THREAD, VIDEO);
        hls.ifPresent(packagers -> packagers.follow(stream));
        watched.put(stream, new Watched(tracks, keyframe, recordings.map(folder -> record(stream, folder))));
    }

    @Override
    public void onStreamEnded(LiveStream stream, EndReason reason) {
        watched.remove(stream);
    }

    private Subscription record(LiveStream stream, Path folder) {
        DirectoryRecordings store = new DirectoryRecordings(folder, stream.streamName().path(), InstantSource.system());
        return stream.subscribe(new FlvRecorder(store, RecordingOptions.DEFAULT, logged(stream)), executor, SubscribeOptions.EVERYTHING);
    }

    private static RecordingListener logged(LiveStream stream) {
        return new RecordingListener() {
            @Override
            public void onFinished(Recording recording) {
                LOG.info("recorded {} of {}, {} bytes, {} frames lost", recording.duration(), stream.streamName(), recording.bytes(), recording.lostFrames());
            }

            @Override
            public void onFailed(Recording recording, IOException failure) {
                LOG.warn("recording of {} ended after {} bytes: {}", stream.streamName(), recording.bytes(), failure.toString());
            }
        };
    }

    @Override
    public Collection<LiveStream> streams() {
        return streams.streams();
    }

    @Override
    public StreamTracks tracksOf(LiveStream stream) {
        return Optional.ofNullable(watched.get(stream)).map(Watched::tracks).orElseGet(StreamTracks::new);
    }

    @Override
    public Optional<Keyframe> keyframeOf(LiveStream stream) {
        return Optional.ofNullable(watched.get(stream)).flatMap(what -> what.keyframe().get());
    }

    /** A recorder that has failed is none any more. */
    @Override
    public int recordersOf(LiveStream stream) {
        return Optional.ofNullable(watched.get(stream)).flatMap(Watched::recorder).filter(stream.subscriptions()::contains).isPresent() ? 1 : 0;
    }

    @Override
    public Map<String, HlsStatistics> hlsStatistics() {
        return hls.map(HlsPackagers::statistics).orElse(Map.of());
    }

    /**
     * Takes no more work, and finishes the recordings of streams that are over by now.
     *
     * @return completes when all is done
     */
    CompletableFuture<Void> end() {
        executor.shutdown();
        return CompletableFuture.runAsync(() -> {
            try {
                executor.awaitTermination(MAX_CLOSE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Waits for {@link #end}. */
    @Override
    public void close() {
        end().join();
    }
}
