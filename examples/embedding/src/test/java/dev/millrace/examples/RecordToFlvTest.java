package dev.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.media.MediaFrame;
import dev.millrace.recording.Recording;
import dev.millrace.recording.RecordingListener;
import dev.millrace.rtmp.server.RtmpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RecordToFlvTest {

    @TempDir
    private Path folder;

    @Test
    void theFileHoldsWhatWasPublished() throws Exception {
        CompletableFuture<Recording> done = new CompletableFuture<>();
        RtmpServer server = RecordToFlv.start(0, folder, new RecordingListener() {
            @Override
            public void onFinished(Recording recording) {
                done.complete(recording);
            }
        });
        List<MediaFrame> frames = TestClient.firstPictures();
        try (TestClient publisher = TestClient.publisher(server.activePort(), "cam")) {
            publisher.send(frames);
            publisher.session().stop(1, "cam");
            publisher.flush();
            Recording recording = done.get(30, TimeUnit.SECONDS);
            assertEquals(0, recording.lostFrames());
            assertEquals(1, recording.keyframes());
        }
        server.close().get(30, TimeUnit.SECONDS);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> recorded = files.toList();
            assertEquals(1, recorded.size());
            assertEquals(TestClient.coded(frames), TestClient.coded(PublishFromCode.read(recorded.get(0))));
        }
    }
}
