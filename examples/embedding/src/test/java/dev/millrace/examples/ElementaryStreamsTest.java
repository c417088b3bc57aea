package dev.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.sample.Demuxer;
import dev.millrace.sample.Sample;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ElementaryStreamsTest {

    @TempDir
    private Path folder;

    @Test
    void writesEachTrackToAFile() throws Exception {
        CompletableFuture<Path> written = new CompletableFuture<>();
        RtmpServer server = ElementaryStreams.start(0, folder, written::complete);
        List<MediaFrame> frames = TestClient.firstPictures();
        try (TestClient publisher = TestClient.publisher(server.activePort(), "cam")) {
            publisher.send(frames);
            publisher.session().stop(1, "cam");
            publisher.flush();
            written.get(30, TimeUnit.SECONDS);
        }
        server.close().get(30, TimeUnit.SECONDS);
        assertArrayEquals(elementary(frames, MediaKind.VIDEO), Files.readAllBytes(folder.resolve("live-cam.h264")));
        assertArrayEquals(elementary(frames, MediaKind.AUDIO), Files.readAllBytes(folder.resolve("live-cam.aac")));
    }

    private static byte[] elementary(List<MediaFrame> frames, MediaKind kind) throws Exception {
        List<Sample> samples = new ArrayList<>();
        Demuxer demuxer = new Demuxer(samples::add);
        frames.forEach(demuxer::onFrame);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Sample sample : samples) {
            if (sample.kind() == kind) {
                bytes.write(sample.toElementary());
            }
        }
        return bytes.toByteArray();
    }
}
