package dev.millrace.examples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.examples.ElementaryStreams;
import dev.millrace.examples.FlvToHls;
import dev.millrace.examples.HlsToDirectory;
import dev.millrace.examples.OwnTransport;
import dev.millrace.examples.RecordToFlv;
import dev.millrace.examples.TestCertificate;
import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.playlist.PlaylistFormatException;
import dev.millrace.recording.DirectoryRecordings;
import dev.millrace.recording.FlvRecorder;
import dev.millrace.recording.Recording;
import dev.millrace.recording.RecordingListener;
import dev.millrace.recording.RecordingOptions;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.ConnectionServices;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.SubscribeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Examples of hosts with FFmpeg as their client. */
@Tag("endtoend")
@Timeout(180)
class HostExamplesEndToEndTest {

    @TempDir
    private Path folder;

    private Tool ffmpeg;
    private Path source;

    @BeforeEach
    void source() throws Exception {
        ffmpeg = Tool.ffmpeg();
        source = folder.resolve("source.flv");
        try (var resource = HostExamplesEndToEndTest.class.getResourceAsStream("/media/avc-high-bframes-aac.flv")) {
            Files.copy(resource, source);
        }
    }

    private void publish(String url, String... options) throws Exception {
        List<String> arguments = Stream.of(
                Stream.of("-v", "error", "-re", "-i", source.toString(), "-c", "copy"), Stream.of(options), Stream.of("-f", "flv", url))
                .flatMap(part -> part)
                .toList();
        try (RunningTool publisher = RunningTool.start(ffmpeg, folder.resolve("publisher.log"), arguments)) {
            publisher.awaitSuccess();
        }
    }

    @Test
    void ffmpegPublishesOverTls() throws Exception {
        CompletableFuture<Recording> recorded = new CompletableFuture<>();
        RtmpListener recorder = new RtmpListener() {
            @Override
            public void onPublishStarted(RtmpConnection connection, LiveStream stream) {
                DirectoryRecordings store = new DirectoryRecordings(folder.resolve("recorded"), "tls", InstantSource.system());
                stream.subscribe(new FlvRecorder(store, RecordingOptions.DEFAULT, new RecordingListener() {
                    @Override
                    public void onFinished(Recording recording) {
                        recorded.complete(recording);
                    }
                }), ForkJoinPool.commonPool(), SubscribeOptions.EVERYTHING);
            }
        };
        ConnectionServices services =
                ConnectionServices.create(AccessPolicy.ALLOW_ALL, StreamRegistry.inMemory(), recorder, RtmpLimits.DEFAULT);
        try (OwnTransport server = OwnTransport.start(0, TestCertificate.make(folder).server(), services)) {
            publish("rtmps://127.0.0.1:" + server.port() + "/live/cam", "-tls_verify", "0");
            assertEquals(0, recorded.get(60, TimeUnit.SECONDS).lostFrames());
        }
        try (Stream<Path> files = Files.list(folder.resolve("recorded"))) {
            Packets kept = Packets.of(ffmpeg, files.findFirst().orElseThrow());
            Packets sent = Packets.of(ffmpeg, source);
            kept.assertBegins(sent);
            sent.assertBegins(kept);
        }
    }

    @Test
    void ffmpegDecodesFromTheFolderWhatItPublished() throws Exception {
        CompletableFuture<Path> written = new CompletableFuture<>();
        Consumer<Path> untilAllIsThere = index -> {
            if (listedSeconds(index) > 5) {
                written.complete(index); // all three segments of the six seconds
            }
        };
        try (HlsToDirectory hls = HlsToDirectory.start(0, folder.resolve("www"), untilAllIsThere)) {
            publish("rtmp://127.0.0.1:" + hls.port() + "/live/cam");
            written.get(60, TimeUnit.SECONDS);
        }
        assertEquals(decoded(source, "v"), decoded(written.get(), "v"));
        assertEquals(decoded(source, "a"), decoded(written.get(), "a"));
    }

    @Test
    void ffmpegDecodesFromAFileOnDemandWhatIsInTheFile() throws Exception {
        FlvToHls.convert(source, folder.resolve("vod"));
        Path index = folder.resolve("vod/index.m3u8");
        assertEquals(decoded(source, "v"), decoded(index, "v"));
        assertEquals(decoded(source, "a"), decoded(index, "a"));
    }

    @Test
    void recordsWhatFfmpegPublishes() throws Exception {
        CompletableFuture<Recording> done = new CompletableFuture<>();
        RtmpServer recorder = RecordToFlv.start(0, folder.resolve("recorded"), new RecordingListener() {
            @Override
            public void onFinished(Recording recording) {
                done.complete(recording);
            }
        });
        publish("rtmp://127.0.0.1:" + recorder.activePort() + "/live/small");
        Recording recording = done.get(60, TimeUnit.SECONDS);
        assertEquals(6_016, recording.duration().toMillis(), 100);
        assertEquals(0, recording.lostFrames());
        recorder.close().get(30, TimeUnit.SECONDS);
        try (Stream<Path> files = Files.list(folder.resolve("recorded"))) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void ffmpegDecodesElementaryStreamsAsTheFileThatItPublished() throws Exception {
        CompletableFuture<Path> written = new CompletableFuture<>();
        RtmpServer server = ElementaryStreams.start(0, folder, written::complete);
        publish("rtmp://127.0.0.1:" + server.activePort() + "/live/cam");
        Path stem = written.get(60, TimeUnit.SECONDS);
        server.close().get(30, TimeUnit.SECONDS);
        Path video = stem.resolveSibling("live-cam.h264");
        Path audio = stem.resolveSibling("live-cam.aac");
        assertEquals(decoded(source, "v"), decoded(video, "v"));
        assertEquals(decoded(source, "a"), decoded(audio, "a"));
        assertEquals(List.of("h264,640,360"), probed(video, "codec_name,width,height"));
        assertEquals(List.of("aac,48000,2"), probed(audio, "codec_name,sample_rate,channels"));
    }

    private List<String> probed(Path file, String entries) throws Exception {
        try (RunningTool tool = RunningTool.start(Tool.installed("ffprobe"), folder.resolve("probe.log"), List.of(
                "-v", "error", "-show_entries", "stream=" + entries, "-of", "csv=p=0", file.toString()))) {
            tool.awaitSuccess();
            return tool.output().lines().toList();
        }
    }

    private static double listedSeconds(Path index) {
        try {
            MediaPlaylist list = MediaPlaylist.parse(Files.readString(index.resolveSibling("media.m3u8")));
            return list.segments().stream().mapToLong(MediaSegment::durationTicks).sum() / 90_000.0;
        } catch (IOException | PlaylistFormatException e) {
            throw new AssertionError(e);
        }
    }

    /** A checksum of each decoded frame, in order. */
    private List<String> decoded(Path file, String stream) throws Exception {
        Path hashes = folder.resolve("hashes");
        try (RunningTool tool = RunningTool.start(ffmpeg, folder.resolve("decoder.log"), List.of(
                "-v", "error", "-i", file.toString(), "-map", "0:" + stream, "-f", "framemd5", "-y", hashes.toString()))) {
            tool.awaitSuccess();
            assertEquals("", tool.output());
        }
        try (Stream<String> lines = Files.lines(hashes)) {
            return lines.filter(line -> !line.startsWith("#")).map(line -> line.substring(line.lastIndexOf(',') + 1).strip()).toList();
        }
    }
}
