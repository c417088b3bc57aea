package dev.millrace.liveserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.FlvFrames;
import dev.millrace.media.Codec;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedStreamsTest {

    private static final String AVC_HEADER = "17000000000164000cffe1001a6764000cacd941419f9f011000000300100000030140f142996001000468ef8fcbfdf8f800";

    private static Publication publishAPicture(StreamRegistry streams) throws Exception {
        Publication publication = streams.publish(new StreamName("live/test123"), StreamOptions.DEFAULT).toCompletableFuture().join();
        publication.publish(FlvFrames.video(0, HexFormat.of().parseHex(AVC_HEADER)));
        publication.publish(FlvFrames.video(0, HexFormat.of().parseHex("1701000000000000026588")));
        publication.flush();
        return publication;
    }

    @Test
    void knowsWhatHangsOnAStreamUntilItEnds(@TempDir Path folder) throws Exception {
        ExecutorService threads = WatchedStreams.threads();
        StreamRegistry registry = StreamRegistry.inMemory();
        try (WatchedStreams streams = WatchedStreams.of(registry, Optional.of(folder), Optional.empty(), threads)) {
            Publication publication = publishAPicture(registry);
            LiveStream stream = publication.stream();
            assertEquals(Optional.of(stream), streams.streamOf(new StreamName("live/test123")));
            assertEquals(320, streams.tracksOf(stream).video().orElseThrow().width());
            assertEquals(Codec.AVC, streams.keyframeOf(stream).orElseThrow().codec());
            assertEquals(1, streams.recordersOf(stream));
            assertEquals(Map.of(), streams.hlsStatistics());
            publication.close();
            assertTrue(streams.tracksOf(stream).tracks().isEmpty());
            assertEquals(Optional.empty(), streams.keyframeOf(stream));
            assertEquals(0, streams.recordersOf(stream));
            assertEquals(Optional.empty(), streams.streamOf(new StreamName("live/test123")));
        }
    }

    @Test
    void withoutRecordingsThereIsNoRecorder() throws Exception {
        ExecutorService threads = WatchedStreams.threads();
        StreamRegistry registry = StreamRegistry.inMemory();
        try (WatchedStreams streams = WatchedStreams.of(registry, Optional.empty(), Optional.empty(), threads)) {
            assertEquals(0, streams.recordersOf(publishAPicture(registry).stream()));
        }
    }
}
