package dev.millrace.liveserver.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.examples.endtoend.RunningTool;
import dev.millrace.examples.endtoend.Tool;
import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LiveServer's HLS: what players decode from it is what was published. */
@Tag("endtoend")
@Timeout(180)
class HlsEndToEndTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What a test waits for at its end. */
    private static final String GRACE_SECONDS = "3";

    /** Enough for a publisher that begins when the one before has ended. */
    private static final String LONG_GRACE_SECONDS = "15";

    /** Frames that VLC's muxer still holds when it quits, and throws away. */
    private static final int HELD_BY_VLC = 20;

    @TempDir
    private Path folder;

    private Tool ffmpeg;
    private FrameHashes hashes;
    private LiveServerProcess server;
    private String rtmp;
    private String hls;
    private int logs;

    @BeforeEach
    void tools() {
        ffmpeg = Tool.ffmpeg();
        hashes = new FrameHashes(folder);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private void start(String... options) throws Exception {
        startWithGrace(GRACE_SECONDS, options);
    }

    private void startWithGrace(String seconds, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--hls-grace", seconds));
        server = LiveServerProcess.start(all.toArray(String[]::new));
        String port = server.awaitLine("^Publish: .*rtmp://127\\.0\\.0\\.1:(\\d+)/");
        rtmp = "rtmp://127.0.0.1:" + port + "/live/cam";
        hls = server.awaitLine("^HLS: +(http://127\\.0\\.0\\.1:\\d+/hls/rtmp/live/)") + "cam/";
    }

    private RunningTool run(String... arguments) throws Exception {
        return RunningTool.start(ffmpeg, folder.resolve("log" + logs++), List.of(arguments));
    }

    private RunningTool publish(String... inputAndCodecs) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-v", "error", "-re"));
        arguments.addAll(List.of(inputAndCodecs));
        arguments.addAll(List.of("-f", "flv", rtmp));
        return run(arguments.toArray(String[]::new));
    }

    private static HttpResponse<String> get(String uri) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private MediaPlaylist playlist() throws Exception {
        return MediaPlaylist.parse(get(hls + "media.m3u8").body());
    }

    private static Path media(String name) {
        return Path.of("../embedding/src/test/resources/media", name).toAbsolutePath();
    }

    @ParameterizedTest
    @ValueSource(strings = {"avc-high-bframes-aac.flv", "avc-baseline-no-audio.flv", "aac-only.flv"})
    void whatIsDecodedFromALiveStreamIsWhatWasPublished(String name) throws Exception {
        start();
        String file = media(name).toString();
        List<String> streams = name.startsWith("aac") ? List.of("a") : name.contains("no-audio") ? List.of("v") : List.of("v", "a");
        Map<String, List<String>> sent = hashes.of(file, streams);
        try (RunningTool publisher = publish("-i", file, "-c", "copy")) {
            publisher.awaitSuccess();
        }
        server.awaitLine("(HLS ended stream=rtmp/live/cam)");
        // The list is not there for ever.
        Map<String, List<String>> played = hashes.of(hls + "index.m3u8", streams);
        for (String stream : streams) {
            FrameHashes.assertSame(sent.get(stream), played.get(stream), stream);
        }
    }

    @Test
    void aPublisherThatComesBackGoesOnBehindOneDiscontinuity() throws Exception {
        startWithGrace(LONG_GRACE_SECONDS);
        String file = media("avc-high-bframes-aac.flv").toString();
        List<String> once = hashes.of(file, "v");
        for (int i = 0; i < 2; i++) {
            try (RunningTool publisher = publish("-i", file, "-c", "copy")) {
                publisher.awaitSuccess();
            }
        }
        server.awaitLine("(HLS ended stream=rtmp/live/cam)");
        MediaPlaylist list = playlist();
        assertEquals(1, list.segments().stream().filter(MediaSegment::discontinuity).count());
        assertFalse(list.segments().get(0).discontinuity());
        List<String> twice = new ArrayList<>(once);
        twice.addAll(once);
        FrameHashes.assertSame(twice, hashes.of(hls + "index.m3u8", "v"), "v");
    }

    @Test
    void segmentsInAFolderOutliveTheServer() throws Exception {
        String[] options = {"--data", folder.resolve("data").toString(), "--hls-store", "directory"};
        start(options);
        String file = media("avc-high-bframes-aac.flv").toString();
        try (RunningTool publisher = publish("-i", file, "-c", "copy")) {
            publisher.awaitSuccess();
        }
        server.awaitLine("(stops publishing)");
        MediaPlaylist before = playlist();
        server.close();
        start(options);
        try (RunningTool publisher = publish("-i", file, "-c", "copy")) {
            publisher.awaitSuccess();
        }
        server.awaitLine("(HLS ended stream=rtmp/live/cam)");
        MediaPlaylist after = playlist();
        // The segment that was open when the server was killed may be in neither.
        int common = before.segments().size();
        assertEquals(before.segments(), after.segments().subList(0, common));
        assertEquals(before.mediaSequence(), after.mediaSequence());
        assertEquals(1, after.segments().stream().filter(MediaSegment::discontinuity).count());
        assertTrue(hashes.of(hls + "index.m3u8", "v").size() >= hashes.of(file, "v").size());
    }

    @Test
    void sigtermEndsThePlaylistFirst() throws Exception {
        String data = folder.resolve("data").toString();
        start("--data", data, "--hls-store", "directory");
        try (RunningTool publisher = publish("-stream_loop", "-1", "-i", media("avc-high-bframes-aac.flv").toString(), "-c", "copy")) {
            server.awaitLine("(publishes live/cam)");
            assertEquals(200, get(hls + "index.m3u8").statusCode());
            server.process().toHandle().destroy(); // which leaves its output open
            server.awaitLine("(HLS ended stream=rtmp/live/cam)");
            assertTrue(server.process().waitFor(30, TimeUnit.SECONDS));
            publisher.awaitExitValue();
        }
    }

    @Test
    void gstreamerPlaysIt() throws Exception {
        Tool gstreamer = Tool.gstreamer("hlsdemux");
        start();
        try (RunningTool publisher = publish("-i", media("avc-high-bframes-aac.flv").toString(), "-c", "copy")) {
            publisher.awaitSuccess();
        }
        server.awaitLine("(HLS ended stream=rtmp/live/cam)");
        List<String> pipeline = List.of(
                "playbin", "uri=" + hls + "index.m3u8", "audio-sink=fakesink", "-v", "video-sink=fakesink name=pictures silent=false");
        try (RunningTool player = RunningTool.start(gstreamer, folder.resolve("gst.log"), pipeline)) {
            player.awaitSuccess();
            long pictures = player.output().lines().filter(line -> line.contains("pictures: last-message = chain")).count();
            assertEquals(150, pictures, player::output);
        }
    }

    @Test
    void vlcPlaysIt() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Path home = Files.createDirectory(folder.resolve("vlc"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        Tool vlc = Tool.vlc(home);
        start();
        String file = media("avc-high-bframes-aac.flv").toString();
        try (RunningTool publisher = publish("-i", file, "-c", "copy")) {
            publisher.awaitSuccess();
        }
        server.awaitLine("(HLS ended stream=rtmp/live/cam)");
        Path output = home.resolve("o.ts");
        List<String> arguments = List.of(
                "-I", "dummy", "--sout", "#std{access=file,mux=ts,dst=" + output + "}", hls + "index.m3u8", "vlc://quit");
        try (RunningTool player = RunningTool.start(vlc, folder.resolve("vlc.log"), arguments)) {
            player.awaitSuccess();
        }
        for (String stream : List.of("v", "a")) {
            List<String> sent = hashes.of(file, stream);
            List<String> played = hashes.of(output.toString(), stream);
            assertTrue(played.size() >= sent.size() - HELD_BY_VLC, () -> played.size() + " of " + sent.size() + " frames");
            FrameHashes.assertSame(sent.subList(0, played.size()), played, stream);
        }
    }
}
