package dev.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.rtmp.server.RtmpServer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EmbeddedServerTest {

    @Test
    void printsWhatIsPublished() throws Exception {
        Lines out = new Lines();
        RtmpServer server = EmbeddedServer.start(0, out.printStream());
        List<MediaFrame> frames = TestClient.firstPictures();
        List<String> wanted = frames.stream().filter(frame -> frame.role() == FrameRole.CODED).map(frame -> "live/cam: " + frame).toList();
        try (TestClient publisher = TestClient.publisher(server.activePort(), "cam")) {
            publisher.send(frames);
            out.await("live/cam: VIDEO CODED", (int) wanted.stream().filter(line -> line.contains("VIDEO")).count());
            publisher.session().stop(1, "cam");
            publisher.flush();
            out.await(" CODED", wanted.size());
        }
        assertEquals(wanted, out.all().stream().filter(line -> line.contains(" CODED")).toList());
        server.close().get(30, TimeUnit.SECONDS);
    }
}
