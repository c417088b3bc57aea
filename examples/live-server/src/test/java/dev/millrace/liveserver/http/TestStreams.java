package dev.millrace.liveserver.http;

import dev.millrace.flv.FlvReader;
import dev.millrace.flv.FlvTag;
import dev.millrace.hls.packager.HlsStatistics;
import dev.millrace.hls.segment.SegmenterStatistics;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.SubscribeOptions;
import dev.millrace.track.Keyframe;
import dev.millrace.track.LatestKeyframe;
import dev.millrace.track.StreamTracks;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Streams that a test publishes. What follows them runs on the test's thread. */
final class TestStreams implements LiveStreams {

    private final StreamRegistry registry;
    private final Map<LiveStream, StreamTracks> tracks = new ConcurrentHashMap<>();
    private final Map<LiveStream, LatestKeyframe> keyframes = new ConcurrentHashMap<>();

    TestStreams() {
        this(StreamRegistry.inMemory());
    }

    TestStreams(StreamRegistry registry) {
        this.registry = registry;
    }

    Publication publish(String name) {
        return publish(name, StreamOptions.DEFAULT);
    }

    Publication publish(String name, StreamOptions options) {
        Publication publication = registry.publish(new StreamName(name), options).toCompletableFuture().join();
        StreamTracks followed = new StreamTracks();
        LatestKeyframe keyframe = new LatestKeyframe();
        publication.stream().subscribe(followed, Runnable::run, SubscribeOptions.EVERYTHING);
        publication.stream().subscribe(keyframe, Runnable::run, SubscribeOptions.EVERYTHING);
        tracks.put(publication.stream(), followed);
        keyframes.put(publication.stream(), keyframe);
        return publication;
    }

    /** Publishes a file of the test resources, at once. */
    Publication publishFile(String name, String file) throws Exception {
        Publication publication = publish(name);
        for (MediaFrame frame : frames(file)) {
            publication.publish(frame);
            publication.flush();
        }
        return publication;
    }

    /** The messages of a file of the test resources. */
    static List<MediaFrame> frames(String file) throws Exception {
        try (InputStream in = TestStreams.class.getResourceAsStream("/media/" + file)) {
            return frames(in.readAllBytes());
        }
    }

    static List<MediaFrame> frames(byte[] flv) throws Exception {
        FlvReader reader = new FlvReader();
        reader.append(Unpooled.wrappedBuffer(flv));
        reader.end();
        List<MediaFrame> frames = new ArrayList<>();
        for (Optional<FlvTag> tag = reader.read(); tag.isPresent(); tag = reader.read()) {
            add(tag.get(), frames);
        }
        return frames;
    }

    /** Some encoders end a file with a message that is none. */
    private static void add(FlvTag tag, List<MediaFrame> frames) {
        try {
            frames.add(tag.toFrame());
        } catch (MalformedException e) {
            // As a server does with it.
        }
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = TestStreams.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @Override
    public Collection<LiveStream> streams() {
        return registry.streams();
    }

    @Override
    public StreamTracks tracksOf(LiveStream stream) {
        return tracks.get(stream);
    }

    @Override
    public Optional<Keyframe> keyframeOf(LiveStream stream) {
        return keyframes.get(stream).get();
    }

    /** Not asked of a server, but told. */
    @Override
    public int recordersOf(LiveStream stream) {
        return 1;
    }

    @Override
    public Map<String, HlsStatistics> hlsStatistics() {
        return Map.of("rtmp/live/packaged", new HlsStatistics(7, 7_000, 1, 0, 0, new SegmenterStatistics(Map.of())));
    }
}
