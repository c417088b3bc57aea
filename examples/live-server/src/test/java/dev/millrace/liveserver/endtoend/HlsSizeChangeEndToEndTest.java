package dev.millrace.liveserver.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pictures become larger on air: what is decoded on both sides of the discontinuity is what was published. */
@Tag("endtoend")
@Timeout(180)
class HlsSizeChangeEndToEndTest {

    private static final int SECONDS_EACH = 4;

    @TempDir
    private Path folder;

    private Path small;
    private Path large;
    private LiveHls live;
    private HlsCollector collector;

    @BeforeEach
    void start() throws Exception {
        TestMedia media = new TestMedia(folder);
        small = media.encode("640x360", SECONDS_EACH);
        large = media.encode("1280x720", SECONDS_EACH);
        live = LiveHls.start(folder, "--hls-grace", "15");
        collector = live.collect("cam");
    }

    @AfterEach
    void stop() {
        if (live != null) {
            live.close();
        }
    }

    @Test
    void withAnotherPublisher() throws Exception {
        for (Path file : List.of(small, large)) {
            live.publish("cam", "-i", file.toString()).awaitSuccess();
        }
        List<byte[]> timelines = awaitTimelines("size-publisher");
        FrameHashes hashes = new FrameHashes(folder);
        for (String stream : List.of("v", "a")) {
            FrameHashes.assertSame(hashes.of(small.toString(), stream), hashes.of(timelines.get(0), stream), "small, " + stream);
            FrameHashes.assertSame(hashes.of(large.toString(), stream), hashes.of(timelines.get(1), stream), "large, " + stream);
        }
    }

    @Test
    void withTheSamePublisher() throws Exception {
        Path joined = new TestMedia(folder).join(small, large, SECONDS_EACH * 1_000);
        live.publish("cam", "-i", joined.toString()).awaitSuccess();
        List<byte[]> timelines = awaitTimelines("size-on-air");
        FrameHashes hashes = new FrameHashes(folder);
        FrameHashes.assertSame(hashes.of(small.toString(), "v"), hashes.of(timelines.get(0), "v"), "small");
        FrameHashes.assertSame(hashes.of(large.toString(), "v"), hashes.of(timelines.get(1), "v"), "large");
    }

    private List<byte[]> awaitTimelines(String name) throws Exception {
        collector.awaitEnd();
        collector.check(name);
        List<byte[]> timelines = collector.timelines();
        assertEquals(2, timelines.size(), "one discontinuity");
        return timelines;
    }
}
